"""Reads of the buses at this moment, as the desk follows them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jobfair.checkin.ports import BusNow
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.shuttle.boarding import bus_now
from jobfair.shuttle.day import BusDay
from jobfair.shuttle.lateness import late_at
from jobfair.shuttle.models import Departure
from jobfair.shuttle.queries.day import read_day
from jobfair.shuttle.rules import Direction

KEPT = timedelta(minutes=15)


@dataclass(frozen=True)
class BusToday:
    """A bus at this moment: from when until when it drives, and how late it is where it comes next.

    `reports` is how often something was said of its lateness.
    """

    departure: Departure
    now: BusNow
    leaves_at: datetime
    arrives_at: datetime
    late: int
    reports: int

    @property
    def gone(self) -> bool:
        """Tell whether the bus is a return that has left."""
        return self.departure.closed_at is not None


@dataclass(frozen=True)
class BusesNow:
    """All buses of the fair: those under way and to come, and those that have arrived.

    `leaving` are the returns that leave soon, or should have left, while somebody is missing;
    `came` is how many people came by bus.
    """

    at: datetime
    coming: tuple[BusToday, ...]
    arrived: tuple[BusToday, ...]
    leaving: tuple[BusNow, ...]
    came: int


def buses_now(fair: Fair, now: datetime) -> BusesNow:
    """Return how every bus of the fair stands, the next first."""
    day = read_day(session(), fair.id)
    warned = {one.departure: len(one.missing) for one in day.warnings(now).soon}
    buses = [
        _today(day, bus, bus_now(day, bus, fair.time_zone, warned.get(bus.id, 0)), now)
        for bus in day.departures.values()
    ]
    buses.sort(key=lambda bus: (bus.leaves_at, bus.departure.line))
    coming = [bus for bus in buses if bus.arrives_at + timedelta(minutes=bus.late) + KEPT >= now]
    leaving = [bus.now for bus in buses if bus.departure.id in warned]
    arrived = [bus for bus in buses if bus not in coming]
    return BusesNow(now, tuple(coming), tuple(arrived), tuple(leaving), len(day.came_by_bus()))


def _today(day: BusDay, departure: Departure, bus: BusNow, now: datetime) -> BusToday:
    lates = day.lates.get(departure.id, ())
    out = departure.direction is Direction.OUT
    first, last = departure.calls[0].at, departure.calls[-1].at
    return BusToday(
        departure,
        bus,
        leaves_at=first if out else departure.fair_at,
        arrives_at=departure.fair_at if out else last,
        late=late_at(lates, day.next_position(departure, now)),
        reports=len(lates),
    )
