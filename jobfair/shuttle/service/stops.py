"""Use cases of the organiser about stops, which the buses of every fair use."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, conflicts, transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.shuttle.document import read_document
from jobfair.shuttle.models import (
    Call,
    Ride,
    RideAlternative,
    RideHold,
    RideRequest,
    ShuttlePlan,
    Stop,
)
from jobfair.shuttle.rules import PlanState, StopInput


def add_stop(plan: StopInput, *, actor: Actor, now: datetime) -> Stop:
    """Have one more stop, for the buses of every fair."""
    stop = Stop(**vars(plan))
    with transaction() as session:
        with conflicts(uq_stop_municipality_name="stop_exists"):
            session.add(stop)
        record(actor, "stop.add", "stop", stop.id, now=now)
    return stop


def edit_stop(stop_id: int, plan: StopInput, *, actor: Actor, now: datetime) -> Stop:
    """Have the stop be described like this, at every fair."""
    with transaction() as session:
        stop = session.get(Stop, stop_id, with_for_update=True)
        if stop is None:
            raise NotFound("not_found")
        with conflicts(uq_stop_municipality_name="stop_exists"):
            _describe(stop, plan, actor, now)
    return stop


def take_over_stops(plans: Sequence[StopInput], *, actor: Actor, now: datetime) -> tuple[int, int]:
    """Have all of these stops be described so; return how many are new, and how many changed.

    A stop is known by its municipality and name.
    """
    added = changed = 0
    with transaction() as session:
        query = sa.select(Stop).order_by(Stop.id).with_for_update()
        known = {(stop.municipality, stop.name): stop for stop in session.scalars(query)}
        for plan in plans:
            stop = known.get((plan.municipality, plan.name))
            if stop is not None:
                changed += _describe(stop, plan, actor, now)
                continue
            stop = Stop(**vars(plan))
            with conflicts(uq_stop_municipality_name="stop_exists"):
                session.add(stop)
            record(actor, "stop.add", "stop", stop.id, now=now)
            added += 1
    return added, changed


def remove_stop(stop_id: int, *, actor: Actor, now: datetime) -> None:
    """Have the stop be gone; raise Conflict("stop_used") where a bus, draft or wish needs it."""
    with transaction() as session:
        stop = session.get(Stop, stop_id, with_for_update=True)
        if stop is None:
            raise NotFound("not_found")
        users = (Call, RideRequest, RideAlternative, Ride, RideHold)
        used = sa.or_(*(sa.exists().where(user.stop_id == stop_id) for user in users))
        if session.scalar(sa.select(used)) or _is_planned(stop_id):
            raise Conflict("stop_used", stop=stop.name)
        session.delete(stop)
        record(actor, "stop.remove", "stop", stop_id, now=now)


def _is_planned(stop_id: int) -> bool:
    """Tell whether a bus halts there in a draft, which would be published without the stop."""
    drafts = sa.select(ShuttlePlan.document).where(ShuttlePlan.state == PlanState.DRAFT)
    plans = map(read_document, assert_writing().scalars(drafts))
    return any(stop_id in trip.stops for plan in plans for _wave, trip in plan.trips())


def _describe(stop: Stop, plan: StopInput, actor: Actor, now: datetime) -> bool:
    """Have the stop be like this; tell whether that is something new."""
    assert_writing()
    changed = [name for name, value in vars(plan).items() if getattr(stop, name) != value]
    for name in changed:
        setattr(stop, name, getattr(plan, name))
    if changed:
        record(actor, "stop.edit", "stop", stop.id, now=now, fields=changed)
    return bool(changed)
