"""What each request may be given: the only place with the rules of eligibility."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from jobfair.shuttle.allocation.problem import (
    Departure,
    Problem,
    Ride,
    Rides,
    SeatRequest,
)
from jobfair.shuttle.rules import Direction

PER_WAVE, PER_STOP = 10, 1

Timetable = Mapping[tuple[str, Direction], list[Departure]]


class Claim(IntEnum):
    """What a request holds already: nothing, what is no more, some of its rides, or all."""

    NONE = 0
    DISPLACED = 1
    PARTLY = 2
    KEPT = 3


PROMISED = (Claim.PARTLY, Claim.DISPLACED)
"""The claims that come before every aim, the stronger one first."""


@dataclass(frozen=True, slots=True)
class Option:
    """A departure that suits one way of a request, and how far it is from what was wanted."""

    departure: Departure
    stop: str
    deviation: int

    @property
    def ride(self) -> Ride:
        """Return the ride that this is."""
        return Ride(self.departure.id, self.stop)


@dataclass(frozen=True, slots=True)
class Choices:
    """A request with the options of each way that it asks for, outbound first.

    Who keeps what was confirmed has one option for each way.
    """

    request: SeatRequest
    legs: tuple[tuple[Option, ...], ...]
    claim: Claim = Claim.NONE

    @property
    def reachable(self) -> bool:
        """Tell whether the timetable has a departure for every ride that is asked."""
        return all(self.legs)

    @property
    def standing(self) -> tuple[int, int]:
        """Return what lets a request go before others: its claim, or else its priority."""
        return self.claim, 0 if self.claim else self.request.priority

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Sort by this: claims, then priority, then who asked first."""
        request = self.request
        return -self.claim, -request.priority, request.requested, request.id

    def rides_on(self, departures: Iterable[str]) -> Rides:
        """Return the rides on these departures, one for each way."""
        pairs = zip(self.legs, departures, strict=True)
        return rides_of(next(o for o in leg if o.departure.id == name) for leg, name in pairs)


def rides_of(chosen: Iterable[Option]) -> Rides:
    """Return options, at most one for each way, as rides."""
    rides = {option.departure.direction: option.ride for option in chosen}
    return Rides(rides.get(Direction.OUT), rides.get(Direction.BACK))


def holds(departure: Departure, request: SeatRequest) -> bool:
    """Tell whether the party fits into the empty bus."""
    return request.seats <= departure.seats and request.wheelchairs <= departure.wheelchairs


def options(problem: Problem, *, keep: bool = True) -> dict[str, Choices]:
    """Return what each request may be given, by id in the order of ids.

    Who has a confirmed ride has no other option, unless what is confirmed isn't to be kept.
    """
    timetable = _timetable(problem.departures)
    departures = {departure.id: departure for departure in problem.departures}
    broken = _broken(problem, departures)
    waves = _waves(problem.departures)
    found = {}
    alike: dict[object, tuple[Option, ...]] = {}
    for request in sorted(problem.requests, key=lambda request: request.id):
        legs, middle = {}, _middle(request, waves)
        for way in request.directions:
            wish = (request.stop, request.alternatives, way, request.wave(way), request.flexibility)
            if (wish, middle) not in alike:
                alike[wish, middle] = _usable(request, way, timetable, middle)
            legs[way] = alike[wish, middle]
        claim = _claim(request, departures, broken) if keep else Claim.NONE
        if claim >= Claim.PARTLY:
            legs |= _confirmed(request, departures)
        found[request.id] = Choices(request, tuple(legs.values()), claim)
    return found


def _timetable(departures: Iterable[Departure]) -> Timetable:
    timetable: dict[tuple[str, Direction], list[Departure]] = defaultdict(list)
    for departure in sorted(departures, key=lambda departure: departure.id):
        for stop in dict.fromkeys(departure.stops):
            timetable[stop, departure.direction].append(departure)
    return timetable


