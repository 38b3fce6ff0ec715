"""The ways of lines on a map: beside each other, with a shape round them, numbered at the start."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from math import atan2, cos, hypot, pi, sin

from jobfair.shuttle.labels import Box, Piece, Point

BESIDE = 6
"""Lines that share a way are drawn so far apart."""
PLATE = 26
WIDE_GAP = 0.85 * pi

Ways = dict[int, list[Point]]


def side_by_side(ways: Ways) -> Ways:
    """Return the ways with lines that share a piece drawn beside each other there."""
    sharing: defaultdict[frozenset[Point], list[int]] = defaultdict(list)
    for number, way in ways.items():
        for piece in pairwise(way):
            sharing[frozenset(piece)].append(number)
    drawn: Ways = defaultdict(list)
    for number, way in ways.items():
        for piece in pairwise(way):
            both = sharing[frozenset(piece)]
            drawn[number] += _aside(piece, both.index(number) - (len(both) - 1) / 2)
    return drawn


def _aside(piece: Piece, steps: float) -> Piece:
    """Return the piece so many steps to one side, which is the same for both directions."""
    (low_x, low_y), (high_x, high_y) = sorted(piece)
    long = hypot(high_x - low_x, high_y - low_y) or 1.0
    right = (high_y - low_y) / long * BESIDE * steps
    down = (low_x - high_x) / long * BESIDE * steps
    (x, y), (end_x, end_y) = piece
    return (x + right, y + down), (end_x + right, end_y + down)


def shape_round(ways: Iterable[Sequence[Point]], fair: Point) -> list[Point]:
    """Return a shape round the fair and all stops, seen from the fair; open sides stay open."""
    x, y = fair
    stops = set(chain.from_iterable(ways)) - {fair} or {fair}
    seen = sorted((atan2(down - y, right - x), (right, down)) for right, down in stops)
    shape = []
    for (angle, place), (after, _next) in pairwise([*seen, (seen[0][0] + 2 * pi, fair)]):
        shape.append(place)
        if after - angle > WIDE_GAP:
            shape.append(fair)
    return shape


def plates(ways: Ways, fixed: Sequence[Box], size: tuple[float, float]) -> dict[int, Point]:
    """Return where each line's number stands: beyond its first stop, on nothing else."""
    taken = list(fixed)
    numbers: dict[int, Point] = {}
    for number, way in ways.items():
        boxes = [plate_box(point) for point in _plate_places(way)]
        within = [box for box in boxes if box.is_within(*size)]
        best = min(within or boxes, key=lambda box: sum(box.touches(other) for other in taken))
        taken.append(best)
        numbers[number] = rounded((best.left + PLATE / 2, best.top + PLATE / 2))
    return numbers


def plate_box(point: Point) -> Box:
    """Return the room that a line's number takes there."""
    return Box.round(*point, PLATE / 2)


def _plate_places(way: Sequence[Point]) -> Iterator[Point]:
    """Return places for a number round the first stop, the one away from the line first."""
    (x, y), (next_x, next_y) = way[0], way[1]
    away = atan2(y - next_y, x - next_x)
    for far in (30, 42, 56):
        for turn in (0, 1, -1, 2, -2, 3, -3):
            angle = away + turn * pi / 5
            yield x + far * cos(angle), y + far * sin(angle)


def rounded(point: Point) -> Point:
    """Return the point as it is written."""
    return round(point[0], 1), round(point[1], 1)
