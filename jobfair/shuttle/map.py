"""The map of the lines as plain figures: where everything is drawn, and which labels there are.

Schematic and without a background of others: places are projected, lines are straight between
their stops, and the land is a soft shape round them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from math import cos, dist, radians, sqrt

from jobfair.shuttle.labels import Box, Ground, Label, Point, Wanted, place_labels
from jobfair.shuttle.ways import plate_box, plates, rounded, shape_round, side_by_side

WIDTH = 600
HEIGHT_LEAST, HEIGHT_MOST = 380, 760
MARGIN_X, MARGIN_Y = 95, 60
FAIR = 24
FAIR_REACH = FAIR / 2 + 2
RING_LEAST, RING_GROWTH, RING_MOST = 5.5, 4.0, 16.0
SIZE, LARGE_SIZE = 14, 25
LARGE_MOST = 7
"""On phones so many names are drawn, as large as that."""
NEAR = 26
"""Stops of one place that are nearer to each other are drawn as one."""
COLOURS = 8
DASHES = ("", "14 7", "", "3 6", "16 5 4 5", "6 3", "9 6", "16 5 3 5 3 5")
HOLLOW = 2
"""Lines of this dash are hollow instead."""


@dataclass(frozen=True)
class Halt:
    """A place on the map; how many people get on or off is None where that isn't shown."""

    name: str
    lat: float
    lon: float
    people: int | None = None

    @property
    def place(self) -> Point:
        """Return where it is, as latitude and longitude."""
        return self.lat, self.lon


