"""Which trips one vehicle drives, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from jobfair.shuttle.document.checks import TripTimes, key_of, times
from jobfair.shuttle.document.problems import problem_of
from jobfair.shuttle.document.types import Document, PlanTrip, TripKey
from jobfair.shuttle.planning.chaining import chain
from jobfair.shuttle.planning.timetable import Drive, Halt
from jobfair.shuttle.planning.types import Call, TravelTimes, Trip
from jobfair.shuttle.planning.types import Direction as Way

TURNING = timedelta(minutes=5)
"""A driver needs so long between two trips, besides driving from one to the other."""


@dataclass(frozen=True)
class Duty:
    """A trip as its vehicle sees it, which has to be there some time before."""

    key: TripKey
    drive: Drive


def with_rounds(plan: Document, roads: TravelTimes) -> Document:
    """Return the plan with its trips given to few vehicles, each of the kind that is planned."""
    blocks: dict[TripKey, int] = {}
    found = list(duties(plan, roads))
    for bus in sorted(plan.bus):
        _number(blocks, plan, [duty for duty in found if duty.drive.trip.bus == bus], roads)
    waves = (
        replace(
            wave,
            trips=tuple(replace(trip, block=blocks.get(key_of(wave, trip))) for trip in wave.trips),
        )
        for wave in plan.waves
    )
    return replace(plan, waves=tuple(waves))


def duties(plan: Document, roads: TravelTimes) -> Iterator[Duty]:
    """Go through what vehicles do; trips that call nowhere are nothing to do."""
    told = times(plan, roads)
    for wave, trip in plan.trips():
        if any(map(plan.is_placed, trip.stops)):
            key = key_of(wave, trip)
            yield Duty(key, _drive(plan, trip, Way(wave.direction), told[key]))


def _drive(plan: Document, trip: PlanTrip, way: Way, told: TripTimes) -> Drive:
    """Return the trip with the time that its driver needs before it and after it."""
    at = dict(zip(trip.stops, told.calls, strict=True))
    calls = [call for call in trip.calls if plan.is_placed(call.stop)]
    early, fair_at = timedelta(), told.fair_at
    if way is Way.OUT:
        early = TURNING + timedelta(seconds=plan.policy.board_s * calls[0].people)
    else:
        fair_at -= TURNING
    halts = tuple(Halt(str(one.stop), at[one.stop] - early, at[one.stop]) for one in calls)
    empty = Trip(trip.bus, tuple(Call(str(one.stop), ()) for one in calls))
    return Drive(empty, way, halts, fair_at)


def _number(
    blocks: dict[TripKey, int], plan: Document, row: list[Duty], roads: TravelTimes
) -> None:
    """Number the vehicles that drive these duties, on from those that have numbers already."""
    if not row:
        return
    problem = problem_of(plan, plan.waves[0], roads)
    first = max(blocks.values(), default=0) + 1
    for number, block in enumerate(chain(problem, [duty.drive for duty in row]), first):
        for index in block.drives:
            blocks[row[index].key] = number
