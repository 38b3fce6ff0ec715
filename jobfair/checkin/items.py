"""What devices send besides scans, each item read and answered by itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobfair.attendees.rules import PersonInput
from jobfair.checkin.rules import ItemKind


@dataclass(frozen=True)
class Item:
    """An item with an id made by the device; `digest` stands for all that it says."""

    id: UUID
    digest: str


@dataclass(frozen=True)
class WalkIn(Item):
    """A household that was registered at the door, perhaps without network."""

    people: tuple[PersonInput, ...]
    lang: str
    municipality: str
    registered_at: datetime


@dataclass(frozen=True)
class Action(Item):
    """Something that somebody did about a scan or a conflict, and when."""

    kind: ItemKind
    scan: UUID | None
    conflict: int | None
    reason: str
    at: datetime


@dataclass(frozen=True)
class BusLate(Item):
    """A bus that is so many minutes later than was known, from a stop on."""

    departure: int
    minutes: int
    stop: int | None


@dataclass(frozen=True)
class AnswerFor:
    """What becomes of the holder of a badge, which is known by its code or its hash."""

    badge: str
    answer: str


@dataclass(frozen=True)
class BusClosed(Item):
    """A return that waits for nobody any more, and what was found out about the missing."""

    departure: int
    at: datetime
    answers: tuple[AnswerFor, ...]
