"""Rectangles of a picture, found and counted by where they are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise, product
from math import ceil, dist
from operator import add
from typing import NamedTuple

CELL = 40
GRAIN = 4
"""Boxes that are so far apart share no grain of a picture."""
BIT = 10
"""A straight piece is kept as the boxes round its bits, none of them longer than this."""

Point = tuple[float, float]
Piece = tuple[Point, Point]


class Box(NamedTuple):
    """A rectangle of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def round(cls, x: float, y: float, reach: float) -> "Box":
        """Return the square round a point."""
        return cls(x - reach, y - reach, x + reach, y + reach)

    def grown(self, by: float) -> "Box":
        """Return it with so much more room on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def touches(self, other: "Box") -> bool:
        """Tell whether the two have room in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_within(self, outer: "Box") -> bool:
        """Tell whether all of it lies in the other."""
        return (
            self.left >= outer.left
            and self.top >= outer.top
            and self.right <= outer.right
            and self.bottom <= outer.bottom
        )


class Boxes:
    """Boxes that can be asked for what touches a box, however many there are."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """Have the box among these."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def remove(self, box: Box) -> None:
        """Have the box, which is among these, here no more."""
        for cell in _cells(box):
            self._cells[cell].remove(box)

    def touching(self, box: Box) -> set[Box]:
        """Return those that have room in common with the box."""
        cells = (self._cells.get(cell, ()) for cell in _cells(box))
        return {other for boxes in cells for other in boxes if box.touches(other)}


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    columns = range(int(box.left // CELL), int(box.right // CELL) + 1)
    rows = range(int(box.top // CELL), int(box.bottom // CELL) + 1)
    return product(columns, rows)


class Raster:
    """How many boxes lie on the grains of a picture, counted for any part of it at once.

    Boxes may reach beyond the picture; what is asked for lies in it.
    """

    def __init__(self, picture: Box, boxes: Iterable[Box]) -> None:
        _left, _top, width, height = _grains(picture)
        marks = [[0] * (width + 1) for _row in range(height + 1)]
        for box in boxes:
            left, top, right, bottom = _grains(box)
            rows = range(max(0, top), min(bottom, height))
            columns = range(max(0, left), min(right, width))
            for row, column in product(rows, columns):
                marks[row + 1][column + 1] += 1
        summed = (list(accumulate(row)) for row in marks)
        self._sums: list[list[int]] = list(
            accumulate(summed, lambda upper, row: list(map(add, upper, row)))
        )

    def count(self, box: Box, without: Box | None = None) -> int:
        """Return on how many grains of the box others lie, as often as there are others.

        One of them may be left out.
        """
        left, top, right, bottom = _grains(box)
        upper, lower = self._sums[top], self._sums[bottom]
        found = lower[right] - lower[left] - upper[right] + upper[left]
        if found and without:
            begin, high, end, low = _grains(without)
            wide = max(0, min(right, end) - max(left, begin))
            found -= wide * max(0, min(bottom, low) - max(top, high))
        return found


def _grains(box: Box) -> tuple[int, int, int, int]:
    """Return which columns and rows the box covers: the first, and the one after the last."""
    left, top, right, bottom = box
    return (
        int(left // GRAIN),
        int(top // GRAIN),
        int(right // GRAIN) + 1,
        int(bottom // GRAIN) + 1,
    )


def bits(piece: Piece) -> list[Box]:
    """Return the boxes round the bits of a straight piece."""
    (x, y), (end_x, end_y) = piece
    count = max(1, ceil(dist(*piece) / BIT))
    right, down = (end_x - x) / count, (end_y - y) / count
    points = [(x + right * step, y + down * step) for step in range(count + 1)]
    return [Box(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in pairwise(points)]
