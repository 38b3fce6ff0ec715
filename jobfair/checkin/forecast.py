"""When people are expected at the door: by the arrival windows that they chose."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from jobfair.checkin.tally import SLOT, slot_of

EARLY = 0.65  # of those without a window, so many come in the first half hour
EARLY_MINUTES = timedelta(minutes=30)


class Expected(NamedTuple):
    """So many people are expected from one time to another."""

    people: float
    begins: datetime
    ends: datetime


def without_window(people: int, starts_at: datetime, ends_at: datetime) -> list[Expected]:
    """Return when people come who have all day: most of them at once."""
    middle = min(starts_at + EARLY_MINUTES, ends_at)
    if middle == ends_at:
        return [Expected(people, starts_at, ends_at)]
    early = EARLY * people
    return [Expected(early, starts_at, middle), Expected(people - early, middle, ends_at)]


def forecast(expected: Iterable[Expected]) -> list[tuple[datetime, float]]:
    """Return how many people are expected in each five minutes, evenly within each time."""
    shares: dict[datetime, float] = {}
    for one in expected:
        slots = _slots(one.begins, one.ends)
        for slot in slots:
            shares[slot] = shares.get(slot, 0.0) + one.people / len(slots)
    return sorted(shares.items())


def _slots(begins: datetime, ends: datetime) -> list[datetime]:
    first = slot_of(begins)
    number = max(1, -(-(ends - first) // SLOT))
    return [first + place * SLOT for place in range(number)]
