"""The decision at the door: from what is known of a badge to the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SCANS_MOST = 500
BADGE_MOST = 12
STATION_MOST = 40
REASON_MOST = 200
SEARCH_LEAST = 2
SEARCH_MOST = 20
AHEAD_MOST = timedelta(minutes=5)
RECENT = timedelta(minutes=5)


class Direction(StrEnum):
    """Which way a badge was scanned."""

    IN = "in"
    OUT = "out"


class Outcome(StrEnum):
    """The answers that the door gives; they are stored and sent to devices."""

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


MOVES = frozenset({Outcome.ADMITTED, Outcome.LEFT})
NOBODY = frozenset({BadgeState.WRONG_FAIR, BadgeState.UNKNOWN})


@dataclass(frozen=True)
class Presence:
    """Since when, and by which station, somebody is inside; None means outside."""

    since: datetime | None = None
    station: str = ""


OUTSIDE = Presence()


@dataclass(frozen=True)
class Move:
    """A scan that let somebody in or out; `again` when let in though not seen leaving."""

    at: datetime
    outcome: Outcome
    station: str = ""
    again: bool = False


def presence(moves: Iterable[Move]) -> Presence:
    """Return where the moves leave a person: they are taken by time, ties as they arrived."""
    now = OUTSIDE
    for move in sorted(moves, key=lambda move: move.at):
        if move.outcome is Outcome.LEFT:
            now = OUTSIDE
        elif move.outcome is Outcome.ADMITTED and (move.again or now.since is None):
            now = Presence(move.at, move.station)
    return now


def decide(
    state: BadgeState,
    before: Presence,
    direction: Direction,
    *,
    override: bool = False,
    room_left: int = 1,
) -> Outcome:
    """Return the answer to a badge; `override` lets in again, never past the registration.

    Whoever is inside can leave, whatever has become of the registration meanwhile.
    """
    if state in NOBODY:
        return Outcome(state.value)
    if direction is Direction.OUT:
        return Outcome.NOT_INSIDE if before.since is None else Outcome.LEFT
    if state is not BadgeState.ADMIT:
        return Outcome(state.value)
    return _let_in(before, override, room_left)


def _let_in(before: Presence, override: bool, room_left: int) -> Outcome:
    """Return the answer to whoever is registered; who comes in again takes no more room."""
    if before.since is not None:
        return Outcome.ADMITTED if override else Outcome.ALREADY_INSIDE
    return Outcome.ADMITTED if room_left > 0 else Outcome.FULL


def time_counts(scanned_at: datetime, received_at: datetime, first_day: datetime) -> bool:
    """Tell whether a scan counts: not before the fair's day, not from the future."""
    return first_day <= scanned_at <= received_at + AHEAD_MOST
