"""What a plan of the shuttle is made of: all waves, both ways, with what it was planned from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from jobfair.core.errors import NotFound
from jobfair.shuttle.fleet import SettingsInput
from jobfair.shuttle.planning.types import Groups
from jobfair.shuttle.rules import Direction, departure_key, parse_key

BY_HAND = "by_hand"
"""The reason of those whom the organiser took off a bus; all others are the planner's."""


class TripKey(NamedTuple):
    """What names a trip of a plan, and the departure that it becomes."""

    direction: Direction
    line: int
    wave: int

    def __str__(self) -> str:
        """Return it as it stands in an address, like `4-out-0`."""
        return departure_key(*self)


def trip_key(text: str) -> TripKey:
    """Return the key that stands in an address; raise NotFound where it is none."""
    parts = parse_key(text)
    if parts is None:
        raise NotFound("not_found")
    return TripKey(*parts)


@dataclass(frozen=True)
class PlanStop:
    """A stop as it was when the plan was made; without a place no bus can be planned to it."""

    id: int
    name: str
    municipality: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True)
class PlanBus:
    """A kind of bus as it was when the plan was made."""

    name: str
    seats: int
    wheelchairs: int
    count: int
    cost_cents: int


@dataclass(frozen=True)
class PlanCall:
    """A halt, and who boards or alights there.

    `minutes` is how long before arriving at the fair, or after leaving it, where somebody has said
    so; otherwise the roads tell.
    """

    stop: int
    groups: Groups = ()
    minutes: int | None = None

    @property
    def people(self) -> int:
        """Return how many board or alight."""
        return sum(group.people for group in self.groups)


@dataclass(frozen=True)
class PlanTrip:
    """One ride of a bus, the calls as it drives; `block` numbers the vehicle that does it."""

    line: int
    bus: str
    calls: tuple[PlanCall, ...]
    shift_min: int = 0
    block: int | None = None

    @property
    def people(self) -> int:
        """Return how many ride."""
        return sum(call.people for call in self.calls)

    @property
    def stops(self) -> tuple[int, ...]:
        """Return where it calls."""
        return tuple(call.stop for call in self.calls)


@dataclass(frozen=True)
class Left:
    """Groups at a stop who are on no bus, and why."""

    stop: int
    groups: Groups
    reason: str

    @property
    def people(self) -> int:
        """Return how many they are."""
        return sum(group.people for group in self.groups)


@dataclass(frozen=True)
class PlanWave:
    """All buses that arrive at the fair by `at`, or leave it then."""

    direction: Direction
    number: int
    at: datetime
    trips: tuple[PlanTrip, ...] = ()
    unserved: tuple[Left, ...] = ()

    @property
    def left(self) -> int:
        """Return how many people are on no bus."""
        return sum(left.people for left in self.unserved)


@dataclass(frozen=True)
class Document:
    """A plan; `roads` is the digest of its table of road times, empty for straight lines."""

    fair: tuple[float, float]
    waves: tuple[PlanWave, ...]
    stops: tuple[PlanStop, ...]
    buses: tuple[PlanBus, ...]
    policy: SettingsInput
    roads: str = ""

    @cached_property
    def stop(self) -> dict[int, PlanStop]:
        """Return the stops by id."""
        return {stop.id: stop for stop in self.stops}

    @cached_property
    def bus(self) -> dict[str, PlanBus]:
        """Return the kinds of buses by name."""
        return {bus.name: bus for bus in self.buses}

    def is_placed(self, stop: int) -> bool:
        """Tell whether the stop is one of the plan's and has a place on the map."""
        return stop in self.stop and self.stop[stop].lat is not None

    def trips(self) -> Iterator[tuple[PlanWave, PlanTrip]]:
        """Go through all trips with their waves."""
        for wave in self.waves:
            for trip in wave.trips:
                yield wave, trip

    def wave(self, direction: Direction, number: int) -> PlanWave:
        """Return that wave; raise NotFound."""
        for wave in self.waves:
            if (wave.direction, wave.number) == (direction, number):
                return wave
        raise NotFound("not_found")

    def trip(self, key: TripKey) -> PlanTrip:
        """Return that trip; raise NotFound."""
        for trip in self.wave(key.direction, key.wave).trips:
            if trip.line == key.line:
                return trip
        raise NotFound("not_found")
