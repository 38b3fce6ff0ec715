"""The ways of lines on a map: beside each other, with a shape round them, numbered at the start."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise
from math import atan2, cos, dist, hypot, pi, sin, tau

from jobfair.shuttle.boxes import Box, Boxes, Piece, Point, bits

BESIDE = 6
"""Lines that share a way are drawn so far apart."""
SPREAD = 18
"""All lines that share a way take no more room than this."""
NARROW = 0.15
"""Lines that reach the fair from directions nearer than this are drawn beside each other there."""
WIDE_GAP = 0.85 * pi

Way = list[Point]
Ways = dict[int, Way]


def side_by_side(ways: Ways) -> Ways:
    """Return the ways, which end at the fair, with lines that share a piece beside each other."""
    sharing: defaultdict[Piece, list[int]] = defaultdict(list)
    for number, way in ways.items():
        for piece in pairwise(way):
            sharing[_inwards(piece, way[-1])].append(number)
    docks = _docks(ways)
    return {number: _drawn(number, way, sharing, docks) for number, way in ways.items()}


def _drawn(number: int, way: Way, sharing: dict[Piece, list[int]], docks: dict[int, float]) -> Way:
    """Return the way of the line with each piece shifted beside those of others."""
    drawn: Way = []
    for piece in pairwise(way):
        inwards = _inwards(piece, way[-1])
        shift = _shift(sharing[inwards].index(number), len(sharing[inwards]))
        at_end = docks[number] if piece[1] == way[-1] else shift
        begin, end = _aside(inwards, shift, at_end)
        drawn += (begin, end) if inwards == piece else (end, begin)
    return [point for point, _same in groupby(drawn)]


def _inwards(piece: Piece, fair: Point) -> Piece:
    """Return the piece as it leads to the fair, the same for lines of both directions."""
    begin, end = sorted(piece, key=lambda point: (-dist(point, fair), point))
    return begin, end


def _shift(position: int, count: int) -> float:
    """Return how far to the right one of so many lines beside each other is drawn."""
    apart = min(BESIDE, SPREAD / max(1, count - 1))
    return apart * (position - (count - 1) / 2)


def _docks(ways: Ways) -> dict[int, float]:
    """Return how far to the right of its direction each line reaches the fair."""
    docks: dict[int, float] = {}
    beside: list[int] = []
    arriving = _arriving(ways)
    before, _first = arriving[0]
    for angle, number in arriving:
        if (angle - before) % tau > NARROW:
            beside = []
        beside.append(number)
        before = angle
        docks |= {one: _shift(place, len(beside)) for place, one in enumerate(beside)}
    return docks


def _arriving(ways: Ways) -> list[tuple[float, int]]:
    """Return the directions in which lines reach the fair, one after the other to the left.

    The first comes after the widest gap.
    """
    last = {number: (way[-2], way[-1]) for number, way in ways.items()}
    angles = {number: atan2(b[1] - a[1], b[0] - a[0]) for number, (a, b) in last.items()}
    turned = sorted((-angle, number) for number, angle in angles.items())
    gaps = [(turned[at][0] - turned[at - 1][0]) % tau for at in range(len(turned))]
    first = gaps.index(max(gaps))
    return turned[first:] + turned[:first]


def _aside(piece: Piece, at_begin: float, at_end: float) -> Piece:
    """Return the piece with its ends shifted so far to the right of its direction."""
    (x, y), (end_x, end_y) = piece
    long = hypot(end_x - x, end_y - y) or 1.0
    right, down = (y - end_y) / long, (end_x - x) / long
    begin = rounded((x + right * at_begin, y + down * at_begin))
    return begin, rounded((end_x + right * at_end, end_y + down * at_end))


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


def plates(ways: Ways, taken: Iterable[Box], inside: Box, size: float) -> dict[int, Box]:
    """Return where each line's number stands: beyond its first stop, if possible on nothing."""
    signs = Boxes(taken)
    lines = Boxes(chain.from_iterable(map(line_bits, ways.values())))
    numbers: dict[int, Box] = {}
    for number, way in ways.items():
        boxes = list(_plate_boxes(way, size))
        within = [box for box in boxes if box.is_within(inside)]
        numbers[number] = min(
            within or boxes,
            key=lambda box: (len(signs.touching(box)), len(lines.touching(box))),
        )
        signs.add(numbers[number])
    return numbers


def line_bits(way: Way) -> Iterator[Box]:
    """Return the boxes along a way."""
    return chain.from_iterable(map(bits, pairwise(way)))


def _plate_boxes(way: Way, size: float) -> Iterator[Box]:
    """Return places for a number round the first stop, the one away from the line first."""
    (x, y), (next_x, next_y) = way[0], way[:2][-1]
    away = atan2(y - next_y, x - next_x)
    for far in (1.1, 1.4, 1.8, 2.4):
        for turn in (0, 1, -1, 2, -2, 3, -3):
            angle = away + turn * pi / 5
            place = x + far * size * cos(angle), y + far * size * sin(angle)
            yield Box.round(*rounded(place), size / 2)


def rounded(point: Point) -> Point:
    """Return the point as it is written."""
    return round(point[0], 1), round(point[1], 1)
