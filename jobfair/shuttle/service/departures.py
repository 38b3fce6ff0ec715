"""Use cases of the organiser: buses are added, changed and taken out."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, transaction
from jobfair.core.errors import NotFound
from jobfair.shuttle.models import Call, Departure
from jobfair.shuttle.operations import (
    GONE,
    Shape,
    add_departures,
    calls_of,
    displace,
    lock_departures,
    place_displaced,
    promote,
    remove_departures,
    tell_new_times,
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
    departure_id: int, plan: DepartureInput, *, actor: Actor, now: datetime, people: int = 0
) -> Departure:
    """Have the bus go with these seats, times and stops; whoever waits and fits has seats.

    Direction, line and wave stay. Those for whom this does not do any more are the first to get
    other seats; `people` says how many they are known to be: raises
    Conflict("riders_affected", people=…) where they are as many others, and
    Conflict("departures_gone", lines=…) where the bus has left already.
    """
    with transaction():
        departures = _locked(departure_id)
        departure = departures[departure_id]
        check_departure(replace(plan, direction=departure.direction))
        shape = Shape(plan.seats, plan.wheelchairs, _stops(plan))
        displaced = displace(departures, {departure_id: shape}, now=now)
        moved, changed = _moved_stops(departure, plan), _change(departure, plan)
        tell_new_times(departure.fair_id, {departure_id: moved}, now=now)
        departures = lock_departures(departure.fair_id)
        place_displaced(displaced, departures, now=now, known=people)
        promote(departures, now=now)
        if changed:
            _note(actor, "edit", departure_id, departure.fair_id, now, changed)
    return departure


def remove_departure(departure_id: int, *, actor: Actor, now: datetime, people: int = 0) -> None:
    """Have the bus not go; those who ride on it are the first to get other seats.

    `people` says how many they are known to be: raises Conflict("riders_affected", people=…)
    where they are as many others, and Conflict where it has left, or phones know of it. Whoever
    invites a phone or stores a scan for it waits for the lock on the departure.
    """
    with transaction():
        departures = _locked(departure_id)
        fair_id = departures[departure_id].fair_id
        displaced = displace(departures, {departure_id: GONE}, now=now)
        remove_departures([departures[departure_id]], now=now)
        departures = lock_departures(fair_id)
        place_displaced(displaced, departures, now=now, known=people)
        promote(departures, now=now)
        _note(actor, "remove", departure_id, fair_id, now)


def _note(
    actor: Actor,
    what: str,
    departure_id: int,
    fair_id: int,
    now: datetime,
    fields: Iterable[str] = (),
) -> None:
    record(
        actor,
        f"departure.{what}",
        "departure",
        departure_id,
        now=now,
        fair_id=fair_id,
        fields=list(fields),
    )


def _locked(departure_id: int) -> dict[int, Departure]:
    """Return all departures of its fair; raise NotFound where it goes no more."""
    query = sa.select(Departure.fair_id).where(Departure.id == departure_id)
    fair_id = assert_writing().scalar(query)
    departures = {} if fair_id is None else lock_departures(fair_id)
    if departure_id not in departures:  # somebody else may have taken it out before the lock
        raise NotFound("not_found")
    return departures


def _calls(departure: Departure) -> set[CallInput]:
    return {CallInput(call.stop_id, call.at) for call in departure.calls}


def _stops(plan: DepartureInput) -> frozenset[int]:
    return frozenset(call.stop_id for call in plan.calls)


def _moved_stops(departure: Departure, plan: DepartureInput) -> Collection[int]:
    """Return the stops for which the times will be others."""
    if departure.fair_at != plan.fair_at:
        return _stops(plan)
    return {call.stop_id for call in _calls(departure).symmetric_difference(plan.calls)}


def _change(departure: Departure, plan: DepartureInput) -> list[str]:
    """Have the departure be as planned, and return what was otherwise."""
    session = assert_writing()
    changed = [name for name in EDITABLE if getattr(departure, name) != getattr(plan, name)]
    for name in changed:
        setattr(departure, name, getattr(plan, name))
    if _calls(departure) != set(plan.calls):
        changed.append("calls")
        session.execute(sa.delete(Call).where(Call.departure_id == departure.id))
        session.add_all(calls_of(departure, plan.calls))
    session.flush()
    return changed
