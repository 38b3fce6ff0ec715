"""Judges any allocation, whoever made it; shares no code with what makes them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from jobfair.shuttle.allocation.problem import (
    Aim,
    Allocation,
    Level,
    Problem,
    Reason,
    Ride,
    SeatRequest,
)
from jobfair.shuttle.allocation.scene import Load, Scene, ways_of
from jobfair.shuttle.rules import Direction

NEAR = 0.01
"""How far a stated value may be from the recomputed one: the shortfall is a fraction."""


class Fault(StrEnum):
    """What may be wrong with an allocation."""

    TWICE = "twice"
    MISSING = "missing"
    UNKNOWN = "unknown"
    WAYS = "ways"
    NOT_USABLE = "not_usable"
    SEATS = "seats"
    WHEELCHAIRS = "wheelchairs"
    CONFIRMED_LOST = "confirmed_lost"
    CONFIRMED_MOVED = "confirmed_moved"
    REASON = "reason"
    PLACES_LEFT = "places_left"
    OVERTAKEN = "overtaken"
    LEVELS = "levels"
    VALUE = "value"
    BOUND = "bound"


@dataclass(frozen=True)
class Violation:
    """A fault, and the request, departure or level where it is."""

    code: Fault
    where: str = ""
    found: float = 0
    allowed: float = 0


def check_allocation(problem: Problem, allocation: Allocation) -> list[Violation]:
    """Return everything that is wrong with the allocation."""
    strange = list(_strange(problem, allocation))
    if strange:
        return strange
    scene = Scene(problem, allocation)
    return [
        *_rides(scene),
        *_loads(scene),
        *_confirmed(scene),
        *_waiting(scene),
        *_levels(scene),
    ]


def figures(problem: Problem, allocation: Allocation) -> dict[Aim, float]:
    """Return the value of each aim, recomputed."""
    return Scene(problem, allocation).figures


def unreachable(problem: Problem) -> int:
    """Return how many requests ask for a ride that no departure gives: the timetable's fault."""
    return len(Scene(problem, Allocation((), ())).unreachable)


def _strange(problem: Problem, allocation: Allocation) -> Iterator[Violation]:
    """Find requests that aren't exactly once on a bus or on the waiting list."""
    listed = Counter(seat.request for seat in allocation.seats)
    listed.update(waiting.request for waiting in allocation.waitlist)
    asked = {request.id for request in problem.requests}
    departures = {departure.id for departure in problem.departures}
    for name, times in listed.items():
        if name not in asked:
            yield Violation(Fault.UNKNOWN, name)
        elif times > 1:
            yield Violation(Fault.TWICE, name, times, 1)
    for name in sorted(asked - listed.keys()):
        yield Violation(Fault.MISSING, name)
    for seat in allocation.seats:
        for ride in seat.rides.all():
            if ride.departure not in departures:
                yield Violation(Fault.UNKNOWN, ride.departure)


def _rides(scene: Scene) -> Iterator[Violation]:
    """Find rides that weren't asked for, are missing, or don't suit."""
    for name, rides in scene.given.items():
        for way in Direction:
            fault = _ride_fault(scene, scene.requests[name], way, rides.get(way))
            if fault:
                yield Violation(fault, name)


def _ride_fault(
    scene: Scene, request: SeatRequest, way: Direction, ride: Ride | None
) -> Fault | None:
    if (ride is not None) != (way in ways_of(request)):
        return Fault.WAYS
    if ride is None or scene.suits(request, ride, way) or scene.promised(request, ride):
        return None
    return Fault.NOT_USABLE


def _loads(scene: Scene) -> Iterator[Violation]:
    for name, (seats, wheelchairs) in sorted(scene.load.items()):
        departure = scene.departures[name]
        if seats > departure.seats:
            yield Violation(Fault.SEATS, name, seats, departure.seats)
        if wheelchairs > departure.wheelchairs:
            yield Violation(Fault.WHEELCHAIRS, name, wheelchairs, departure.wheelchairs)


def _confirmed(scene: Scene) -> Iterator[Violation]:
    """Find confirmed people who are moved or have no seat though their buses go as they did."""
    for request, promised in _promised(scene):
        given = scene.given.get(request.id)
        if given is None:
            yield Violation(Fault.CONFIRMED_LOST, request.id)
        elif not set(promised) <= set(given.all()):
            yield Violation(Fault.CONFIRMED_MOVED, request.id)


def _promised(scene: Scene) -> Iterator[tuple[SeatRequest, tuple[Ride, ...]]]:
    """Go through those who have to ride as was confirmed."""
    for request in scene.problem.requests:
        promised = request.confirmed.all() if request.confirmed else ()
        if promised and all(map(scene.goes, promised)):
            yield request, promised


def _waiting(scene: Scene) -> Iterator[Violation]:
    """Find who waits for a wrong reason, beside free places, or for somebody of lower standing."""
    for entry in scene.allocation.waitlist:
        request = scene.requests[entry.request]
        if entry.reason not in _reasons(scene, request):
            yield Violation(Fault.REASON, request.id)
        if _could_ride(scene, request, scene.free):
            yield Violation(Fault.PLACES_LEFT, request.id)
        elif _could_ride(scene, request, scene.free_above[scene.standing(request)]):
            yield Violation(Fault.OVERTAKEN, request.id)


def _reasons(scene: Scene, request: SeatRequest) -> set[Reason]:
    """Return the reasons that may be told to somebody who waits."""
    if request.id in scene.unreachable:
        return {Reason.NO_DEPARTURE}
    empty = {d.id: (d.seats, d.wheelchairs) for d in scene.problem.departures}
    if not _could_ride(scene, request, empty):
        return {Reason.PARTY_TOO_LARGE}
    return {Reason.FULL, Reason.WHEELCHAIR_PLACES_FULL}


def _could_ride(scene: Scene, request: SeatRequest, free: Load) -> bool:
    """Tell whether the request fits into these places both ways."""
    return all(
        any(
            request.seats <= free[departure.id][0] and request.wheelchairs <= free[departure.id][1]
            for departure in scene.usable(request, way)
        )
        for way in ways_of(request)
    )


def _levels(scene: Scene) -> Iterator[Violation]:
    """Find levels out of order, values that aren't reached, and bounds that are surpassed."""
    levels = scene.allocation.levels
    aims = [level.aim for level in levels]
    if aims != [aim for aim in Aim if aim in aims]:
        yield Violation(Fault.LEVELS)
    for level in levels:
        yield from _level(level, scene.figures[level.aim])


def _level(level: Level, reached: float) -> Iterator[Violation]:
    if abs(level.value - reached) > NEAR:
        yield Violation(Fault.VALUE, level.aim, level.value, reached)
    beyond = level.value - level.bound if level.aim.more_is_better else level.bound - level.value
    if beyond > NEAR:
        yield Violation(Fault.BOUND, level.aim, level.value, level.bound)
