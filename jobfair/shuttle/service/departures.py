"""Use cases of the organiser: buses are added, changed and taken out."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.checkin.operations import let_go_of_bus
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.shuttle.models import Call, Departure, Ride, Stop
from jobfair.shuttle.operations import (
    add_departures,
    calls_of,
    lock_departures,
    promote,
)
from jobfair.shuttle.rules import CallInput, DepartureInput, check_departure

EDITABLE = ("seats", "wheelchairs", "fair_at")


def add_departure(fair_id: int, plan: DepartureInput, *, actor: Actor, now: datetime) -> Departure:
    """Have one more bus go; whoever waits and fits has seats on it."""
    with transaction():
        lock_departures(fair_id)
        departure = add_departures(fair_id, [plan])[0]
        promote(lock_departures(fair_id), now=now)
        record(actor, "departure.add", "departure", departure.id, now=now, fair_id=fair_id)
    return departure


def edit_departure(
    departure_id: int, plan: DepartureInput, *, actor: Actor, now: datetime
) -> Departure:
    """Have the bus go with these seats, times and stops; whoever waits and fits has seats.

    Direction, line and wave stay. Raises Conflict where people ride for whom this would not do.
    """
    with transaction():
        departures = lock_departures(_fair_of(departure_id))
        departure = departures[departure_id]
        check_departure(replace(plan, direction=departure.direction))
        if plan.seats < departure.taken:
            raise Conflict("seats_below_taken", taken=departure.taken)
        changed = [name for name in EDITABLE if getattr(departure, name) != getattr(plan, name)]
        for name in changed:
            setattr(departure, name, getattr(plan, name))
        if _calls(departure) != set(plan.calls):
            changed.append("calls")
            _change_calls(departure, plan.calls)
        promote(lock_departures(departure.fair_id), now=now)
        if changed:
            fair_id = departure.fair_id
            record(
                actor,
                "departure.edit",
                "departure",
                departure_id,
                now=now,
                fair_id=fair_id,
                fields=changed,
            )
    return departure


def remove_departure(departure_id: int, *, actor: Actor, now: datetime) -> None:
    """Have the bus not go; raise Conflict where people ride on it, or phones know of it.

    Whoever invites a phone or stores a scan for it waits for the lock on the departure.
    """
    with transaction() as session:
        departure = lock_departures(_fair_of(departure_id))[departure_id]
        if departure.taken:
            raise Conflict("departure_in_use", people=departure.taken)
        let_go_of_bus(departure.fair_id, departure_id, now=now)
        session.execute(sa.delete(Call).where(Call.departure_id == departure_id))
        session.execute(sa.delete(Departure).where(Departure.id == departure_id))
        fair_id = departure.fair_id
        record(actor, "departure.remove", "departure", departure_id, now=now, fair_id=fair_id)


def _fair_of(departure_id: int) -> int:
    query = sa.select(Departure.fair_id).where(Departure.id == departure_id)
    fair_id = assert_writing().scalar(query)
    if fair_id is None:
        raise NotFound("not_found")
    return fair_id


def _calls(departure: Departure) -> set[CallInput]:
    return {CallInput(call.stop_id, call.at) for call in departure.calls}


def _change_calls(departure: Departure, calls: tuple[CallInput, ...]) -> None:
    """Put these calls in the place of the old ones, but none away where somebody gets on or off."""
    session = assert_writing()
    kept = {call.stop_id for call in calls}
    used = session.scalar(
        sa.select(Stop)
        .join(Ride, Ride.stop_id == Stop.id)
        .where(Ride.departure_id == departure.id, Ride.stop_id.not_in(kept))
        .order_by(Stop.name)
        .limit(1)
    )
    if used is not None:
        raise Conflict("stop_in_use", stop=used.name)
    session.execute(sa.delete(Call).where(Call.departure_id == departure.id))
    session.add_all(calls_of(departure, calls))
    session.flush()
