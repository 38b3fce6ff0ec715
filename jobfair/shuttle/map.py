"""The map of the lines as plain figures: where everything is drawn, and which labels there are.

Schematic and without a background of others: places are projected, lines are straight between
their stops, and the land is a soft shape round them. It is drawn twice, wide and for phones;
a stop whose name finds no room has a number instead, which is told beside the map.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from math import cos, radians

from jobfair.shuttle.boxes import GRAIN, Box, Point, Raster
from jobfair.shuttle.halts import Halt, Line, Project, Stop, named, stops_of
from jobfair.shuttle.labels import FAR, FARTHER, NEAR, Ground, Label, Wanted, place_labels
from jobfair.shuttle.ways import Ways, line_bits, plates, rounded, shape_round, side_by_side

__all__ = ["Drawing", "Halt", "Line", "draw", "stroke_of"]

EDGE = 4
FAIR = 24
FAIR_REACH = FAIR / 2 + 2
SIZE = 14
CROWD = 120
"""With more stops than this, ends of lines have names only where there is room, like all."""
DIGIT, DIGITS_EDGE = 3.2, 3.2
"""A number of a stop takes so much to each side for each digit, and its ring so much more."""
COLOURS = 8
DASHES = ("", "14 7", "", "3 6", "16 5 4 5", "6 3", "9 6", "16 5 3 5 3 5")
HOLLOW = 2
"""Lines of this dash are hollow instead."""


@dataclass(frozen=True)
class Frame:
    """How large a map is, and how far from its edges the places are."""

    name: str
    width: float
    height_least: float
    height_most: float
    margin_x: float
    margin_y: float
    plate: float


WIDE = Frame("wide", 600, 380, 760, 80, 60, 26)
PHONE = Frame("phone", 340, 260, 620, 50, 48, 20)


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
    plate: Box


@dataclass(frozen=True)
class Ring:
    """A stop on the map; one whose name finds no room has a number."""

    line: int
    name: str
    people: int | None
    x: float
    y: float
    radius: float
    number: int | None


@dataclass(frozen=True)
class Sheet:
    """All that is drawn; the figures are in units of the picture."""

    name: str
    width: float
    height: float
    land: tuple[str, ...]
    shape: str
    routes: tuple[Route, ...]
    rings: tuple[Ring, ...]
    labels: tuple[Label, ...]
    fair: Point
    fair_label: Label | None

    @property
    def numbered(self) -> list[Ring]:
        """Return the stops that have a number, in its order, which is that of their names."""
        rings = [(ring.number, ring) for ring in self.rings if ring.number is not None]
        return [ring for _number, ring in sorted(rings, key=lambda one: one[0])]


@dataclass(frozen=True)
class Drawing:
    """The map as it is drawn for each width."""

    sheets: tuple[Sheet, ...]


def stroke_of(line: int) -> Stroke:
    """Return how the line is drawn: more than eight have the colours again with other dashes."""
    index = (line - 1 + (line - 1) // COLOURS) % len(DASHES)
    return Stroke(DASHES[index], index == HOLLOW)


def draw(lines: Sequence[Line], fair: Halt) -> Drawing | None:
    """Return the map of the lines that call somewhere, or None where there are none."""
    return _drawing(tuple(line for line in lines if line.halts), fair)


@lru_cache(maxsize=32)
def _drawing(lines: tuple[Line, ...], fair: Halt) -> Drawing | None:
    return Drawing(tuple(sheet(lines, fair, of) for of in (WIDE, PHONE))) if lines else None


def sheet(lines: Sequence[Line], fair: Halt, frame: Frame) -> Sheet:
    """Return the map of the lines, which all call somewhere, in a frame."""
    project, height = _projection([fair, *chain.from_iterable(line.halts for line in lines)], frame)
    at, drawn_at = project(fair.place), stops_of(lines, project)
    stops = sorted(named(list(dict.fromkeys(drawn_at.values()))), key=_importance)
    ways = {line.number: [*_way(line, project, drawn_at), at] for line in lines}
    drawn = side_by_side(ways)
    name = Wanted(fair.name, None, *at, FAIR_REACH, Box.round(*at, FAIR_REACH), FARTHER, True)
    wanted = [_wanted(stop, len(stops)) for stop in stops]
    picture = Box(0, 0, frame.width, height)
    signs = _signs([name, *wanted], drawn, picture, frame.plate)
    return Sheet(
        name=frame.name,
        width=frame.width,
        height=height,
        land=tuple(map(_points, ways.values())),
        shape=_points(shape_round(ways.values(), at)),
        routes=tuple(
            Route(number, _points(way), stroke_of(number), signs.plates[number])
            for number, way in drawn.items()
        ),
        rings=tuple(sorted(_rings(stops, signs.labels), key=lambda ring: -ring.radius)),
        labels=tuple(filter(None, signs.labels)),
        fair=at,
        fair_label=signs.fair_label,
    )


@dataclass(frozen=True)
class _Signs:
    """What is written on the map."""

    fair_label: Label | None
    labels: Sequence[Label | None]
    plates: dict[int, Box]


def _signs(wanted: Sequence[Wanted], drawn: Ways, picture: Box, plate: float) -> _Signs:
    """Return where names and numbers stand; numbers of lines leave room for names needed."""
    inside = picture.grown(-EDGE)
    lines = Raster(picture, chain.from_iterable(map(line_bits, drawn.values())))
    taken = [one.sign for one in wanted]
    needed = [one for one in wanted if one.is_needed]
    first = place_labels(needed, Ground(inside, Raster(picture, taken), lines), SIZE)
    names = chain.from_iterable(label.boxes(SIZE) for label in first if label)
    numbers = plates(drawn, [*taken, *(box.grown(GRAIN) for box in names)], inside, plate)
    taken += numbers.values()
    fair_label, *labels = place_labels(wanted, Ground(inside, Raster(picture, taken), lines), SIZE)
    return _Signs(fair_label, labels, numbers)


@dataclass(frozen=True)
class _Projection:
    """Degrees to units of the picture, north up, true in shape for a county."""

    west: float
    north: float
    squeeze: float
    scale: float
    left: float
    top: float

    def __call__(self, place: Point) -> Point:
        lat, lon = place
        x = self.left + (lon - self.west) * self.squeeze * self.scale
        return rounded((x, self.top + (self.north - lat) * self.scale))


def _projection(halts: Sequence[Halt], frame: Frame) -> tuple[_Projection, float]:
    """Return how to project these places, and the height of the picture that they fill."""
    lats, lons = [halt.lat for halt in halts], [halt.lon for halt in halts]
    squeeze = cos(radians((min(lats) + max(lats)) / 2))
    wide = max((max(lons) - min(lons)) * squeeze, 1e-6)
    high = max(max(lats) - min(lats), 1e-6)
    room = frame.height_most - 2 * frame.margin_y
    scale = min((frame.width - 2 * frame.margin_x) / wide, room / high)
    height = round(max(frame.height_least, high * scale + 2 * frame.margin_y), 1)
    left, top = (frame.width - wide * scale) / 2, (height - high * scale) / 2
    return _Projection(min(lons), max(lats), squeeze, scale, left, top), height


def _way(line: Line, project: Project, drawn_at: dict[Point, Stop]) -> list[Point]:
    """Return the places of the rings where the line calls, each once in a row."""
    rings = [drawn_at[project(halt.place)].at for halt in line.halts]
    return [at for at, _same in groupby(rings)]


def _importance(stop: Stop) -> tuple[bool, int]:
    return not stop.is_end, -(stop.people or 0)


def _wanted(stop: Stop, stops: int) -> Wanted:
    """Return the label for one of so many stops; in a crowd all stand near or not at all."""
    sign = Box.round(*stop.at, max(stop.radius, _digits_reach(stops)))
    is_needed = stop.is_end and stops <= CROWD
    far = FARTHER if is_needed else FAR if stops <= CROWD else NEAR
    return Wanted(stop.name, stop.people, *stop.at, stop.radius, sign, far, is_needed)


def _digits_reach(number: int) -> float:
    """Return the radius of a ring that has room for the number of a stop."""
    return DIGITS_EDGE + DIGIT * len(str(number))


def _rings(
    stops: Sequence[Stop],
    labels: Sequence[Label | None],
) -> Iterable[Ring]:
    """Return the rings; those without a label are numbered in the order of their names."""
    pairs = zip(stops, labels, strict=True)
    nameless = sorted((stop.name, stop.at) for stop, label in pairs if not label)
    numbers = {at: number for number, (_name, at) in enumerate(nameless, 1)}
    for stop in stops:
        number = numbers.get(stop.at)
        radius = max(stop.radius, _digits_reach(number)) if number else stop.radius
        yield Ring(stop.line, stop.name, stop.people, *stop.at, radius, number)


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
