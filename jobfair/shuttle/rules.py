"""Decisions about the shuttle: directions, ways, states."""

from enum import StrEnum


class Direction(StrEnum):
    """Out is to the fair, back is home."""

    OUT = "out"
    BACK = "back"


class Ways(StrEnum):
    """Which rides a household asks for."""

    BOTH = "both"
    OUT = "out"
    BACK = "back"


class RequestState(StrEnum):
    """Whether the household has its seats."""

    SEATED = "seated"
    WAITING = "waiting"
    CANCELLED = "cancelled"


def directions(ways: Ways) -> tuple[Direction, ...]:
    """Return the rides that belong to a wish, outbound first."""
    return tuple(d for d in Direction if ways in (Ways.BOTH, Ways(d.value)))
