"""What is asked and what is given: departures, requests, seats, and the aims they are judged by."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from jobfair.shuttle.rules import Direction


class Priority(IntEnum):
    """Who comes first: invited to an interview, invited to the fair, or anybody."""

    ANYBODY = 0
    INVITED = 1
    INTERVIEW = 2


class Reason(StrEnum):
    """Why a request waits."""

    NO_DEPARTURE = "no_departure"
    PARTY_TOO_LARGE = "party_too_large"
    WHEELCHAIR_PLACES_FULL = "wheelchair_places_full"
    FULL = "full"


class Aim(StrEnum):
    """What an allocation is judged by, the first that differs decides."""

    PRIORITY_2 = "priority_2"
    PRIORITY_1 = "priority_1"
    SHORTFALL = "shortfall"
    PEOPLE = "people"
    DEVIATION = "deviation"
    REQUESTED = "requested"

    @property
    def more_is_better(self) -> bool:
        """Tell whether a greater value is the better one."""
        return self in (Aim.PRIORITY_2, Aim.PRIORITY_1, Aim.PEOPLE)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where buses call."""

    id: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Departure:
    """A bus on one of its ways: which stops it serves and what it holds.

    `at` is when it is at the fair, in minutes from anywhere; files that are compared have none.
    """

    id: str
    direction: Direction
    wave: int
    stops: tuple[str, ...]
    seats: int
    wheelchairs: int
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Ride:
    """A departure, and where it is boarded or left."""

    departure: str
    stop: str


@dataclass(frozen=True, slots=True)
class Rides:
    """The rides of a request, None for a way that it doesn't ride."""

    out: Ride | None = None
    back: Ride | None = None

    def get(self, direction: Direction) -> Ride | None:
        """Return the ride of this direction."""
        return self.out if direction is Direction.OUT else self.back

    def all(self) -> tuple[Ride, ...]:
        """Return the rides that there are, outbound first."""
        return tuple(ride for ride in (self.out, self.back) if ride is not None)


@dataclass(frozen=True, slots=True)
class SeatRequest:
    """A party that rides whole, out and back or not at all; a wave is None where it doesn't ride.

    `requested` is its place in the order of asking, `confirmed` what it was promised.
    """

    id: str
    stop: str
    seats: int
    wheelchairs: int
    priority: int
    municipality: str
    requested: int
    out_wave: int | None
    back_wave: int | None
    alternatives: tuple[str, ...] = ()
    flexibility: int = 0
    confirmed: Rides | None = None

    @property
    def people(self) -> int:
        """Return how many ride: who uses a wheelchair takes a wheelchair place and no seat."""
        return self.seats + self.wheelchairs

    def wave(self, direction: Direction) -> int | None:
        """Return the wave that is wanted in this direction."""
        return self.out_wave if direction is Direction.OUT else self.back_wave

    @property
    def directions(self) -> tuple[Direction, ...]:
        """Return the ways that are asked for, outbound first."""
        return tuple(way for way in Direction if self.wave(way) is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fair's departures and everybody who wants to ride."""

    name: str
    waves: int
    stops: tuple[Stop, ...]
    departures: tuple[Departure, ...]
    requests: tuple[SeatRequest, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """What a request is given."""

    request: str
    rides: Rides


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that is given nothing, and why."""

    request: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Level:
    """What was reached of an aim, and what nothing can surpass with the aims before it kept."""

    aim: Aim
    value: float
    bound: float

    @property
    def proven(self) -> bool:
        """Tell whether nothing better can exist."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who rides where and who waits, both in the order of the requests' ids."""

    seats: tuple[Seat, ...]
    waitlist: tuple[Waiting, ...]
    levels: tuple[Level, ...] = ()

    @property
    def rides(self) -> dict[str, Rides]:
        """Return who rides, by the requests' ids."""
        return {seat.request: seat.rides for seat in self.seats}

    @property
    def proven(self) -> bool:
        """Tell whether every aim is proven."""
        return bool(self.levels) and all(level.proven for level in self.levels)
