"""Which riders could take another bus so that somebody can ride who waits; only ever proposed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from jobfair.shuttle.allocation.options import Choices, holds, options
from jobfair.shuttle.allocation.problem import Problem, Rides, SeatRequest
from jobfair.shuttle.allocation.room import Room
from jobfair.shuttle.nearest import seat_nearest
from jobfair.shuttle.rules import Direction

MOVES_MOST = 30
"""How many people's plans may be asked to change at once."""


@dataclass(frozen=True)
class Move:
    """The rides that a request would have instead of those that it has; only those that differ."""

    request: str
    rides: Rides


def find_moves(problem: Problem, askable: Collection[str]) -> list[Move]:
    """Return moves of riders who may be asked, each of which lets one more household ride.

    Those who wait are served in their order; nobody is asked twice.
    """
    return list(_Search(problem, askable).moves())


class _Search:
    """Who rides where and who waits, while moves are looked for."""

    def __init__(self, problem: Problem, askable: Collection[str]) -> None:
        free = tuple(replace(request, confirmed=None) for request in problem.requests)
        self._choices = options(replace(problem, requests=free))
        known = {departure.id for departure in problem.departures}
        self._rides = {
            request.id: request.confirmed
            for request in problem.requests
            if request.confirmed and {ride.departure for ride in request.confirmed.all()} <= known
        }
        self._waiting = sorted(
            (request for request in problem.requests if request.id not in self._rides),
            key=_place_in_line,
        )
        self._room = Room(problem.departures).beside(self._choices, self._rides)
        self._askable = self._rides.keys() & set(askable)

    def moves(self) -> Iterator[Move]:
        """Yield the moves, the room being what it will be when they are accepted."""
        found = 0
        for request in self._waiting:
            move = self._move_for(self._choices[request.id])
            if move is not None:
                yield move
                found += 1
            if found == MOVES_MOST:
                return

    def _move_for(self, entry: Choices) -> Move | None:
        for name in self._in_the_way(entry):
            rider, before = self._choices[name], self._rides[name]
            self._room.give_back(before, rider.request)
            given = seat_nearest(entry, self._room)
            after = given and seat_nearest(rider, self._room, before.all())
            if after:
                self._askable.remove(name)
                return Move(name, _differing(before, after))
            if given:
                self._room.give_back(given, entry.request)
            self._room.take(before, rider.request)
        return None

    def _in_the_way(self, entry: Choices) -> list[str]:
        """Return who may be asked of those on buses that would suit the request and are full."""
        request = entry.request
        tight = [leg for leg in entry.legs if not any(self._room.fits(one, request) for one in leg)]
        full = {one.departure.id for leg in tight for one in leg if holds(one.departure, request)}
        return [
            name
            for name in sorted(self._askable)
            if any(ride.departure in full for ride in self._rides[name].all())
        ]


def _place_in_line(request: SeatRequest) -> tuple[bool, int, int, str]:
    return request.confirmed is None, -request.priority, request.requested, request.id


def _differing(before: Rides, after: Rides) -> Rides:
    """Return the rides that are others than before."""
    new = {way: after.get(way) for way in Direction if after.get(way) != before.get(way)}
    return Rides(new.get(Direction.OUT), new.get(Direction.BACK))
