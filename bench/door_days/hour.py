"""What happens at the doors within an hour: who shows which badge when and where."""

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import NamedTuple

from bench.door_days.world import HALL, World
from jobfair.core.codes import draw_code

HOUR = 3600.0
GARBAGE = ("https://example.org/", "WIFI:S:Gast;;", "12", "0451 778", "Amal", "🎫")
WALK_INS = 0.01


class Event(NamedTuple):
    """Something that happens at a door, so many seconds after it opened.

    `how`: a badge is held up (`scan`), is found through another of the family (`family`), comes
    in again although inside (`again`: whoever is told so lets it in again), or somebody comes
    without badge (`walk_in`).
    """

    at: float
    number: int
    phone: int
    code: str
    direction: str
    how: str = "scan"


class Hour:
    """Draws the events of an hour."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rng: Random = world.rng
        self._house = world.phones_of("")
        self._hall = world.phones_of(HALL)
        self._numbers = count()

    def events(self, scans: int) -> list[Event]:
        """Return what happens to all badges, in the order of time."""
        events = [event for family in self._world.families for event in self._family(family)]
        for code in (*self._world.never_issued, *self._world.issued_late):
            events += self._family([code])
        for code in self._world.of_others:
            events.append(self._stranger(code))
        for _ in range(scans // 60):
            events.append(self._stranger(draw_code(self._rng)))
            events.append(self._stranger(self._rng.choice(GARBAGE)))
        for _ in range(max(2, round(scans * WALK_INS))):
            events.append(self._event(self._rng.uniform(0, HOUR), 0, "", "in", "walk_in"))
        return sorted(events)

    def later(self, code: str, at: float) -> Event:
        """Return how somebody leaves after that time."""
        at = min(at + self._rng.uniform(60, 900), HOUR)
        return self._event(at, self._rng.choice(self._house), code, "out")

    def _event(self, at: float, phone: int, code: str, direction: str, how: str = "scan") -> Event:
        return Event(at, next(self._numbers), phone, code, direction, how)

    def _stranger(self, text: str) -> Event:
        phone = self._rng.randrange(len(self._world.posts))
        return self._event(
            self._rng.uniform(0, HOUR), phone, text, self._rng.choice(("in", "in", "out"))
        )

    def _family(self, codes: list[str]) -> Iterator[Event]:
        """Give how a family comes together, and what each of them does then."""
        came, phone = self._rng.uniform(0, HOUR - 900), self._rng.choice(self._house)
        for place, code in enumerate(codes):
            if place and self._rng.random() < 0.1:
                continue
            how = "family" if place else "scan"
            yield self._event(came + 2 * place, phone, code, "in", how)
            yield from self._stay(code, came + 2 * place, phone)

    def _stay(self, code: str, came: float, phone: int) -> Iterator[Event]:
        """Give what somebody does who came by that phone: each moment is far from the next."""
        rng, at = self._rng, came
        if rng.random() < 0.05:  # the badge is still before the camera
            yield self._event(came + rng.uniform(1, 8), phone, code, "in")
        for share, act in ((0.12, self._again), (0.02, self._two_at_once), (0.3, self._in_hall)):
            if rng.random() < share:
                at += self._pause()
                yield from act(code, at)
        if rng.random() < 0.45:
            at += 2 * self._pause()
            yield self._event(at, rng.choice(self._house), code, "out")
            if rng.random() < 0.4:
                yield from self._again(code, at + self._pause())

    def _pause(self) -> float:
        """Return how long it takes until the same person is at a door again."""
        return self._rng.uniform(30, 300)

    def _again(self, code: str, at: float) -> Iterator[Event]:
        """Give how somebody comes in once more, or shows the badge to somebody else."""
        yield self._event(at, self._rng.choice(self._house), code, "in", "again")

    def _two_at_once(self, code: str, at: float) -> Iterator[Event]:
        """Give how a badge and its picture are at two doors in the same second."""
        for phone in self._rng.sample(self._house, 2):
            yield self._event(at + self._rng.uniform(0, 1.5), phone, code, "in")

    def _in_hall(self, code: str, at: float) -> Iterator[Event]:
        """Give how somebody goes into the hall, and out or in once more."""
        first, then = self._rng.choice((("in", "out"), ("in", "in"), ("in", "")))
        yield self._event(at, self._rng.choice(self._hall), code, first)
        if then:
            yield self._event(at + 15, self._rng.choice(self._hall), code, then)
