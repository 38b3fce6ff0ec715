"""What a plan of routes is made of."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

FAIR = ""
"""The fair among the ids of stops, none of which is empty."""


@dataclass(frozen=True, order=True)
class Group:
    """People who ride together; a wheelchair user takes a wheelchair place and no seat."""

    seats: int
    wheelchairs: int = 0

    @property
    def people(self) -> int:
        """Return how many they are."""
        return self.seats + self.wheelchairs


Groups = tuple[Group, ...]


@dataclass(frozen=True)
class Stop:
    """A stop and the groups who want to board there."""

    id: str
    name: str
    lat: float
    lon: float
    groups: Groups = ()


@dataclass(frozen=True)
class BusType:
    """Buses of a kind: places, how many there are, and what one costs before it moves."""

    name: str
    seats: int
    wheelchairs: int
    count: int
    fixed_cost_m: int

    def holds(self, seats: int, wheelchairs: int) -> bool:
        """Tell whether so many get on."""
        return seats <= self.seats and wheelchairs <= self.wheelchairs


@dataclass(frozen=True)
class RidePolicy:
    """How long a ride may last, and how long stopping and boarding take."""

    max_ride_s: int = 4500
    direct_factor: float = 1.25
    stop_s: int = 60
    board_s_per_person: int = 15

    def longest_ride_s(self, direct_s: float) -> int:
        """Return the limit at a stop from where driving straight to the fair takes so long."""
        return max(self.max_ride_s, int(self.direct_factor * direct_s))


class Leg(NamedTuple):
    """A drive from one place to another."""

    metres: int
    seconds: int


class TravelTimes(Protocol):
    """Whoever knows the roads between two places, each the id of a stop or FAIR."""

    def leg(self, start: str, end: str) -> Leg:
        """Return how far and how long a bus drives."""

    def direct_s(self, stop: str) -> float:
        """Return how long driving straight from the stop to the fair takes, unrounded."""


class Direction(StrEnum):
    """Out is to the fair, back is home."""

    OUT = "out"
    BACK = "back"


@dataclass(frozen=True)
class RouteProblem:
    """Who wants to ride from where, with which buses, under which limits."""

    name: str
    stops: tuple[Stop, ...]
    buses: tuple[BusType, ...]
    policy: RidePolicy
    travel: TravelTimes
    fair: tuple[float, float]
    """Latitude and longitude."""

    @cached_property
    def stop(self) -> dict[str, Stop]:
        """Return the stops by id."""
        return {stop.id: stop for stop in self.stops}

    @cached_property
    def bus(self) -> dict[str, BusType]:
        """Return the kinds of buses by name."""
        return {bus.name: bus for bus in self.buses}

    @property
    def people(self) -> int:
        """Return how many want to ride."""
        return sum(group.people for stop in self.stops for group in stop.groups)


@dataclass(frozen=True)
class Call:
    """Where a bus halts, and who boards or alights there."""

    stop: str
    groups: Groups

    @property
    def people(self) -> int:
        """Return how many board or alight."""
        return sum(group.people for group in self.groups)


@dataclass(frozen=True)
class Trip:
    """One ride of a bus: the calls in the order in which it drives."""

    bus: str
    calls: tuple[Call, ...]

    @property
    def seats(self) -> int:
        """Return how many seats are taken."""
        return sum(group.seats for call in self.calls for group in call.groups)

    @property
    def wheelchairs(self) -> int:
        """Return how many wheelchair places are taken."""
        return sum(group.wheelchairs for call in self.calls for group in call.groups)

    @property
    def people(self) -> int:
        """Return how many ride."""
        return sum(call.people for call in self.calls)


class Reason(StrEnum):
    """Why a group is on no bus."""

    TOO_LARGE = "too_large"
    """No bus has so many seats."""
    NO_WHEELCHAIR_PLACES = "no_wheelchair_places"
    """No bus that has the seats has the wheelchair places."""
    TOO_FAR = "too_far"
    """Even a bus that fetches only this group takes longer than the limit."""
    TOO_FEW_BUSES = "too_few_buses"
    """The buses that there are carry others."""


@dataclass(frozen=True)
class Unserved:
    """Groups at a stop who are on no bus."""

    stop: str
    groups: Groups
    reason: Reason


@dataclass(frozen=True)
class RoutePlan:
    """The trips, who is left over, and what it costs in metres."""

    trips: tuple[Trip, ...]
    unserved: tuple[Unserved, ...]
    cost_m: int
    direction: Direction = Direction.OUT
    finished: bool = True
    """False where the search was ended before its time."""

    @property
    def people(self) -> int:
        """Return how many ride."""
        return sum(trip.people for trip in self.trips)

    @property
    def rank(self) -> tuple[int, int]:
        """Return what is less for the better plan: more people, then less cost."""
        return -self.people, self.cost_m
