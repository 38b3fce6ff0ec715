"""What is recorded of a day's rides, and what follows from it for each person's way home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Sight(StrEnum):
    """How a record shows a person; of two at the same moment the later in this order counts."""

    BOARD_BACK = "board_back"
    ALIGHT_BACK = "alight_back"
    OUT = "out"
    BOARD_OUT = "board_out"
    ALIGHT_OUT = "alight_out"
    IN = "in"


class Answer(StrEnum):
    """What becomes of somebody missing; of two given at the same moment the later here counts."""

    OTHERWISE = "otherwise"
    REACHED = "reached"
    LATER_BUS = "later_bus"
    NOT_FOUND = "not_found"


class Where(StrEnum):
    """Where the records leave a person, the most urgent first."""

    THERE = "there"
    SEEN_OUT = "seen_out"
    SAID_GONE = "said_gone"
    ABOARD = "aboard"


@dataclass(frozen=True)
class Seen:
    """A person at a bus, or at the house's door; a scan at a room's door, either way, is IN."""

    person: int
    at: datetime
    kind: Sight
    departure: int | None = None
    door: str = ""


@dataclass(frozen=True)
class Booked:
    """The seats of a person, and the stop where they live; None where it isn't known."""

    person: int
    out: int | None
    back: int | None
    stop: int | None


@dataclass(frozen=True)
class Return:
    """A bus that leaves the fair as planned, or `late`; closed when its attendant has said so."""

    id: int
    leaves_at: datetime
    stops: frozenset[int]
    late: timedelta = timedelta(0)
    closed_at: datetime | None = None

    @property
    def due_at(self) -> datetime:
        """Return when the bus leaves by the latest report."""
        return self.leaves_at + self.late


@dataclass(frozen=True)
class Answered:
    """What was answered for a person missing on a return; `later` names the bus they take."""

    person: int
    departure: int
    at: datetime
    answer: Answer
    later: int | None = None


@dataclass(frozen=True)
class Day:
    """All that is recorded of one day of a fair, in any order."""

    returns: Sequence[Return] = ()
    booked: Sequence[Booked] = ()
    seen: Sequence[Seen] = ()
    answered: Sequence[Answered] = ()


@dataclass(frozen=True)
class Standing:
    """How it stands with one person's way home.

    `returning` is the return that they are on or expected on, `missed` those that they were
    expected on before, `answers` everything that was answered for them, the latest last.
    """

    person: int
    where: Where
    last: Seen
    stop: int | None = None
    returning: int | None = None
    missed: tuple[int, ...] = ()
    answers: tuple[Answered, ...] = ()

    def answer_for(self, departure_id: int) -> Answer | None:
        """Return what was last answered for them when they were missing on this return."""
        found = [given.answer for given in self.answers if given.departure == departure_id]
        return found[-1] if found else None


@dataclass(frozen=True)
class Leaving:
    """A return about to leave: who is expected on it, and who of them hasn't boarded."""

    departure: int
    expected: frozenset[int]
    missing: tuple[Standing, ...]


@dataclass(frozen=True)
class Warnings:
    """What desk and attendants are warned of; `last_call` may be left behind for good."""

    soon: tuple[Leaving, ...] = ()
    last_call: tuple[Standing, ...] = ()
