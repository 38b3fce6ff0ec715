"""What is still free on each departure."""

from collections.abc import Callable, Collection, Iterable, Mapping

from jobfair.shuttle.allocation.options import Choices, Option, holds, rides_of
from jobfair.shuttle.allocation.problem import Departure, Reason, Ride, Rides, SeatRequest


class Room:
    """Free seats and wheelchair places by departure."""

    def __init__(self, departures: Iterable[Departure]) -> None:
        self.free = {d.id: (d.seats, d.wheelchairs) for d in departures}

    def beside(self, choices: Mapping[str, Choices], given: Mapping[str, Rides]) -> "Room":
        """Return what these rides leave free of it."""
        room = Room(())
        room.free = dict(self.free)
        for name, rides in given.items():
            room.take(rides, choices[name].request)
        return room

    def take(self, rides: Rides, request: SeatRequest) -> None:
        """Have the party's places taken on these rides."""
        for ride in rides.all():
            self._add(request, ride.departure, -1)

    def give_back(self, rides: Rides, request: SeatRequest) -> None:
        """Have the party's places free on these rides."""
        for ride in rides.all():
            self._add(request, ride.departure, 1)

    def move(self, request: SeatRequest, now: str, then: str) -> None:
        """Have the party's places free on one departure and taken on another."""
        self._add(request, now, 1)
        self._add(request, then, -1)

    def _add(self, request: SeatRequest, departure: str, sign: int) -> None:
        seats, wheelchairs = self.free[departure]
        more = (seats + sign * request.seats, wheelchairs + sign * request.wheelchairs)
        self.free[departure] = more

    def fits(self, option: Option, request: SeatRequest) -> bool:
        """Tell whether the whole party fits there now."""
        seats, wheelchairs = self.free[option.departure.id]
        return request.seats <= seats and request.wheelchairs <= wheelchairs

    def seat(self, choices: Choices) -> Rides | None:
        """Take the places with most room left for each way; None where one way has none."""
        rides = self._best(choices, self._roominess)
        if rides:
            self.take(rides, choices.request)
        return rides

    def nearest(self, choices: Choices, own: Collection[Ride] = ()) -> Rides | None:
        """Return what fits with least deviation from the wish; None where one way has nothing.

        Of those that are as near, rides of one's own come first, then where most room is left.
        """

        def worth(option: Option) -> tuple[int, ...]:
            return -option.deviation, option.ride in own, *self._roominess(option)

        return self._best(choices, worth)

    def _best(self, choices: Choices, worth: Callable[[Option], tuple[int, ...]]) -> Rides | None:
        chosen = []
        for leg in choices.legs:
            fitting = [option for option in leg if self.fits(option, choices.request)]
            if not fitting:
                return None
            chosen.append(max(fitting, key=worth))
        return rides_of(chosen)

    def reason(self, choices: Choices) -> Reason:
        """Return why the request, which doesn't fit now, has to wait."""
        request = choices.request
        if not choices.reachable:
            return Reason.NO_DEPARTURE
        if not _each_way(choices, lambda bus: holds(bus, request)):
            return Reason.PARTY_TOO_LARGE
        sits = _each_way(choices, lambda bus: self.free[bus.id][0] >= request.seats)
        if request.wheelchairs and sits:
            return Reason.WHEELCHAIR_PLACES_FULL
        return Reason.FULL

    def _roominess(self, option: Option) -> tuple[int, int, int]:
        seats, wheelchairs = self.free[option.departure.id]
        return seats, wheelchairs, -option.deviation


def _each_way(choices: Choices, suits: Callable[[Departure], bool]) -> bool:
    """Tell whether a departure that the request may be given suits, for each of its ways."""
    return all(any(suits(option.departure) for option in leg) for leg in choices.legs)
