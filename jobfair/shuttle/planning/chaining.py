"""Which bus does which trips of a day, one after the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from jobfair.shuttle.planning.assignment import assign
from jobfair.shuttle.planning.timetable import Drive
from jobfair.shuttle.planning.types import RouteProblem

NEW_BUS = 10**9
"""One bus less is worth any way without passengers."""
NEVER = 10**12


@dataclass(frozen=True)
class Block:
    """A bus of a type and what it does, as indices of the drives in the order of their times."""

    bus: str
    drives: tuple[int, ...]


def chain(problem: RouteProblem, drives: Sequence[Drive]) -> list[Block]:
    """Return buses that do all drives: fewest wave by wave, then least way without passengers.

    A bus takes a drive of another type where its places suffice for those who ride, and when it
    gets from its last place to the first stop in time.
    """
    blocks: list[Block] = []
    order = sorted(range(len(drives)), key=lambda n: (_wave(drives[n]), n))
    for _moment, indices in groupby(order, key=lambda n: _wave(drives[n])):
        wave = list(indices)
        costs = [_ways(problem, drives, blocks, drives[n]) + [NEW_BUS] * len(wave) for n in wave]
        known = len(blocks)
        for n, column in zip(wave, assign(costs), strict=True):
            if column < known:
                blocks[column] = Block(blocks[column].bus, (*blocks[column].drives, n))
            else:
                blocks.append(Block(drives[n].trip.bus, (n,)))
    return blocks


def _wave(drive: Drive) -> tuple[object, ...]:
    """Return what the drives of a wave have in common, in the order in which buses do them."""
    return drive.fair_at, drive.direction


def _ways(
    problem: RouteProblem, drives: Sequence[Drive], blocks: Iterable[Block], drive: Drive
) -> list[int]:
    return [_way(problem, drives, block, drive) for block in blocks]


def _way(problem: RouteProblem, drives: Sequence[Drive], block: Block, drive: Drive) -> int:
    """Return the metres from where the bus was last to where this begins; NEVER where it can't."""
    if not problem.bus[block.bus].holds(drive.trip.seats, drive.trip.wheelchairs):
        return NEVER
    (place, free_at), (start, needed_at) = drives[block.drives[-1]].ends, drive.begins
    if place == start:
        return 0 if free_at <= needed_at else NEVER
    leg = problem.travel.leg(place, start)
    return leg.metres if free_at + timedelta(seconds=leg.seconds) <= needed_at else NEVER
