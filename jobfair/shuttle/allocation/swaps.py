"""Moves that would let somebody ride who waits; only ever proposed to the people concerned."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from jobfair.shuttle.allocation.options import Choices, Option, options
from jobfair.shuttle.allocation.problem import Departure, Problem, Ride, Rides, Seat
from jobfair.shuttle.allocation.room import Room


@dataclass(frozen=True, slots=True)
class Move:
    """Another ride for somebody who has one."""

    request: str
    now: Ride
    then: Ride


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody who waits can be given if all of these accept to move."""

    seat: Seat
    moves: tuple[Move, ...]


def propose_swaps(
    problem: Problem, held: Mapping[str, Rides], spared: Collection[str] = ()
) -> list[Proposal]:
    """Return proposals in the order of rank; all of them fit together, and nobody is asked twice.

    Each needs one party to move for each way that is full, within what that party wished. Those
    who are to be `spared` are not asked.
    """
    swaps = _Swaps(problem, held, spared)
    waiting = [entry for name, entry in swaps.choices.items() if name not in held]
    found = (swaps.propose(entry) for entry in sorted(waiting, key=lambda entry: entry.rank))
    return [proposal for proposal in found if proposal]


class _Swaps:
    """Who rides where, and what is free beside what is proposed already."""

    def __init__(
        self, problem: Problem, held: Mapping[str, Rides], spared: Collection[str]
    ) -> None:
        self.choices = options(problem, keep=False)
        self._room = Room(problem.departures).beside(self.choices, held)
        self._riders: dict[str, list[tuple[Choices, Ride]]] = defaultdict(list)
        for name, rides in held.items():
            for ride in rides.all():
                self._riders[ride.departure].append((self.choices[name], ride))
        self._asked = set(spared)

    def propose(self, entry: Choices) -> Proposal | None:
        """Return moves that let this request ride, and have them hold."""
        before, asked = dict(self._room.free), set(self._asked)
        moves: list[Move] = []
        for leg in entry.legs:
            if not self._has_room(entry, leg):
                moves += self._make_room(entry, leg)
        rides = self._room.seat(entry)
        if rides and moves:
            return Proposal(Seat(entry.request.id, rides), tuple(moves))
        self._room.free, self._asked = before, asked
        return None

    def _has_room(self, entry: Choices, leg: Iterable[Option]) -> bool:
        return any(self._room.fits(option, entry.request) for option in leg)

    def _make_room(self, entry: Choices, leg: tuple[Option, ...]) -> list[Move]:
        """Return one move by which the request fits into one of these, and make it."""
        for option in sorted(leg, key=lambda option: option.deviation):
            for rider, ride in self._riders[option.departure.id]:
                elsewhere = self._elsewhere(rider, option.departure)
                if elsewhere and self._fits_without(entry, rider, option.departure):
                    self._room.move(rider.request, option.departure.id, elsewhere.departure.id)
                    self._asked.add(rider.request.id)
                    return [Move(rider.request.id, ride, elsewhere.ride)]
        return []

    def _elsewhere(self, rider: Choices, departure: Departure) -> Option | None:
        """Return where else the party fits, nearest to its wish, if it may be asked."""
        if rider.request.id in self._asked:
            return None
        others = [
            option
            for option in chain.from_iterable(rider.legs)
            if option.departure.direction is departure.direction
            and option.departure != departure
            and self._room.fits(option, rider.request)
        ]
        return min(others, key=lambda option: option.deviation, default=None)

    def _fits_without(self, entry: Choices, rider: Choices, departure: Departure) -> bool:
        seats, wheelchairs = self._room.free[departure.id]
        return (
            entry.request.seats <= seats + rider.request.seats
            and entry.request.wheelchairs <= wheelchairs + rider.request.wheelchairs
        )
