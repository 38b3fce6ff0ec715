"""Seats in an instant: highest priority first, then who asked first, where most room is left."""

from collections.abc import Iterable, Mapping

from jobfair.shuttle.allocation.options import Choices, options
from jobfair.shuttle.allocation.overtaking import overtake
from jobfair.shuttle.allocation.problem import (
    Allocation,
    Departure,
    Problem,
    Reason,
    Rides,
    Seat,
    Waiting,
)
from jobfair.shuttle.allocation.room import Room


def allocate_greedy(problem: Problem) -> Allocation:
    """Return an allocation that keeps what is confirmed, wastes no place and proves nothing."""
    return completed(options(problem), problem.departures, {})


def answer(entry: Choices, room: Room) -> Rides | Reason:
    """Return rides for one request in what is free now, taking them, or why there are none."""
    return room.seat(entry) or room.reason(entry)


def completed(
    choices: Mapping[str, Choices], departures: Iterable[Departure], given: Mapping[str, Rides]
) -> Allocation:
    """Return these rides, and those of everybody else who fits beside them, in order of rank.

    Nobody waits whose places somebody of lower priority has who wasn't promised them.
    """
    room = Room(departures).beside(choices, given)
    seated = dict(given)
    fill(choices, room, seated)
    return Allocation(
        seats=tuple(Seat(name, seated[name]) for name in choices if name in seated),
        waitlist=tuple(
            Waiting(name, room.reason(entry))
            for name, entry in choices.items()
            if name not in seated
        ),
    )


def fill(choices: Mapping[str, Choices], room: Room, seated: dict[str, Rides]) -> None:
    """Have everybody ride who fits, or who fits in place of somebody of lower standing."""
    order = sorted(choices.values(), key=lambda entry: entry.rank)
    _seat_who_fits(order, room, seated)
    while overtake(order, choices, room, seated):
        _seat_who_fits(order, room, seated)


def _seat_who_fits(order: Iterable[Choices], room: Room, seated: dict[str, Rides]) -> None:
    for entry in order:
        if entry.request.id not in seated and (rides := room.seat(entry)):
            seated[entry.request.id] = rides
