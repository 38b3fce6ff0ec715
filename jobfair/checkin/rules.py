"""The decision at the door: from what is known of a badge to the answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Direction(StrEnum):
    """Which way a badge was scanned."""

    IN = "in"
    OUT = "out"


class Outcome(StrEnum):
    """The answers of contracts.md, section 6, that the door gives."""

    ADMITTED = "admitted"
    ALREADY_INSIDE = "already_inside"
    LEFT = "left"
    NOT_INSIDE = "not_inside"
    CANCELLED = "cancelled"
    WAITLISTED = "waitlisted"
    BLOCKED = "blocked"
    WRONG_FAIR = "wrong_fair"
    UNKNOWN = "unknown"
    FULL = "full"


class BadgeState(StrEnum):
    """What the registration says of a badge."""

    ADMIT = "admit"
    CANCELLED = "cancelled"
    WAITLISTED = "waitlisted"
    BLOCKED = "blocked"
    WRONG_FAIR = "wrong_fair"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Presence:
    """Since when, and by which station, somebody is inside; None means outside."""

    since: datetime | None = None
    station: str = ""
