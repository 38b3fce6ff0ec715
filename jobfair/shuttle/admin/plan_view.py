"""A plan as its page shows it: one wave in full, all of its violations, what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from jobfair.shuttle import map as maps
from jobfair.shuttle.document import (
    Document,
    Figures,
    Gap,
    PlanTrip,
    PlanWave,
    TripFigures,
    TripKey,
    TripTimes,
    Violation,
    figures,
    key_of,
    no_bus_as_wished,
    no_later_bus,
    times,
    violations,
)
from jobfair.shuttle.models import ShuttlePlan
from jobfair.shuttle.planning.types import TravelTimes
from jobfair.shuttle.rules import Direction

OVER_MOST = 1.2
"""A load bar ends here, where the bus is full by more."""


@dataclass(frozen=True)
class CallRow:
    """A halt as the timetable shows it."""

    stop: int
    name: str
    at: datetime
    people: int


@dataclass(frozen=True)
class TripRow:
    """A line as the table shows it."""

    key: TripKey
    trip: PlanTrip
    figures: TripFigures
    times: TripTimes
    calls: tuple[CallRow, ...]
    seats: int
    is_at_fault: bool

    @property
    def farthest(self) -> str:
        """Return the name of the stop where the line begins, or ends on the way home."""
        if not self.calls:
            return "–"
        return self.calls[0 if self.key.direction is Direction.OUT else -1].name

    @property
    def load(self) -> float:
        """Return how full the bus is, 1 for all seats, as far as a bar shows it."""
        return min(OVER_MOST, self.figures.seats / self.seats if self.seats else OVER_MOST)


@dataclass(frozen=True)
class LeftRow:
    """People who are on no bus."""

    stop: int
    name: str
    people: int
    reason: str


@dataclass(frozen=True)
class WaveView:
    """All that is shown of a wave."""

    wave: PlanWave
    rows: tuple[TripRow, ...]
    left: tuple[LeftRow, ...]
    drawing: maps.Drawing | None

    @property
    def people(self) -> int:
        """Return how many ride."""
        return sum(row.trip.people for row in self.rows)

    @property
    def km(self) -> float:
        """Return how far the buses drive with people on board."""
        return sum(row.figures.km for row in self.rows)


@dataclass(frozen=True)
class PlanView:
    """A plan with what it comes to."""

    row: ShuttlePlan
    plan: Document
    roads: TravelTimes
    venue: str

    @cached_property
    def violations(self) -> list[Violation]:
        """Return every rule that it breaks."""
        return violations(self.plan, self.roads)

    @cached_property
    def figures(self) -> Figures:
        """Return what it is good for, and what it costs."""
        return figures(self.plan, self.roads)

    @cached_property
    def times(self) -> dict[TripKey, TripTimes]:
        """Return when its buses go."""
        return times(self.plan, self.roads)

    @property
    def no_later_bus(self) -> Gap | None:
        """Return the stops of those who ride home earlier and find no bus in the last wave."""
        return no_later_bus(self.plan)

    @property
    def no_bus_as_wished(self) -> list[Gap]:
        """Return by wave the stops of those who want to ride then, where no bus halts."""
        return no_bus_as_wished(self.plan)

    def wave_named(self, name: str) -> PlanWave | None:
        """Return the wave of that name, like `out-0`; the first where there is none."""
        named = {wave_name(wave): wave for wave in self.plan.waves}
        return named.get(name) or next(iter(self.plan.waves), None)

    def wave(self, wave: PlanWave) -> WaveView:
        """Return the wave as its page shows it."""
        rows = tuple(self.row_of(wave, trip) for trip in sorted(wave.trips, key=lambda t: t.line))
        left = tuple(
            LeftRow(one.stop, self.name_of(one.stop), one.people, one.reason)
            for one in sorted(wave.unserved, key=lambda one: -one.people)
        )
        return WaveView(wave, rows, left, self._drawing(rows))

    def row_of(self, wave: PlanWave, trip: PlanTrip) -> TripRow:
        """Return the trip as the table shows it."""
        key = key_of(wave, trip)
        told = self.times[key]
        bus = self.plan.bus.get(trip.bus)
        return TripRow(
            key=key,
            trip=trip,
            figures=self.figures.trips[key],
            times=told,
            calls=tuple(
                CallRow(call.stop, self.name_of(call.stop), at, call.people)
                for call, at in zip(trip.calls, told.calls, strict=True)
            ),
            seats=bus.seats if bus else 0,
            is_at_fault=any((one.direction, one.line, one.wave) == key for one in self.violations),
        )

    def name_of(self, stop: int) -> str:
        """Return the name of one of its stops."""
        known = self.plan.stop.get(stop)
        return known.name if known else "–"

    def _drawing(self, rows: Sequence[TripRow]) -> maps.Drawing | None:
        lines = [maps.Line(row.trip.line, tuple(self._halts(row))) for row in rows]
        return maps.draw(lines, maps.Halt(self.venue, *self.plan.fair))

    def _halts(self, row: TripRow) -> list[maps.Halt]:
        """Return where the line calls, from its farthest stop on."""
        calls = row.trip.calls if row.key.direction is Direction.OUT else row.trip.calls[::-1]
        found = []
        for call in calls:
            stop = self.plan.stop.get(call.stop)
            if stop and stop.lat is not None and stop.lon is not None:
                found.append(maps.Halt(stop.name, stop.lat, stop.lon, call.people))
        return found


def wave_name(wave: PlanWave) -> str:
    """Return what names the wave in an address, like `out-0`."""
    return f"{wave.direction}-{wave.number}"
