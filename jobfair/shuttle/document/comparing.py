"""What another plan changes for those who ride: stops gone, stops new, other times."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from jobfair.shuttle.document.checks import TripTimes, key_of
from jobfair.shuttle.document.types import Document, TripKey
from jobfair.shuttle.rules import Direction

NOTICED_FROM = timedelta(minutes=5)
"""Other times count if they differ by so much."""


class Change(StrEnum):
    """What becomes of a stop in a wave, the worst first."""

    GONE = "gone"
    MOVED = "moved"
    NEW = "new"


class Halt(NamedTuple):
    """When a bus halts, and how many people board or alight there."""

    at: datetime
    people: int


@dataclass(frozen=True)
class StopChange:
    """What changes at a stop, when its buses go, and how many people that concerns."""

    stop: int
    change: Change
    before: tuple[datetime, ...]
    after: tuple[datetime, ...]
    people: int


@dataclass(frozen=True)
class WaveChange:
    """What changes in a wave, for whom most first."""

    direction: Direction
    number: int
    at: datetime
    stops: tuple[StopChange, ...]

    @property
    def people(self) -> Counter[Change]:
        """Return how many people each kind of change concerns, the worst first."""
        found = Counter[Change]()
        for one in self.stops:
            found[one.change] += one.people
        return found


Told = Mapping[TripKey, TripTimes]
Halts = dict[int, list[Halt]]
"""The halts of a wave by stop, the earliest first."""


def changes(before: Document, told: Told, after: Document, told_after: Told) -> list[WaveChange]:
    """Return by wave what changes for those who ride, for plans with the times they tell."""
    old, new = _halts(before, told), _halts(after, told_after)
    times = {(wave.direction, wave.number): wave.at for wave in (*before.waves, *after.waves)}
    found = [
        WaveChange(*name, at, _stops(old.get(name, {}), new.get(name, {})))
        for name, at in times.items()
    ]
    order = list(Direction)
    shown = (wave for wave in found if wave.stops)
    return sorted(shown, key=lambda wave: (order.index(wave.direction), wave.at, wave.number))


def _halts(plan: Document, told: Told) -> dict[tuple[Direction, int], Halts]:
    found: dict[tuple[Direction, int], Halts] = {}
    for wave, trip in plan.trips():
        halts = found.setdefault((wave.direction, wave.number), defaultdict(list))
        for call, at in zip(trip.calls, told[key_of(wave, trip)].calls, strict=True):
            halts[call.stop].append(Halt(at, call.people))
    return {
        name: {stop: sorted(halts) for stop, halts in by_stop.items()}
        for name, by_stop in found.items()
    }


def _stops(before: Halts, after: Halts) -> tuple[StopChange, ...]:
    order = list(Change)
    found = [
        change
        for stop in before.keys() | after.keys()
        if (change := _stop(stop, before.get(stop, ()), after.get(stop, ())))
    ]
    return tuple(sorted(found, key=lambda one: (order.index(one.change), -one.people, one.stop)))


def _stop(stop: int, before: Sequence[Halt], after: Sequence[Halt]) -> StopChange | None:
    """Return what changes at the stop; None where that concerns nobody."""
    if not before:
        change, minding = Change.NEW, after
    elif not after:
        change, minding = Change.GONE, before
    else:
        change, minding = Change.MOVED, [halt for halt in before if _moves(halt, after)]
    people = sum(halt.people for halt in minding)
    return StopChange(stop, change, _times(before), _times(after), people) if people else None


def _times(halts: Sequence[Halt]) -> tuple[datetime, ...]:
    return tuple(halt.at for halt in halts)


def _moves(halt: Halt, after: Sequence[Halt]) -> bool:
    """Tell whether no bus halts at about that time any more."""
    return all(abs(other.at - halt.at) >= NOTICED_FROM for other in after)
