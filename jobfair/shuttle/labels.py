"""Where the names on a map stand: on no other name, on nothing else that is drawn.

Each name has places round its stop, near ones and some at the end of a short stroke. The first
in the list choose first; who finds all places taken may send one other name to another place.
Only what is needed stands far away or on many lines.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product, takewhile
from math import hypot, inf
from operator import itemgetter
from typing import NamedTuple

from jobfair.shuttle.boxes import Box, Boxes, Piece, Raster, bits

CHARACTER = 0.58
"""How wide a character is on average, as a part of the size."""
HEAD, FOOT = 0.8, 0.25
"""How far a text reaches above and below its base line, as a part of the size."""
GAP = 4
NEAR = (0,)
FAR = (*NEAR, 6, 18, 30, 44)
FARTHER = (*FAR, 60, 80, 105)
"""How far names may stand from what is drawn round their point."""
STROKE_FROM = 12
ANCHORS = {0: "middle", 1: "start", -1: "end"}
HALVES = ((1, -0.5), (1, 0.5), (-1, -0.5), (-1, 0.5))
DIRECTIONS = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, 1), (0, -1), *HALVES)
"""Right and down; the best direction first."""
ON_A_LINE, ON_A_SIGN = 2.0, 1000.0
"""What a place costs for each grain of a line, and of a stop or a number, that it covers."""
DEAR = 30.0
"""A name that isn't needed is better left out than in a place that costs so much."""


@dataclass(frozen=True)
class Wanted:
    """A label that is wanted for a sign round a point, as far from it as one of these.

    One that is needed may cover other signs.
    """

    name: str
    people: int | None
    x: float
    y: float
    reach: float
    sign: Box
    far: tuple[int, ...] = FAR
    is_needed: bool = False

    @property
    def most(self) -> float:
        """Return what its place must cost less than."""
        return inf if self.is_needed else DEAR


class Label(NamedTuple):
    """A name, where its text begins, is centred or ends, and the stroke that leads there."""

    name: str
    people: int | None
    x: float
    y: float
    anchor: str
    stroke: Piece | None = None

    def box(self, size: float) -> Box:
        """Return the room that the text takes at this size."""
        characters = len(self.name) + (0 if self.people is None else 1 + len(str(self.people)))
        wide = characters * CHARACTER * size
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.y - HEAD * size, left + wide, self.y + FOOT * size)

    def boxes(self, size: float) -> Iterator[Box]:
        """Return the room of the text, then that of the stroke."""
        yield self.box(size)
        if self.stroke:
            yield from bits(self.stroke)


@dataclass(frozen=True)
class Ground:
    """What labels stand on: the picture, what they must not touch, and lines better left free."""

    inside: Box
    signs: Raster
    lines: Raster

    def cost(self, boxes: Iterable[Box], wanted: Wanted) -> float:
        """Return how bad it is to cover all this, or anything above what may be spent."""
        cost = 0.0
        for box in boxes:
            if not box.is_within(self.inside):
                return inf
            cost += self.signs.count(box, wanted.sign) * ON_A_SIGN
            if cost >= wanted.most:
                return cost
            cost += self.lines.count(box) * ON_A_LINE
        return cost


@dataclass(frozen=True)
class _Spot:
    """A place for a label, with the room that it takes there."""

    cost: float
    label: Label
    boxes: tuple[Box, ...]


class _Names:
    """The names that have a place, which they may change for another one."""

    def __init__(self, spots: Sequence[Sequence[_Spot]]) -> None:
        self.spots = spots
        self.placed: dict[int, _Spot] = {}
        self._boxes = Boxes()
        self._owner: dict[Box, int] = {}

    def place(self, one: int) -> None:
        """Have the name stand somewhere, if there is any room for it."""
        if not (self.put_where_free(one) or self.put_in_place_of_another(one)):
            self.put_where_free(one, most=inf)

    def label_of(self, one: int) -> Label | None:
        """Return the name as it stands, or None where it has no place."""
        spot = self.placed.get(one)
        return spot.label if spot else None

    def in_the_way(self, spot: _Spot) -> set[int]:
        """Return which names stand where this place is."""
        touched = chain.from_iterable(map(self._boxes.touching, spot.boxes))
        return {self._owner[box] for box in touched}

    def _is_free(self, spot: _Spot) -> bool:
        return not any(map(self._boxes.touching, spot.boxes))

    def put(self, one: int, spot: _Spot) -> None:
        """Have the name stand there."""
        self.placed[one] = spot
        for box in spot.boxes:
            self._boxes.add(box)
            self._owner[box] = one

    def take(self, one: int) -> _Spot:
        """Have the name stand nowhere, and return where it stood."""
        spot = self.placed.pop(one)
        for box in spot.boxes:
            self._boxes.remove(box)
        return spot

    def put_where_free(self, one: int, most: float = DEAR) -> bool:
        """Have the name stand in its best place that is free; tell whether there is one."""
        free = next(filter(self._is_free, self._spots_of(one, most)), None)
        if free:
            self.put(one, free)
        return free is not None

    def put_in_place_of_another(self, one: int) -> bool:
        """Have the name stand where one other stood that can stand elsewhere; tell whether."""
        for spot in self._spots_of(one, DEAR):
            others = self.in_the_way(spot)
            if len(others) == 1:
                (other,) = others
                before = self.take(other)
                self.put(one, spot)
                if self.put_where_free(other):
                    return True
                self.take(one)
                self.put(other, before)
        return False

    def _spots_of(self, one: int, most: float) -> Iterator[_Spot]:
        return takewhile(lambda spot: spot.cost < most, self.spots[one])


def place_labels(wanted: Sequence[Wanted], ground: Ground, size: float) -> list[Label | None]:
    """Return a label of that size for each that is wanted, the first before the others.

    Where there is no room, it is None.
    """
    names = _Names([_spots(one, ground, size) for one in wanted])
    for one in range(len(wanted)):
        names.place(one)
    return [names.label_of(one) for one in range(len(wanted))]


def _spots(wanted: Wanted, ground: Ground, size: float) -> list[_Spot]:
    """Return where the label may stand as far as other labels don't matter, the best first."""
    found: list[tuple[float, int, _Spot]] = []
    for number, (dearness, label) in enumerate(_places(wanted, size)):
        cost = dearness + ground.cost(label.boxes(size), wanted)
        if cost < wanted.most:
            found.append((cost, number, _Spot(cost, label, tuple(label.boxes(size)))))
    found.sort(key=itemgetter(0, 1))
    on_no_sign = bisect(found, ON_A_SIGN, key=itemgetter(0))
    return [spot for _cost, _number, spot in found[: on_no_sign or None]]


def _places(wanted: Wanted, size: float) -> Iterator[tuple[float, Label]]:
    """Return where the label may stand, and what the place costs before it is looked at."""
    for far, (preference, (right, down)) in product(wanted.far, enumerate(DIRECTIONS)):
        long = hypot(right, down)
        away = (wanted.reach + GAP + far) / long
        x, y = wanted.x + right * away, wanted.y + down * away
        middle = (HEAD - FOOT) / 2 + down * (HEAD + FOOT) / 2
        anchor = ANCHORS[right]
        stroke = None
        if far >= STROKE_FROM:
            near = (wanted.reach + 1) / long
            begin = wanted.x + right * near, wanted.y + down * near
            stroke = begin, (x - right * GAP / 2, y - down * GAP / 2)
        label = Label(wanted.name, wanted.people, x, y + middle * size, anchor, stroke)
        yield far / 2 + preference / 4, label
