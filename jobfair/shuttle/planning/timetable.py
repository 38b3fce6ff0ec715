"""When a bus is where; the way back as the mirror of the way out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from jobfair.shuttle.planning.checker import plan_cost
from jobfair.shuttle.planning.types import FAIR, Direction, RoutePlan, RouteProblem, Trip

TURNED = {Direction.OUT: Direction.BACK, Direction.BACK: Direction.OUT}


@dataclass(frozen=True)
class Halt:
    """When the bus comes to a stop and goes on, to the second."""

    stop: str
    arrives_at: datetime
    leaves_at: datetime


@dataclass(frozen=True)
class Drive:
    """A trip at its time: the halts as driven, and when it arrives at the fair or leaves it."""

    trip: Trip
    direction: Direction
    halts: tuple[Halt, ...]
    fair_at: datetime

    @property
    def begins(self) -> tuple[str, datetime]:
        """Return where the bus has to be first, and when."""
        out = self.direction is Direction.OUT
        return (self.halts[0].stop, self.halts[0].arrives_at) if out else (FAIR, self.fair_at)

    @property
    def ends(self) -> tuple[str, datetime]:
        """Return where the bus is free again, and when."""
        out = self.direction is Direction.OUT
        return (FAIR, self.fair_at) if out else (self.halts[-1].stop, self.halts[-1].leaves_at)


def mirror(problem: RouteProblem, plan: RoutePlan) -> RoutePlan:
    """Return the plan the other way: the same buses and people, the stops in reverse order."""
    trips = tuple(Trip(trip.bus, trip.calls[::-1]) for trip in plan.trips)
    turned = replace(plan, trips=trips, direction=TURNED[plan.direction])
    return replace(turned, cost_m=plan_cost(problem, turned))


def drive(problem: RouteProblem, trip: Trip, direction: Direction, fair_at: datetime) -> Drive:
    """Return when the bus is where if it arrives at the fair, or leaves it, at that moment."""
    out = direction is Direction.OUT
    spans = _spans(problem, trip, trip.calls[0].stop if out else FAIR)
    start = fair_at
    if out:
        last, _comes, goes = spans[-1]
        start -= timedelta(seconds=goes + problem.travel.leg(last, FAIR).seconds)
    halts = tuple(
        Halt(stop, start + timedelta(seconds=comes), start + timedelta(seconds=goes))
        for stop, comes, goes in spans
    )
    return Drive(trip, direction, halts, fair_at)


def _spans(problem: RouteProblem, trip: Trip, place: str) -> list[tuple[str, int, int]]:
    """Return for each call when the bus comes and goes, in seconds after it is at this place."""
    clock = 0
    spans = []
    for call in trip.calls:
        clock += problem.travel.leg(place, call.stop).seconds if place != call.stop else 0
        pause = problem.policy.stop_s + problem.policy.board_s_per_person * call.people
        spans.append((call.stop, clock, clock + pause))
        clock, place = clock + pause, call.stop
    return spans
