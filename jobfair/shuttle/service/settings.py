"""Use cases of the organiser: which buses can be had, when they go, what plans keep to."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, conflicts, transaction
from jobfair.core.errors import Conflict, Invalid
from jobfair.fairs.operations import lock_fair
from jobfair.shuttle.fleet import BusTypeInput, SettingsInput, WaveInput, check_wave
from jobfair.shuttle.models import BusType, Departure, RideRequest, ShuttleSettings, Wave
from jobfair.shuttle.queries import find_settings, get_bus_type, get_wave, list_waves
from jobfair.shuttle.rules import WAVES_MOST, RequestState


def add_bus_type(fair_id: int, plan: BusTypeInput, *, actor: Actor, now: datetime) -> BusType:
    """Have one more kind of bus for plans; raise Conflict("bus_type_exists")."""
    kind = BusType(fair_id=fair_id, **vars(plan))
    with transaction() as session:
        with conflicts(uq_bus_type_fair_id_name="bus_type_exists"):
            session.add(kind)
        record(actor, "bus_type.add", "bus_type", kind.id, now=now, fair_id=fair_id)
    return kind


def edit_bus_type(
    fair_id: int, bus_type_id: int, plan: BusTypeInput, *, actor: Actor, now: datetime
) -> None:
    """Have the kind of bus be like this for plans to come; raise Conflict("bus_type_exists")."""
    with transaction():
        kind = get_bus_type(fair_id, bus_type_id)
        with conflicts(uq_bus_type_fair_id_name="bus_type_exists"):
            changed = _change(kind, vars(plan))
        if changed:
            record(
                actor,
                "bus_type.edit",
                "bus_type",
                kind.id,
                now=now,
                fair_id=fair_id,
                fields=changed,
            )


def remove_bus_type(fair_id: int, bus_type_id: int, *, actor: Actor, now: datetime) -> None:
    """Have plans to come do without this kind of bus."""
    with transaction() as session:
        session.delete(get_bus_type(fair_id, bus_type_id))
        record(actor, "bus_type.remove", "bus_type", bus_type_id, now=now, fair_id=fair_id)


def add_wave(fair_id: int, plan: WaveInput, *, actor: Actor, now: datetime) -> Wave:
    """Have one more wave, with the next number; raise Conflict("waves_full")."""
    check_wave(plan)
    with transaction() as session:
        number = max((wave.number for wave in list_waves(fair_id)), default=-1) + 1
        if number >= WAVES_MOST:
            raise Conflict("waves_full", most=WAVES_MOST)
        wave = Wave(fair_id=fair_id, number=number, **vars(plan))
        with conflicts(uq_wave_fair_id_number="wave_exists"):
            session.add(wave)
        record(actor, "wave.add", "wave", wave.id, now=now, fair_id=fair_id)
    return wave


def edit_wave(fair_id: int, number: int, plan: WaveInput, *, actor: Actor, now: datetime) -> None:
    """Have the wave be at these times for plans to come.

    Raises Conflict("wave_in_use") where people want to ride on a way that it would lose.
    """
    check_wave(plan)
    with transaction():
        wave = get_wave(fair_id, number)
        lost = (
            wave.arrives_at is not None and plan.arrives_at is None,
            wave.returns_at is not None and plan.returns_at is None,
        )
        _refuse_used(fair_id, number, *lost)
        if changed := _change(wave, vars(plan)):
            record(actor, "wave.edit", "wave", wave.id, now=now, fair_id=fair_id, fields=changed)


def remove_wave(fair_id: int, number: int, *, actor: Actor, now: datetime) -> None:
    """Have no such wave; raise Conflict("wave_in_use") where buses go or people want to ride."""
    with transaction() as session:
        wave = get_wave(fair_id, number)
        _refuse_used(fair_id, number, wave.arrives_at is not None, wave.returns_at is not None)
        session.delete(wave)
        record(actor, "wave.remove", "wave", wave.id, now=now, fair_id=fair_id)


def keep_settings(fair_id: int, plan: SettingsInput, *, actor: Actor, now: datetime) -> None:
    """Have plans to come keep to this."""
    if plan.km_cents < 1 or plan.speed_kmh <= 0 or plan.detour < 1:
        raise Invalid("shuttle_settings")
    with transaction() as session:
        lock_fair(fair_id)  # so that the first settings are made once
        settings = find_settings(fair_id)
        if settings is None:
            settings = ShuttleSettings(fair_id=fair_id)
            session.add(settings)
        changed = _change(settings, vars(plan))
        session.flush()
        record(
            actor,
            "shuttle_settings.edit",
            "shuttle_settings",
            settings.id,
            now=now,
            fair_id=fair_id,
            fields=changed,
        )


def _change(row: BusType | Wave | ShuttleSettings, values: dict[str, object]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def _refuse_used(fair_id: int, number: int, out: bool, back: bool) -> None:
    """Refuse where the wave has a bus, or people who want to ride, on one of these ways."""
    ways = [
        (RideRequest.out_wave == number, Departure.direction == "out", out),
        (RideRequest.back_wave == number, Departure.direction == "back", back),
    ]
    for wanted, going, asked in ways:
        used = sa.or_(
            sa.exists().where(
                RideRequest.fair_id == fair_id, RideRequest.state != RequestState.CANCELLED, wanted
            ),
            sa.exists().where(Departure.fair_id == fair_id, Departure.wave == number, going),
        )
        if asked and assert_writing().scalar(sa.select(used)):
            raise Conflict("wave_in_use")
