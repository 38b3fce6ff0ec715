"""Reads of the way home: who is missing on which return, and whom somebody has to reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import Attendee, Household
from jobfair.checkin.ports import BusNow
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.shuttle.boarding import Buses, bus_now
from jobfair.shuttle.day import BusDay
from jobfair.shuttle.models import Departure
from jobfair.shuttle.queries.day import read_day
from jobfair.shuttle.sightings import Answer, Standing, Where


@dataclass(frozen=True)
class Missing:
    """Somebody who is missing, how to reach their household, and the return that it is about."""

    standing: Standing
    person: Attendee
    household: Household
    departure: Departure
    stop: str

    @property
    def answer(self) -> Answer | None:
        """Return what was last found out about them on that return."""
        return self.standing.answer_for(self.departure.id)

    @property
    def went_out(self) -> bool:
        """Tell whether they were last seen going out of the house."""
        return self.standing.where is Where.SEEN_OUT


@dataclass(frozen=True)
class ReturnNow:
    """A return at this moment, and who is missing on it."""

    departure: Departure
    now: BusNow
    soon: bool
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class WayHome:
    """The returns in the order of time; whom the last call is for, and whom the desk has to reach.

    Both lists begin with the most urgent. Who is in the last call isn't in the other.
    """

    returns: tuple[ReturnNow, ...]
    last_call: tuple[Missing, ...]
    to_reach: tuple[Missing, ...]


@dataclass(frozen=True)
class HomeWatch:
    """What of the way home needs the desk now."""

    leaving: tuple[BusNow, ...]
    to_reach: int


def way_home(fair: Fair, now: datetime) -> WayHome:
    """Return how the way home stands at this moment."""
    day = read_day(session(), fair.id)
    warned = day.warnings(now)
    known = _Known(day)
    last = known.missing(warned.last_call)
    called = {one.person.id for one in last}
    to_reach = [one for one in day.call_list() if one.person not in called]
    soon = {leaving.departure for leaving in warned.soon}
    returns = []
    for bus in sorted(day.homeward, key=lambda bus: (day.due_at(bus), bus.line)):
        missing = known.missing(day.missing(bus), bus)
        now_there = bus_now(day, bus, fair.time_zone, len(missing))
        returns.append(ReturnNow(bus, now_there, bus.id in soon, missing))
    return WayHome(tuple(returns), last, known.missing(to_reach))


def watch_home(fair: Fair, now: datetime) -> HomeWatch:
    """Return what of the way home needs the desk: returns that leave soon, and whom to reach."""
    closed = sa.select(Departure.id).where(
        Departure.fair_id == fair.id, Departure.closed_at.is_not(None)
    )
    to_reach: list[Standing] = []
    if session().scalar(closed.limit(1)) is not None:
        to_reach = read_day(session(), fair.id).call_list()
    return HomeWatch(tuple(Buses().leaving(session(), fair.id, now)), len(to_reach))


class _Known:
    """Everybody of the day by name, with their households."""

    def __init__(self, day: BusDay) -> None:
        self._day = day
        query = sa.select(Attendee, Household).join(
            Household, Household.id == Attendee.household_id
        )
        rows = session().execute(query.where(Attendee.id.in_(day.standings)))
        self._people = {person.id: (person, household) for person, household in rows}
        self._last = max(day.homeward, key=day.due_at, default=None)
        calls = (call for bus in day.homeward for call in bus.calls)
        self._stops = {call.stop_id: call.stop.name for call in calls}

    def missing(
        self, standings: Iterable[Standing], departure: Departure | None = None
    ) -> tuple[Missing, ...]:
        """Return them with their names, each about that return, or about the one they missed."""
        found = []
        for one in standings:
            bus = departure or self._return_of(one)
            if bus is not None:
                stop = self._stops.get(one.stop or 0, "")
                found.append(Missing(one, *self._people[one.person], bus, stop))
        return tuple(found)

    def _return_of(self, standing: Standing) -> Departure | None:
        """Return the bus that an answer is about: the missed one, the next, or the last of all."""
        bus_id = standing.missed[-1] if standing.missed else standing.returning
        return self._last if bus_id is None else self._day.departures[bus_id]
