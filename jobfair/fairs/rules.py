"""Decisions about a fair: phases, what each allows, limits."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

NAME_MOST = 120
LINE_MOST = 160
TEXT_MOST = 4000
CAPACITY_MOST = 100_000
TIME_ZONE = "Europe/Berlin"
SLUG_PATTERN = r"(?=[a-z0-9-]*[0-9])[a-z0-9](?:[a-z0-9-]{1,58})[a-z0-9]"


class Phase(StrEnum):
    """Where a fair stands; the organiser moves it on."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    RUNNING = "running"
    OVER = "over"


class TextKey(StrEnum):
    """The texts that an organiser can write for a fair, each in every language."""

    LEAD = "lead"
    ARRIVAL = "arrival"
    FREE = "free"
    CHILDREN = "children"
    LANGUAGE = "language"
    PAPERS = "papers"
    MISSED_BUS = "missed_bus"


NEXT_PHASES: dict[Phase, tuple[Phase, ...]] = {
    Phase.DRAFT: (Phase.OPEN,),
    Phase.OPEN: (Phase.CLOSED, Phase.RUNNING, Phase.DRAFT),
    Phase.CLOSED: (Phase.OPEN, Phase.RUNNING),
    Phase.RUNNING: (Phase.OVER, Phase.CLOSED),
    Phase.OVER: (Phase.RUNNING,),
}


@dataclass(frozen=True)
class FairFacts:
    """What an organiser says about a fair; times are instants, all of them aware."""

    name: str
    slug: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    capacity: int
    street: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    lat: float | None = None
    lon: float | None = None
    time_zone: str = TIME_ZONE
    registration_opens_at: datetime | None = None
    registration_closes_at: datetime | None = None
    shuttle_decided_by: datetime | None = None

    def values(self) -> dict[str, Any]:
        """Return the facts by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


class RegistrationState(StrEnum):
    """What the registration page can say before anything is typed."""

    OPEN = "open"
    NOT_YET = "registration_not_yet"
    CLOSED = "registration_closed"


@dataclass(frozen=True)
class Window:
    """When registration is open; None means without limit at that end."""

    opens_at: datetime | None
    closes_at: datetime | None


def registration_state(phase: Phase, window: Window, now: datetime) -> RegistrationState:
    """Return whether households can register now."""
    if phase is Phase.DRAFT or (window.opens_at and now < window.opens_at):
        return RegistrationState.NOT_YET
    if phase is not Phase.OPEN or (window.closes_at and now >= window.closes_at):
        return RegistrationState.CLOSED
    return RegistrationState.OPEN


def may_move(before: Phase, after: Phase) -> bool:
    """Tell whether the organiser can move a fair from one phase to the other."""
    return after in NEXT_PHASES[before]
