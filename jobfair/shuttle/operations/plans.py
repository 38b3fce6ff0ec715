"""Steps about stops and departures in the caller's transaction: adding many, copying a fair's."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from jobfair.checkin.operations import let_go_of_bus
from jobfair.core.db import assert_writing, conflicts
from jobfair.fairs.queries import get_fair
from jobfair.shuttle.models import BusAnswer, Call, Delay, Departure, Stop
from jobfair.shuttle.queries import list_departures
from jobfair.shuttle.rules import CallInput, DepartureInput, StopInput, check_departure


def add_stops(wanted: Sequence[StopInput]) -> list[Stop]:
    """Have these stops exist and return them in this order; one that is known stays as it is."""
    session = assert_writing()
    keys = [(stop.municipality, stop.name) for stop in wanted]
    query = sa.select(Stop).where(Stop.municipality.in_({place for place, _name in keys}))
    known = {(stop.municipality, stop.name): stop for stop in session.scalars(query)}
    for key, stop in zip(keys, wanted, strict=True):
        if key not in known:
            known[key] = Stop(**vars(stop))
            session.add(known[key])
    session.flush()
    return [known[key] for key in keys]


def add_departures(fair_id: int, wanted: Sequence[DepartureInput]) -> list[Departure]:
    """Have these buses go, with all of their seats free.

    Raises Conflict("departure_exists"), and Invalid where the calls are no journey.
    """
    session = assert_writing()
    departures = []
    for plan in wanted:
        check_departure(plan)
        departure = Departure(
            fair_id=fair_id,
            direction=plan.direction,
            line=plan.line,
            wave=plan.wave,
            seats=plan.seats,
            wheelchairs=plan.wheelchairs,
            taken=0,
            fair_at=plan.fair_at,
        )
        departures.append(departure)
    with conflicts(uq_departure_fair_id_direction_line_wave="departure_exists"):
        session.add_all(departures)
    for departure, plan in zip(departures, wanted, strict=True):
        session.add_all(calls_of(departure, plan.calls))
    session.flush()
    return departures


def remove_departures(departures: Iterable[Departure], *, now: datetime) -> None:
    """Have these buses not go, on which nobody rides any more.

    Raises Conflict where badges were scanned on one, or a phone is on duty there. That none of
    them has gone already is checked by `displace`, which the caller has called before.
    """
    session = assert_writing()
    for departure in departures:
        let_go_of_bus(departure.fair_id, departure.id, now=now)
        for table in (BusAnswer, Delay, Call):
            session.execute(sa.delete(table).where(table.departure_id == departure.id))
        session.execute(sa.delete(Departure).where(Departure.id == departure.id))


def calls_of(departure: Departure, calls: Sequence[CallInput]) -> list[Call]:
    """Return the rows of a departure's calls, in the order of time."""
    return [
        Call(
            fair_id=departure.fair_id,
            departure_id=departure.id,
            stop_id=call.stop_id,
            position=position,
            at=call.at,
        )
        for position, call in enumerate(sorted(calls, key=lambda call: call.at))
    ]


def copy_departures(from_fair_id: int, to_fair_id: int) -> None:
    """Have the same buses go to the other fair, at the same times of the clock on its day."""
    earlier, later = get_fair(from_fair_id), get_fair(to_fair_id)
    zone = ZoneInfo(earlier.time_zone)
    days = later.starts_at.astimezone(zone).date() - earlier.starts_at.astimezone(zone).date()
    plans = [_moved(departure, days, zone) for departure in list_departures(from_fair_id)]
    add_departures(to_fair_id, plans)


def move_departures(fair_id: int, days: timedelta) -> None:
    """Have the fair's buses go so many days later, at the same times of the clock."""
    assert_writing()
    zone = ZoneInfo(get_fair(fair_id).time_zone)
    for departure in list_departures(fair_id):
        departure.fair_at = departure.fair_at.astimezone(zone) + days
        for call in departure.calls:
            call.at = call.at.astimezone(zone) + days


def _moved(departure: Departure, days: timedelta, zone: ZoneInfo) -> DepartureInput:
    def move(at: datetime) -> datetime:
        return at.astimezone(zone) + days

    return DepartureInput(
        direction=departure.direction,
        line=departure.line,
        wave=departure.wave,
        seats=departure.seats,
        wheelchairs=departure.wheelchairs,
        fair_at=move(departure.fair_at),
        calls=tuple(CallInput(call.stop_id, move(call.at)) for call in departure.calls),
    )
