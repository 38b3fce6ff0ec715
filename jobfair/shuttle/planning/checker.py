"""Judges any plan, the optimiser's or one changed by hand; shares no code with the optimiser."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from jobfair.shuttle.planning.travel import Homeward
from jobfair.shuttle.planning.types import (
    FAIR,
    Call,
    Direction,
    Group,
    RoutePlan,
    RouteProblem,
    TravelTimes,
    Trip,
)


class Fault(StrEnum):
    """What may be wrong with a plan."""

    UNKNOWN_BUS = "unknown_bus"
    UNKNOWN_STOP = "unknown_stop"
    NO_CALLS = "no_calls"
    CALLS_TWICE = "calls_twice"
    SEATS = "seats"
    WHEELCHAIRS = "wheelchairs"
    RIDE = "ride"
    FLEET = "fleet"
    DEMAND = "demand"
    COST = "cost"


@dataclass(frozen=True)
class Violation:
    """A fault, where it is, what is there and what might be."""

    code: Fault
    trip: int | None = None
    """The index of the trip."""
    stop: str | None = None
    bus: str | None = None
    found: int = 0
    allowed: int = 0


def check_plan(problem: RouteProblem, plan: RoutePlan) -> list[Violation]:
    """Return everything that is wrong with the plan, trip by trip, then what concerns all."""
    unknown = list(_unknown(problem, plan))
    if unknown:
        return unknown
    found: list[Violation] = []
    for index, trip in enumerate(plan.trips):
        found += _calls(index, trip)
        found += _load(problem, index, trip)
        found += _rides(problem, index, trip, plan.direction)
    found += _fleet(problem, plan)
    found += _demand(problem, plan)
    cost = plan_cost(problem, plan)
    if cost != plan.cost_m:
        found.append(Violation(Fault.COST, found=plan.cost_m, allowed=cost))
    return found


def plan_cost(problem: RouteProblem, plan: RoutePlan) -> int:
    """Return the metres driven between first stop and fair, and what each bus costs besides."""
    return sum(
        problem.bus[trip.bus].fixed_cost_m + trip_metres(problem, trip, plan.direction)
        for trip in plan.trips
    )


def trip_metres(problem: RouteProblem, trip: Trip, direction: Direction) -> int:
    """Return how far the bus drives with that trip."""
    stops = [call.stop for call in trip.calls]
    way = [*stops, FAIR] if direction is Direction.OUT else [FAIR, *stops]
    return sum(problem.travel.leg(start, end).metres for start, end in pairwise(way))


def rides(problem: RouteProblem, trip: Trip, direction: Direction) -> list[tuple[str, int, int]]:
    """Return for each call, as driven: the stop, how long people from there ride, how long at most.

    A ride begins with the boarding at the stop and ends at the fair, or the other way round.
    """
    outbound = direction is Direction.OUT
    roads: TravelTimes = problem.travel if outbound else Homeward(problem.travel)
    calls = trip.calls if outbound else trip.calls[::-1]
    found, ride, place = [], 0, FAIR
    for call in reversed(calls):
        ride += roads.leg(call.stop, place).seconds + _boarding(problem, call)
        limit = problem.policy.longest_ride_s(roads.direct_s(call.stop))
        found.append((call.stop, ride, limit))
        ride += problem.policy.stop_s
        place = call.stop
    return found[::-1] if outbound else found


def _boarding(problem: RouteProblem, call: Call) -> int:
    return problem.policy.board_s_per_person * call.people


def _unknown(problem: RouteProblem, plan: RoutePlan) -> Iterator[Violation]:
    for index, trip in enumerate(plan.trips):
        yield from _unknown_in(problem, index, trip)
    for row in plan.unserved:
        if row.stop not in problem.stop:
            yield Violation(Fault.UNKNOWN_STOP, stop=row.stop)


def _unknown_in(problem: RouteProblem, index: int, trip: Trip) -> Iterator[Violation]:
    if trip.bus not in problem.bus:
        yield Violation(Fault.UNKNOWN_BUS, index, bus=trip.bus)
    for call in trip.calls:
        if call.stop not in problem.stop:
            yield Violation(Fault.UNKNOWN_STOP, index, call.stop)


def _calls(index: int, trip: Trip) -> Iterator[Violation]:
    if not trip.calls:
        yield Violation(Fault.NO_CALLS, index)
    for stop, times in Counter(call.stop for call in trip.calls).items():
        if times > 1:
            yield Violation(Fault.CALLS_TWICE, index, stop, found=times, allowed=1)


def _load(problem: RouteProblem, index: int, trip: Trip) -> Iterator[Violation]:
    bus = problem.bus[trip.bus]
    if trip.seats > bus.seats:
        yield Violation(Fault.SEATS, index, None, bus.name, trip.seats, bus.seats)
    if trip.wheelchairs > bus.wheelchairs:
        yield Violation(Fault.WHEELCHAIRS, index, None, bus.name, trip.wheelchairs, bus.wheelchairs)


def _rides(
    problem: RouteProblem, index: int, trip: Trip, direction: Direction
) -> Iterator[Violation]:
    for stop, ride, limit in rides(problem, trip, direction):
        if ride > limit:
            yield Violation(Fault.RIDE, index, stop, None, ride, limit)


def _fleet(problem: RouteProblem, plan: RoutePlan) -> Iterator[Violation]:
    for bus, used in Counter(trip.bus for trip in plan.trips).items():
        if used > problem.bus[bus].count:
            yield Violation(Fault.FLEET, bus=bus, found=used, allowed=problem.bus[bus].count)


def _demand(problem: RouteProblem, plan: RoutePlan) -> Iterator[Violation]:
    """Find the stops where those on buses and those left over aren't exactly those who ask."""
    planned = _planned(problem, plan)
    for stop in problem.stops:
        if Counter(planned[stop.id]) != Counter(stop.groups):
            found, asked = _people(planned[stop.id]), _people(stop.groups)
            yield Violation(Fault.DEMAND, stop=stop.id, found=found, allowed=asked)


def _planned(problem: RouteProblem, plan: RoutePlan) -> dict[str, list[Group]]:
    """Return whom the plan knows at each stop, on buses or left over."""
    planned: dict[str, list[Group]] = {stop: [] for stop in problem.stop}
    for trip in plan.trips:
        for call in trip.calls:
            planned[call.stop] += call.groups
    for row in plan.unserved:
        planned[row.stop] += row.groups
    return planned


def _people(groups: Iterable[Group]) -> int:
    return sum(group.people for group in groups)
