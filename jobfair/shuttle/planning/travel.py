"""How far and how long it is: as the crow flies times a detour, or as a table says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from jobfair.shuttle.planning.types import FAIR, Leg, TravelTimes

EARTH_M = 6_371_000
Point = tuple[float, float]
Table = Sequence[Sequence[int | None]]


@dataclass(frozen=True)
class Haversine:
    """Great circles, lengthened by a factor and driven at one speed."""

    points: Mapping[str, Point]
    """Latitude and longitude of each stop and of FAIR, in degrees."""
    speed_kmh: float = 50
    detour: float = 1.3

    def leg(self, start: str, end: str) -> Leg:
        """Return how far and how long a bus drives."""
        metres = round(self._distance(start, end))
        return Leg(metres, round(metres / (self.speed_kmh / 3.6)))

    def direct_s(self, stop: str) -> float:
        """Return how long driving straight from the stop to the fair takes, unrounded."""
        return self._distance(stop, FAIR) / (self.speed_kmh / 3.6)

    def _distance(self, start: str, end: str) -> float:
        return great_circle_m(self.points[start], self.points[end]) * self.detour


def great_circle_m(start: Point, end: Point) -> float:
    """Return the metres between two points in degrees, on a round earth."""
    north, east = radians(end[0] - start[0]), radians(end[1] - start[1])
    shrunk = cos(radians(start[0])) * cos(radians(end[0]))
    return 2 * EARTH_M * asin(sqrt(sin(north / 2) ** 2 + shrunk * sin(east / 2) ** 2))


class Matrix:
    """Tables of whole metres and seconds from each place to each; what they lack is estimated."""

    def __init__(
        self, places: Sequence[str], metres: Table, seconds: Table, estimate: TravelTimes
    ) -> None:
        self._row = {place: row for row, place in enumerate(places)}
        self._metres = metres
        self._seconds = seconds
        self._estimate = estimate

    def leg(self, start: str, end: str) -> Leg:
        """Return how far and how long a bus drives."""
        row, column = self._row[start], self._row[end]
        metres, seconds = self._metres[row][column], self._seconds[row][column]
        if metres is None or seconds is None:
            return self._estimate.leg(start, end)
        return Leg(metres, seconds)

    def direct_s(self, stop: str) -> float:
        """Return how long driving straight from the stop to the fair takes."""
        return self.leg(stop, FAIR).seconds


@dataclass(frozen=True)
class Homeward:
    """The same roads for who looks back from the fair: every leg is driven the other way."""

    roads: TravelTimes

    def leg(self, start: str, end: str) -> Leg:
        """Return how far and how long a bus drives from the end to the start."""
        return self.roads.leg(end, start)

    def direct_s(self, stop: str) -> float:
        """Return how long driving straight from the stop to the fair takes."""
        return self.roads.direct_s(stop)
