"""Which trips one vehicle drives: as few vehicles as the times between the trips allow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from jobfair.shuttle.document.checks import key_of, times
from jobfair.shuttle.document.types import Document, TripKey
from jobfair.shuttle.planning.types import FAIR, TravelTimes
from jobfair.shuttle.rules import Direction

TURNING = timedelta(minutes=5)
"""A driver needs so long between two trips, besides driving from one to the other."""


@dataclass(frozen=True)
class Duty:
    """A trip as its vehicle sees it: when it is taken, where it begins and ends."""

    key: TripKey
    bus: str
    begins: datetime
    ends: datetime
    start: str
    end: str


def with_rounds(plan: Document, roads: TravelTimes) -> Document:
    """Return the plan with its trips given to as few vehicles as can drive them."""
    blocks: dict[TripKey, int] = {}
    for bus in sorted({trip.bus for _wave, trip in plan.trips()}):
        _number(blocks, [duty for duty in duties(plan, roads) if duty.bus == bus], roads)
    waves = (
        replace(
            wave,
            trips=tuple(replace(trip, block=blocks.get(key_of(wave, trip))) for trip in wave.trips),
        )
        for wave in plan.waves
    )
    return replace(plan, waves=tuple(waves))


def duties(plan: Document, roads: TravelTimes) -> list[Duty]:
    """Return what vehicles do, the earliest first; trips that call nowhere are none."""
    told, found = times(plan, roads), []
    for wave, trip in plan.trips():
        if not trip.calls:
            continue
        key = key_of(wave, trip)
        boarding = timedelta(seconds=plan.policy.board_s * trip.calls[0].people)
        row = told[key]
        if wave.direction is Direction.OUT:
            first, begins = str(trip.calls[0].stop), row.calls[0] - boarding
            found.append(Duty(key, trip.bus, begins, row.fair_at, first, FAIR))
        else:
            last = str(trip.calls[-1].stop)
            found.append(Duty(key, trip.bus, row.fair_at, row.calls[-1], FAIR, last))
    return sorted(found, key=lambda duty: (duty.begins, duty.key))


def can_follow(earlier: Duty, later: Duty, roads: TravelTimes) -> bool:
    """Tell whether a vehicle that drives the one is in time for the other."""
    if earlier.ends + TURNING > later.begins:
        return False
    if earlier.end == later.start:
        return True
    drive = timedelta(seconds=roads.leg(earlier.end, later.start).seconds)
    return earlier.ends + drive + TURNING <= later.begins


def _number(blocks: dict[TripKey, int], row: Sequence[Duty], roads: TravelTimes) -> None:
    """Number the vehicles that drive these duties on from those that have numbers already."""
    before = _followed(row, roads)
    free = max(blocks.values(), default=0) + 1
    for index, duty in enumerate(row):
        if index in before:
            blocks[duty.key] = blocks[row[before[index]].key]
        else:
            blocks[duty.key], free = free, free + 1


def _followed(row: Sequence[Duty], roads: TravelTimes) -> dict[int, int]:
    """Return after which duty each comes, for as many as possible: a matching of most pairs."""
    ways = {
        j: [i for i in reversed(range(j)) if can_follow(row[i], row[j], roads)]
        for j in range(len(row))
    }
    follower: dict[int, int] = {}

    def place(later: int, tried: set[int]) -> bool:
        for earlier in ways[later]:
            if earlier in tried:
                continue
            tried.add(earlier)
            if earlier not in follower or place(follower[earlier], tried):
                follower[earlier] = later
                return True
        return False

    for later in ways:
        place(later, set())
    return {later: earlier for earlier, later in follower.items()}