def _waves(departures: Iterable[Departure]) -> Mapping[tuple[Direction, int], list[int]]:
    """Return when the buses of each wave are at the fair, where that is known."""
    waves: dict[tuple[Direction, int], list[int]] = defaultdict(list)
    for departure in departures:
        if departure.at is not None:
            waves[departure.direction, departure.wave].append(departure.at)
    return waves


def _middle(request: SeatRequest, waves: Mapping[tuple[Direction, int], list[int]]) -> float | None:
    """Return the middle of the time that is wished at the fair.

    However flexible the party is, it arrives before and goes home after that; so no way home is
    given that leaves before the way there has arrived.
    """
    if request.out_wave is None or request.back_wave is None:
        return None
    there = waves.get((Direction.OUT, request.out_wave))
    home = waves.get((Direction.BACK, request.back_wave))
    return (max(there) + min(home)) / 2 if there and home and max(there) < min(home) else None


def _usable(
    request: SeatRequest, way: Direction, timetable: Timetable, middle: float | None
) -> tuple[Option, ...]:
    """Return the departures of this way within the request's flexibility, each at its best stop."""
    best: dict[str, Option] = {}
    for stop in (request.stop, *request.alternatives):
        for departure in timetable.get((stop, way), ()):
            near = _shift(request, departure) <= request.flexibility
            if near and _leaves_time(departure, middle):
                best.setdefault(departure.id, _option(request, departure, stop))
    return tuple(best[name] for name in sorted(best))


def _leaves_time(departure: Departure, middle: float | None) -> bool:
    """Tell whether the bus arrives before the middle of the visit, or goes home after it."""
    if departure.at is None or middle is None:
        return True
    return (departure.at < middle) is (departure.direction is Direction.OUT)


def _option(request: SeatRequest, departure: Departure, stop: str) -> Option:
    elsewhere = PER_STOP if stop != request.stop else 0
    return Option(departure, stop, PER_WAVE * _shift(request, departure) + elsewhere)


def _shift(request: SeatRequest, departure: Departure) -> int:
    wanted = request.wave(departure.direction)
    return abs(departure.wave - wanted) if wanted is not None else 0


def _broken(problem: Problem, departures: Mapping[str, Departure]) -> set[str]:
    """Return the departures that are gone, or hold fewer than are confirmed on them."""
    seats: Counter[str] = Counter()
    wheelchairs: Counter[str] = Counter()
    for request in problem.requests:
        for ride in _promised(request).values():
            seats[ride.departure] += request.seats
            wheelchairs[ride.departure] += request.wheelchairs
    return {
        name for name in seats if not _carries(departures.get(name), seats[name], wheelchairs[name])
    }


def _carries(departure: Departure | None, seats: int, wheelchairs: int) -> bool:
    """Tell whether the departure goes, and holds so many."""
    return (
        departure is not None and seats <= departure.seats and wheelchairs <= departure.wheelchairs
    )


def _claim(
    request: SeatRequest, departures: Mapping[str, Departure], broken: Collection[str]
) -> Claim:
    rides = _promised(request)
    if not rides:
        return Claim.NONE
    if not all(_goes(ride, way, departures, broken) for way, ride in rides.items()):
        return Claim.DISPLACED
    return Claim.KEPT if rides.keys() >= set(request.directions) else Claim.PARTLY


def _promised(request: SeatRequest) -> dict[Direction, Ride]:
    """Return the rides that are confirmed, by their ways."""
    confirmed = request.confirmed or Rides()
    return {way: ride for way in Direction if (ride := confirmed.get(way))}


def _goes(
    ride: Ride, way: Direction, departures: Mapping[str, Departure], broken: Collection[str]
) -> bool:
    """Tell whether a confirmed ride is still what it was."""
    if ride.departure in broken:
        return False
    departure = departures[ride.departure]
    return departure.direction is way and ride.stop in departure.stops


def _confirmed(
    request: SeatRequest, departures: Mapping[str, Departure]
) -> dict[Direction, tuple[Option, ...]]:
    """Return the confirmed ride as the only option of its way."""
    return {
        way: (_option(request, departures[ride.departure], ride.stop),)
        for way, ride in _promised(request).items()
        if way in request.directions
    }