@dataclass(frozen=True)
class Line:
    """A line from its farthest stop on; the fair comes after the last."""

    number: int
    halts: tuple[Halt, ...]


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn besides its colour."""

    dash: str
    is_hollow: bool


@dataclass(frozen=True)
class Route:
    """A line on the map: its points as SVG writes them, its number at its first stop."""

    line: int
    points: str
    stroke: Stroke
    plate: Point


@dataclass(frozen=True)
class Ring:
    """A stop on the map, in the colour of a line that calls there."""

    line: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Drawing:
    """All that is drawn; the figures are in units of the picture."""

    width: float
    height: float
    land: tuple[str, ...]
    shape: str
    routes: tuple[Route, ...]
    rings: tuple[Ring, ...]
    labels: tuple[Label, ...]
    large_labels: tuple[Label, ...]
    fair: Point
    fair_label: Label | None


def stroke_of(line: int) -> Stroke:
    """Return how the line is drawn: more than eight have the colours again with other dashes."""
    index = (line - 1 + (line - 1) // COLOURS) % len(DASHES)
    return Stroke(DASHES[index], index == HOLLOW)


def draw(lines: Sequence[Line], fair: Halt) -> Drawing | None:
    """Return the map of the lines that call somewhere, or None where there are none."""
    calling = [line for line in lines if line.halts]
    return _drawn(calling, fair) if calling else None


def _drawn(lines: Sequence[Line], fair: Halt) -> Drawing:
    project, height = _projection([fair, *chain.from_iterable(line.halts for line in lines)])
    at = rounded(project(fair.place))
    ways = {line.number: [*_places(line, project), at] for line in lines}
    stops = _stops(lines, project)
    fixed = [Box.round(*at, FAIR_REACH), *(Box.round(*stop.at, stop.radius) for stop in stops)]
    numbers = plates(ways, fixed, (WIDTH, height))
    drawn = side_by_side(ways)
    pieces = list(chain.from_iterable(map(pairwise, drawn.values())))
    ground = Ground(WIDTH, height, [*fixed, *map(plate_box, numbers.values())], pieces)
    name, wanted = Wanted(fair.name, None, *at, FAIR_REACH), _wanted(stops)
    fair_label, *labels = place_labels([name, *wanted], ground, SIZE)
    return Drawing(
        width=WIDTH,
        height=height,
        land=tuple(map(_points, ways.values())),
        shape=_points(shape_round(ways.values(), at)),
        routes=tuple(
            Route(number, _points(way), stroke_of(number), numbers[number])
            for number, way in drawn.items()
        ),
        rings=tuple(Ring(stop.line, *stop.at, stop.radius) for stop in stops),
        labels=tuple(filter(None, labels)),
        large_labels=tuple(filter(None, place_labels(wanted, ground, LARGE_SIZE)))[:LARGE_MOST],
        fair=at,
        fair_label=fair_label,
    )


@dataclass(frozen=True)
class _Projection:
    """Degrees to units of the picture, north up, true in shape for a county."""

    west: float
    north: float
    squeeze: float
    scale: float
    left: float

    def __call__(self, place: Point) -> Point:
        lat, lon = place
        x = self.left + (lon - self.west) * self.squeeze * self.scale
        return x, MARGIN_Y + (self.north - lat) * self.scale


def _projection(halts: Sequence[Halt]) -> tuple[_Projection, float]:
    """Return how to project these places, and the height of the picture that they fill."""
    lats, lons = [halt.lat for halt in halts], [halt.lon for halt in halts]
    squeeze = cos(radians((min(lats) + max(lats)) / 2))
    wide = max((max(lons) - min(lons)) * squeeze, 1e-6)
    high = max(max(lats) - min(lats), 1e-6)
    scale = min((WIDTH - 2 * MARGIN_X) / wide, (HEIGHT_MOST - 2 * MARGIN_Y) / high)
    height = max(HEIGHT_LEAST, high * scale + 2 * MARGIN_Y)
    spare = (height - 2 * MARGIN_Y - high * scale) / 2 / scale
    left = (WIDTH - wide * scale) / 2
    return _Projection(min(lons), max(lats) + spare, squeeze, scale, left), round(height, 1)


@dataclass(frozen=True)
class _Stop:
    """A stop as it is drawn, where its place is in the picture."""

    line: int
    name: str
    people: int | None
    at: Point

    @property
    def town(self) -> str:
        """Return the first part of its name, which stops of a place share."""
        return self.name.split(",")[0]

    @property
    def radius(self) -> float:
        """Return the radius of its ring, the area of which grows with the people."""
        grown = sqrt(RING_LEAST**2 + RING_GROWTH * (self.people or 0))
        return round(min(RING_MOST, grown), 1)

    def is_near(self, other: "_Stop") -> bool:
        """Tell whether the two are so close in the same place that one ring does."""
        return self.town == other.town and dist(self.at, other.at) < NEAR

    def with_people_of(self, other: "_Stop") -> "_Stop":
        """Return this stop with the people of both, where people are shown."""
        if self.people is None or other.people is None:
            return self
        return replace(self, people=self.people + other.people)


def _places(line: Line, project: Callable[[Point], Point]) -> list[Point]:
    return [rounded(project(halt.place)) for halt in line.halts]


def _stops(lines: Iterable[Line], project: Callable[[Point], Point]) -> list[_Stop]:
    """Return each stop once, with all who use it there; neighbours of a place are one."""
    found: dict[Point, _Stop] = {}
    for line in lines:
        for halt, at in zip(line.halts, _places(line, project), strict=True):
            stop = _Stop(line.number, halt.name, halt.people, at)
            found[at] = found[at].with_people_of(stop) if at in found else stop
    return _without_neighbours(sorted(found.values(), key=lambda one: -(one.people or 0)))


def _without_neighbours(stops: Iterable[_Stop]) -> list[_Stop]:
    """Return the stops with each that is near to an earlier one counted there."""
    kept: list[_Stop] = []
    for stop in stops:
        near = [number for number, one in enumerate(kept) if one.is_near(stop)]
        if near:
            kept[near[0]] = replace(kept[near[0]].with_people_of(stop), name=stop.town)
        else:
            kept.append(stop)
    return kept


def _wanted(stops: Sequence[_Stop]) -> list[Wanted]:
    """Return the names of the stops, those with many people before others."""
    towns = Counter(stop.town for stop in stops)
    return [
        Wanted(
            stop.town if towns[stop.town] == 1 else stop.name,
            stop.people,
            *stop.at,
            stop.radius,
        )
        for stop in sorted(stops, key=lambda one: -(one.people or 0))
    ]


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
