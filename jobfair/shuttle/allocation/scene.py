"""The checker's view of a problem and an allocation: everything is worked out anew."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from jobfair.shuttle.allocation.problem import (
    Aim,
    Allocation,
    Departure,
    Problem,
    Ride,
    Rides,
    SeatRequest,
)
from jobfair.shuttle.rules import Direction

CONFIRMED = 3
"""The standing of whoever holds a confirmed ride; priorities are below."""
Load = dict[str, tuple[int, int]]


class Scene:
    """A problem and its allocation, looked at from the sides that the checks need."""

    def __init__(self, problem: Problem, allocation: Allocation) -> None:
        self.problem = problem
        self.allocation = allocation
        self.requests = {request.id: request for request in problem.requests}
        self.departures = {departure.id: departure for departure in problem.departures}
        self.given = {seat.request: seat.rides for seat in allocation.seats}

    @cached_property
    def load(self) -> dict[str, tuple[int, int]]:
        """How many seats and wheelchair places are taken on each departure."""
        return load_of((self.requests[name], rides) for name, rides in self.given.items())

    @cached_property
    def _stops(self) -> dict[tuple[str, Direction], list[Departure]]:
        found: dict[tuple[str, Direction], list[Departure]] = defaultdict(list)
        for departure in self.problem.departures:
            for stop in departure.stops:
                found[stop, departure.direction].append(departure)
        return found

    def suits(self, request: SeatRequest, ride: Ride, way: Direction) -> bool:
        """Tell whether a ride is one that the request may be given."""
        departure = self.departures.get(ride.departure)
        return (
            departure is not None
            and departure.direction is way
            and ride.stop in departure.stops
            and ride.stop in (request.stop, *request.alternatives)
            and _waves_off(request, departure) <= request.flexibility
        )

    def goes(self, ride: Ride) -> bool:
        """Tell whether a confirmed ride is still what it was."""
        departure = self.departures.get(ride.departure)
        return (
            departure is not None
            and ride.departure not in self.broken
            and ride.stop in departure.stops
        )

    def promised(self, request: SeatRequest, ride: Ride) -> bool:
        """Tell whether the ride was confirmed and still goes: it is kept, whatever is asked now."""
        confirmed = request.confirmed.all() if request.confirmed else ()
        return ride in confirmed and self.goes(ride)

    def standing(self, request: SeatRequest) -> int:
        """Return what lets a request go first: what was confirmed, then its priority."""
        return CONFIRMED if request.confirmed else request.priority

    @cached_property
    def free(self) -> Load:
        """What is left free on each departure."""
        return self._free(self.given)

    @cached_property
    def free_above(self) -> dict[int, Load]:
        """What would be free for each standing if everybody below it left."""
        standing = {name: self.standing(self.requests[name]) for name in self.given}
        return {
            level: self._free(name for name in self.given if standing[name] >= level)
            for level in range(CONFIRMED + 1)
        }

    def _free(self, riders: Iterable[str]) -> Load:
        load = load_of((self.requests[name], self.given[name]) for name in riders)
        return {
            departure.id: (
                departure.seats - load.get(departure.id, (0, 0))[0],
                departure.wheelchairs - load.get(departure.id, (0, 0))[1],
            )
            for departure in self.problem.departures
        }

    def usable(self, request: SeatRequest, way: Direction) -> list[Departure]:
        """Return the departures of this way that the request may be given, full or not."""
        return [
            departure
            for stop in dict.fromkeys((request.stop, *request.alternatives))
            for departure in self._stops.get((stop, way), ())
            if _waves_off(request, departure) <= request.flexibility
        ]

    @cached_property
    def unreachable(self) -> set[str]:
        """The requests that lack a departure for some ride."""
        return {
            request.id
            for request in self.problem.requests
            if not all(self.usable(request, way) for way in ways_of(request))
        }

    @cached_property
    def broken(self) -> set[str]:
        """The departures that are gone or hold fewer than are confirmed on them."""
        confirmed = ((r, r.confirmed) for r in self.problem.requests if r.confirmed)
        return {
            name
            for name, (seats, wheelchairs) in load_of(confirmed).items()
            if name not in self.departures
            or seats > self.departures[name].seats
            or wheelchairs > self.departures[name].wheelchairs
        }

    @cached_property
    def figures(self) -> dict[Aim, float]:
        """The aims as they are reached."""
        riders = [self.requests[name] for name in self.given]
        people = Counter[int]()
        for rider in riders:
            people[rider.priority] += _people(rider)
        return {
            Aim.PRIORITY_2: people[2],
            Aim.PRIORITY_1: people[1],
            Aim.SHORTFALL: round(self._shortfall(riders), 4),
            Aim.PEOPLE: people.total(),
            Aim.DEVIATION: self._deviation(),
            Aim.REQUESTED: sum(rider.requested * _people(rider) for rider in riders),
        }

    def _deviation(self) -> int:
        return sum(
            _people(self.requests[name]) * self._off(self.requests[name], ride)
            for name, rides in self.given.items()
            for ride in rides.all()
        )

    def _shortfall(self, riders: Iterable[SeatRequest]) -> float:
        reachable = (r for r in self.problem.requests if r.id not in self.unreachable)
        asked, served = _by_municipality(reachable), _by_municipality(riders)
        outbound = [d for d in self.problem.departures if d.direction is Direction.OUT]
        places = sum(departure.seats + departure.wheelchairs for departure in outbound)
        share = min(1.0, places / max(1, asked.total()))
        return sum(max(0.0, share * count - served[name]) for name, count in asked.items())

    def _off(self, request: SeatRequest, ride: Ride) -> int:
        waves = _waves_off(request, self.departures[ride.departure])
        return 10 * waves + (ride.stop != request.stop)


def ways_of(request: SeatRequest) -> list[Direction]:
    """Return the ways that a request asks for."""
    waves = ((Direction.OUT, request.out_wave), (Direction.BACK, request.back_wave))
    return [way for way, wave in waves if wave is not None]


def load_of(riders: Iterable[tuple[SeatRequest, Rides]]) -> Load:
    """Return the seats and wheelchair places that these take on each departure."""
    load: Load = {}
    for request, rides in riders:
        for ride in rides.all():
            seats, wheelchairs = load.get(ride.departure, (0, 0))
            load[ride.departure] = (seats + request.seats, wheelchairs + request.wheelchairs)
    return load


def _waves_off(request: SeatRequest, departure: Departure) -> int:
    outbound = departure.direction is Direction.OUT
    wanted = request.out_wave if outbound else request.back_wave
    return abs(departure.wave - wanted) if wanted is not None else 0


def _by_municipality(requests: Iterable[SeatRequest]) -> Counter[str]:
    """Return how many people these are, by where they live."""
    people = Counter[str]()
    for request in requests:
        people[request.municipality] += _people(request)
    return people


def _people(request: SeatRequest) -> int:
    return request.seats + request.wheelchairs
