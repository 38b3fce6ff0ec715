"""The buses of a day that is made up: when they should leave, when they do, and what is said."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from jobfair.shuttle.sightings import Return

NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
LINES = 3
STOPS_A_LINE = 4
PUNCTUAL, HELD_UP = 0.6, 0.1
CLOSES = 0.85
NO_NETWORK = 0.4


@dataclass(frozen=True)
class Bus:
    """One bus back, in minutes after noon; what is known of it is known from a moment on."""

    number: int
    line: int
    planned: float
    left: float
    stops: frozenset[int]
    reports: tuple[tuple[float, int], ...]
    closed_at: float
    closed_known: float

    def known(self, now: float) -> Return:
        """Return the bus as the records have it."""
        late = max((late for at, late in self.reports if at <= now), default=0)
        closed = moment(self.closed_at) if self.closed_known <= now else None
        return Return(
            self.number, moment(self.planned), self.stops, timedelta(minutes=late), closed
        )


def moment(minutes: float) -> datetime:
    """Return the time so many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def reaches(at: float, rng: Random) -> float:
    """Return when the server knows what a phone recorded; four in ten have no network."""
    return at + (rng.uniform(1, 45) if rng.random() < NO_NETWORK else 0.05)


def make_buses(rng: Random) -> list[Bus]:
    """Return one to three buses back on each line, some of them late."""
    buses = []
    for line in range(LINES):
        first = rng.choice((210, 240, 270))
        for turn in range(rng.randint(1, 3)):
            number = 100 * (line + 1) + turn
            buses.append(_bus(number, line, first + turn * rng.choice((30, 60)), rng))
    return buses


def stops_of(line: int) -> Sequence[int]:
    """Return the stops that a line calls at."""
    return range(line * STOPS_A_LINE, (line + 1) * STOPS_A_LINE)


def _bus(number: int, line: int, planned: float, rng: Random) -> Bus:
    kind = rng.random()
    late = rng.uniform(0, 3) if kind < PUNCTUAL else rng.uniform(3, 20)
    if kind > 1 - HELD_UP:
        late = rng.uniform(20, 50)
    closed_at = planned + late + rng.uniform(-2, 2) if rng.random() < CLOSES else math.inf
    stops = frozenset(rng.sample(stops_of(line), rng.randint(3, STOPS_A_LINE)))
    return Bus(
        number,
        line,
        planned,
        planned + late,
        stops,
        _reports(planned, late, rng),
        closed_at,
        reaches(closed_at, rng),
    )


def _reports(planned: float, late: float, rng: Random) -> tuple[tuple[float, int], ...]:
    """Return what the driver says of the delay, in fives: often nothing, seldom the truth."""
    said = [late_by for late_by in range(5, int(late) + 10, 5) if rng.random() < 0.5]
    return tuple((planned - 10 + 0.8 * late_by, late_by) for late_by in said)
