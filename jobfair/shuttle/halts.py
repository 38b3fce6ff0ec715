"""What a map is made of, and which of its stops are drawn as one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import dist, sqrt

from jobfair.shuttle.boxes import Point

RING_LEAST, RING_GROWTH, RING_MOST = 5.5, 4.0, 16.0
NEAR = 26
"""Stops of one place that are nearer to each other are drawn as one."""

Project = Callable[[Point], Point]


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
class Stop:
    """A stop as it is drawn, in the colour of a line that calls there."""

    line: int
    name: str
    people: int | None
    at: Point
    is_end: bool

    @property
    def town(self) -> str:
        """Return the first part of its name, which stops of a place share."""
        return self.name.split(",")[0]

    @property
    def radius(self) -> float:
        """Return the radius of its ring, the area of which grows with the people."""
        grown = sqrt(RING_LEAST**2 + RING_GROWTH * (self.people or 0))
        return round(min(RING_MOST, grown), 1)

    def joined_by(self, other: "Stop") -> "Stop":
        """Return this stop with the people of both, where people are shown."""
        people = None if self.people is None else self.people + (other.people or 0)
        return replace(self, people=people, is_end=self.is_end or other.is_end)


def stops_of(lines: Iterable[Line], project: Project) -> dict[Point, Stop]:
    """Return which stop is drawn for each place where lines call.

    Those of more people come first; neighbours of a place are one stop.
    """
    found: dict[Point, Stop] = {}
    for line in lines:
        for halt in line.halts:
            at, is_end = project(halt.place), halt is line.halts[0]
            stop = Stop(line.number, halt.name, halt.people, at, is_end)
            found[at] = found[at].joined_by(stop) if at in found else stop
    return _without_neighbours(sorted(found.values(), key=lambda one: -(one.people or 0)))


def _without_neighbours(stops: Sequence[Stop]) -> dict[Point, Stop]:
    """Return what is drawn for each stop: one that is near to it and earlier, or itself."""
    kept: defaultdict[str, list[Stop]] = defaultdict(list)
    index_of: dict[Point, int] = {}
    for stop in stops:
        earlier = kept[stop.town]
        near = (index for index, one in enumerate(earlier) if dist(one.at, stop.at) < NEAR)
        index = index_of[stop.at] = next(near, len(earlier))
        if index < len(earlier):
            earlier[index] = replace(earlier[index].joined_by(stop), name=stop.town)
        else:
            earlier.append(stop)
    return {stop.at: kept[stop.town][index_of[stop.at]] for stop in stops}


def named(stops: Sequence[Stop]) -> list[Stop]:
    """Return the stops with the names that tell them apart; a place with one stop is enough."""
    towns = Counter(stop.town for stop in stops)
    return [replace(stop, name=stop.town) if towns[stop.town] == 1 else stop for stop in stops]
