"""Gives lines the numbers that people know: who rides on line 4 looks for line 4 again."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from jobfair.shuttle.document.types import Document, PlanWave
from jobfair.shuttle.rules import Direction

Halt = tuple[Direction, int, int]
"""Where a line halts: the way, the number of the wave, the stop."""
Halts = dict[int, Counter[Halt]]
"""The halts of each line, with how many people board or alight there."""


def numbered_like(plan: Document, known: Document) -> Document:
    """Return the plan with the line numbers of the known one, line by line, at most one each.

    The pair that has most people of the known plan at halts of both comes first, then that with
    most halts; lines that share no halt with any get the numbers that are left.
    """
    new, old = _halts(plan), _halts(known)
    numbers: dict[int, int] = {}
    taken: set[int] = set()
    for line, number in _pairs(new, old):
        if line not in numbers and number not in taken:
            numbers[line] = number
            taken.add(number)
    unused = (number for number in count(1) if number not in taken)
    numbers |= {line: next(unused) for line in sorted(new) if line not in numbers}
    waves = tuple(_renumbered(wave, numbers) for wave in plan.waves)
    return replace(plan, waves=waves)


def _halts(plan: Document) -> Halts:
    found: Halts = {}
    for wave, trip in plan.trips():
        halts = found.setdefault(trip.line, Counter())
        for call in trip.calls:
            halts[wave.direction, wave.number, call.stop] += call.people
    return found


def _pairs(new: Halts, old: Halts) -> Iterator[tuple[int, int]]:
    """Go through pairs of a new and an old line that share halts, the most alike first."""
    shared = {
        (line, number): new[line].keys() & old[number].keys() for line in new for number in old
    }
    ranked = [
        (-sum(old[number][halt] for halt in halts), -len(halts), number, line)
        for (line, number), halts in shared.items()
        if halts
    ]
    return ((line, number) for _people, _halts, number, line in sorted(ranked))


def _renumbered(wave: PlanWave, numbers: dict[int, int]) -> PlanWave:
    trips = (replace(trip, line=numbers[trip.line]) for trip in wave.trips)
    return replace(wave, trips=tuple(sorted(trips, key=lambda trip: trip.line)))
