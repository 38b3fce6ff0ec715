"""The door at this moment: who came and is inside, through which station, by which device."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.checkin.conflicts import count_open
from jobfair.checkin.crew import DeviceNow, Standing, find_shift, list_devices
from jobfair.checkin.forecast import Expected, forecast, without_window
from jobfair.checkin.models import Station
from jobfair.checkin.ports import BusNow
from jobfair.checkin.queries import count_recent
from jobfair.checkin.rules import Direction
from jobfair.checkin.service import buses
from jobfair.checkin.service.duties import begin_of_day, first_day_of
from jobfair.checkin.tally import HOUSE, Flow, Tally, tally_of
from jobfair.core.db import session
from jobfair.fairs.models import ArrivalWindow, Fair, Room


@dataclass(frozen=True)
class RoomNow:
    """How many people are inside a room, and how many it holds if there is a limit."""

    id: int
    name: str
    inside: int
    limit: int | None


@dataclass(frozen=True)
class StationNow:
    """How many went in and out by a station, in all and in the five minutes from each time on."""

    name: str
    entered: int
    left: int
    slots: tuple[tuple[datetime, int, int], ...]


@dataclass(frozen=True)
class Live:
    """The door at this moment; `arrivals` and `forecast` are per five minutes.

    `buses` are about to arrive; those in `leaving` go home soon, while somebody is missing.

    `rehearsal`: what was scanned today, before the fair's day, is shown and doesn't count.
    """

    at: datetime
    rehearsal: bool
    expected: int
    came: int
    inside: int
    limit: int
    recent: int
    rooms: tuple[RoomNow, ...]
    stations: tuple[StationNow, ...]
    arrivals: tuple[tuple[datetime, int], ...]
    forecast: tuple[tuple[datetime, float], ...]
    devices: tuple[DeviceNow, ...]
    conflicts: int
    buses: tuple[BusNow, ...]
    leaving: tuple[BusNow, ...]


def live_counts(fair: Fair, now: datetime) -> Live:
    """Return how the door of the fair stands, or how today's rehearsal does before its day."""
    day = _rehearsal_day(fair, now)
    tally = tally_of(session(), fair.id, now, rehearsal=day)
    rehearsal = day is not None and any(tally.flows.values())
    arrivals = sorted((slot, people) for slot, people in tally.arrivals.items() if people)
    shift = find_shift(fair.id, now)
    expected = _count_expected(fair.id)
    return Live(
        at=now,
        rehearsal=rehearsal,
        expected=expected,
        came=sum(people for _slot, people in arrivals),
        inside=tally.inside[HOUSE],
        limit=fair.capacity,
        recent=count_recent(fair.id, now, rehearsal=rehearsal),
        rooms=_rooms(fair.id, tally),
        stations=_stations(fair.id, tally),
        arrivals=tuple(arrivals),
        forecast=() if rehearsal else tuple(_forecast(fair, expected)),
        devices=tuple(list_devices(fair.id, shift.id, now)) if shift else (),
        conflicts=count_open(fair.id),
        buses=tuple(buses().coming(session(), fair.id, now)),
        leaving=tuple(buses().leaving(session(), fair.id, now)),
    )


def _rehearsal_day(fair: Fair, now: datetime) -> datetime | None:
    """Return when today began, if it lies before the fair's day."""
    today = begin_of_day(now, fair.time_zone)
    return today if today < first_day_of(fair) else None


def on_duty(live: Live) -> list[DeviceNow]:
    """Return the devices that were paired and not given back or taken away."""
    return [device for device in live.devices if device.standing is Standing.PAIRED]


def _count_expected(fair_id: int) -> int:
    """Return how many people have places."""
    query = (
        sa.select(sa.func.count())
        .select_from(Attendee)
        .join(Household, Household.id == Attendee.household_id)
        .where(
            Attendee.fair_id == fair_id,
            Attendee.state == AttendeeState.REGISTERED,
            Household.state == HouseholdState.REGISTERED,
        )
    )
    return session().scalar(query) or 0


def _rooms(fair_id: int, tally: Tally) -> tuple[RoomNow, ...]:
    """Return the rooms whose doors are watched by a station."""
    watched = sa.exists().where(Station.fair_id == fair_id, Station.room_id == Room.id)
    query = sa.select(Room.id, Room.name, Room.capacity).where(Room.fair_id == fair_id, watched)
    rows = session().execute(query.order_by(Room.position, Room.id))
    return tuple(RoomNow(room, name, tally.inside[room], limit) for room, name, limit in rows)


def _stations(fair_id: int, tally: Tally) -> tuple[StationNow, ...]:
    """Return the stations in their order, then those that have another name by now."""
    query = sa.select(Station.name).where(Station.fair_id == fair_id)
    known = session().scalars(query.order_by(Station.position, Station.id)).all()
    flows = {flow: people for flow, people in tally.flows.items() if people}
    former = sorted({flow.station for flow in flows} - set(known))
    return tuple(_station(name, flows) for name in (*known, *former))


def _station(name: str, flows: dict[Flow, int]) -> StationNow:
    found = {flow.slot for flow in flows if flow.station == name}
    slots = tuple(
        (
            slot,
            flows.get(Flow(name, slot, Direction.IN), 0),
            flows.get(Flow(name, slot, Direction.OUT), 0),
        )
        for slot in sorted(found)
    )
    entered, left = sum(slot[1] for slot in slots), sum(slot[2] for slot in slots)
    return StationNow(name, entered, left, slots)


def _forecast(fair: Fair, expected: int) -> list[tuple[datetime, float]]:
    """Return when those who have places are expected, by the windows that they chose."""
    query = sa.select(ArrivalWindow.taken, ArrivalWindow.starts_at, ArrivalWindow.ends_at)
    rows = session().execute(query.where(ArrivalWindow.fair_id == fair.id, ArrivalWindow.taken > 0))
    windows = [Expected(*row) for row in rows]
    free = max(0, expected - round(sum(window.people for window in windows)))
    rest = without_window(free, fair.starts_at, fair.ends_at) if free else []
    return forecast([*windows, *rest])
