"""Who is offered places that are free: in the order of the aims, whole parties, nothing twice."""

from collections.abc import Iterable, Mapping

from jobfair.shuttle.allocation.figures import Shares
from jobfair.shuttle.allocation.options import Choices, options
from jobfair.shuttle.allocation.problem import Problem, Rides, Seat
from jobfair.shuttle.allocation.room import Room


def promote(problem: Problem, held: Mapping[str, Rides]) -> list[Seat]:
    """Return the seats to offer now, the first one first, beside what is held.

    `held` has the rides of everybody who has them or to whom they are offered already.
    """
    choices = options(problem)
    room = Room(problem.departures).beside(choices, held)
    shares = Shares.of(choices.values(), problem.departures)
    shares = shares.beside(choices[name].request for name in held)
    waiting = {name: entry for name, entry in choices.items() if name not in held}
    offers = []
    while best := next_to_offer(waiting.values(), room, shares):
        entry, rides = best
        offers.append(Seat(entry.request.id, rides))
        room.take(rides, entry.request)
        shares = shares.beside([entry.request])
        del waiting[entry.request.id]
    return offers


def next_to_offer(
    waiting: Iterable[Choices], room: Room, shares: Shares
) -> tuple[Choices, Rides] | None:
    """Return who comes first of those who fit into the room, and the nearest rides for them."""
    fitting = ((entry, rides) for entry in waiting if (rides := room.nearest(entry)))
    return min(fitting, key=lambda pair: _turn(pair[0], shares), default=None)


def _turn(entry: Choices, shares: Shares) -> tuple[object, ...]:
    """Sort by this: claims, priority, whose town is short of its share, more people, who asked."""
    request = entry.request
    claim, priority, requested, name = entry.rank
    relief = min(request.people, max(0.0, shares.lacking[request.municipality]))
    return claim, priority, -relief, -request.people, requested, name
