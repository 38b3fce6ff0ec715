"""Reads about planning: buses, waves, settings, plans, runs of an optimiser."""

from dataclasses import fields
from typing import TypeVar

import sqlalchemy as sa

from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.shuttle.fleet import SettingsInput
from jobfair.shuttle.models import BusType, ShuttlePlan, ShuttleRun, ShuttleSettings, Wave
from jobfair.shuttle.rules import PlanState, RunKind

T = TypeVar("T")


def list_bus_types(fair_id: int) -> list[BusType]:
    """Return the fair's kinds of buses, the largest first."""
    query = sa.select(BusType).where(BusType.fair_id == fair_id)
    return list(session().scalars(query.order_by(BusType.seats.desc(), BusType.name)))


def get_bus_type(fair_id: int, bus_type_id: int) -> BusType:
    """Return the kind of bus of that fair; raise NotFound."""
    query = sa.select(BusType).where(BusType.fair_id == fair_id, BusType.id == bus_type_id)
    return _found(session().scalar(query))


def list_waves(fair_id: int) -> list[Wave]:
    """Return the fair's waves in the order of their numbers."""
    query = sa.select(Wave).where(Wave.fair_id == fair_id).order_by(Wave.number)
    return list(session().scalars(query))


def get_wave(fair_id: int, number: int) -> Wave:
    """Return the wave of that fair; raise NotFound."""
    query = sa.select(Wave).where(Wave.fair_id == fair_id, Wave.number == number)
    return _found(session().scalar(query))


def find_settings(fair_id: int) -> ShuttleSettings | None:
    """Return what the fair's plans keep to, or None where nobody has said it."""
    query = sa.select(ShuttleSettings).where(ShuttleSettings.fair_id == fair_id)
    return session().scalar(query)


def settings_of(fair_id: int) -> SettingsInput:
    """Return what the fair's plans keep to; what is usual where nobody has said it."""
    kept = find_settings(fair_id)
    if kept is None:
        return SettingsInput()
    return SettingsInput(
        **{field.name: getattr(kept, field.name) for field in fields(SettingsInput)}
    )


def list_plans(fair_id: int) -> list[ShuttlePlan]:
    """Return the fair's plans, the newest first."""
    query = sa.select(ShuttlePlan).where(ShuttlePlan.fair_id == fair_id)
    return list(session().scalars(query.order_by(ShuttlePlan.id.desc())))


def get_plan(fair_id: int, plan_id: int) -> ShuttlePlan:
    """Return the plan of that fair; raise NotFound."""
    query = sa.select(ShuttlePlan).where(ShuttlePlan.fair_id == fair_id, ShuttlePlan.id == plan_id)
    return _found(session().scalar(query))


def published_plan(fair_id: int) -> ShuttlePlan | None:
    """Return the plan that is the fair's timetable, or None where that was made otherwise."""
    query = sa.select(ShuttlePlan).where(
        ShuttlePlan.fair_id == fair_id, ShuttlePlan.state == PlanState.PUBLISHED
    )
    return session().scalar(query)


def latest_run(fair_id: int, kind: RunKind) -> ShuttleRun | None:
    """Return the run that was asked for last, whatever became of it."""
    query = sa.select(ShuttleRun).where(ShuttleRun.fair_id == fair_id, ShuttleRun.kind == kind)
    return session().scalar(query.order_by(ShuttleRun.id.desc()).limit(1))


def _found(row: T | None) -> T:
    if row is None:
        raise NotFound("not_found")
    return row
