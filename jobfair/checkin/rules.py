"""The decision at the door: from what is known of a badge to the answer.

Devices decide by the same rules without network (`static/js/door/rules.js`); the vectors in
`tests/vectors/door.json` are run against both.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

SCANS_MOST = 500
BADGE_MOST = 12
STATION_MOST = 40
REASON_MOST = 200
NAME_MOST = 60
SEARCH_LEAST = 2
SEARCH_MOST = 20
BLOCK = 50
LATE_MOST = 120
AHEAD_MOST = timedelta(minutes=5)
RECENT = timedelta(minutes=5)
REPEAT = timedelta(seconds=10)
SIMULTANEOUS = timedelta(seconds=2)
UNDO_OWN = timedelta(minutes=10)
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)  # a time beyond can't be shown in every zone
LATEST = datetime(3000, 1, 1, tzinfo=UTC)


class Direction(StrEnum):
    """Which way a badge was scanned: through a door, or into and out of a bus."""

    IN = "in"
    OUT = "out"
    BOARD = "board"
    ALIGHT = "alight"


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
    BOARDED = "boarded"
    ALREADY_BOARDED = "already_boarded"
    ALIGHTED = "alighted"
    WRONG_DEPARTURE = "wrong_departure"


class BadgeState(StrEnum):
    """What the registration says of a badge."""

    ADMIT = "admit"
    CANCELLED = "cancelled"
    WAITLISTED = "waitlisted"
    BLOCKED = "blocked"
    WRONG_FAIR = "wrong_fair"
    UNKNOWN = "unknown"


class Override(StrEnum):
    """What somebody at the door insists on.

    `again` lets in who is inside already, `past` also whom the registration or the limit keeps out.
    """

    NONE = "none"
    AGAIN = "again"
    PAST = "past"


class StationKind(StrEnum):
    """What a station watches: the house's entrance or exit, or the door of a room."""

    ENTRANCE = "entrance"
    EXIT = "exit"
    HALL = "hall"


class DeviceKind(StrEnum):
    """Whose hands a device is in."""

    STEWARD = "steward"
    SUPERVISOR = "supervisor"
    ATTENDANT = "attendant"


class DeviceDirection(StrEnum):
    """Which ways a device scans."""

    IN = "in"
    OUT = "out"
    BOTH = "both"


class Right(StrEnum):
    """What a device may do."""

    SCAN = "scan"
    SEARCH = "search"
    UNDO_OWN = "undo_own"
    UNDO = "undo"
    OVERRIDE = "override"
    WALK_IN = "walk_in"


class ConflictKind(StrEnum):
    """Why a supervisor has to look at a scan."""

    DOUBLE_ADMISSION = "double_admission"
    NOT_ADMISSIBLE = "not_admissible"
    NEVER_ISSUED = "never_issued"


class ItemKind(StrEnum):
    """What a device sends besides scans."""

    WALK_IN = "walk_in"
    UNDO = "undo"
    OVERRIDE = "override"
    RESOLVE = "resolve"
    LATE = "late"
    CLOSE = "close"


STEWARDS = (Right.SCAN, Right.SEARCH, Right.UNDO_OWN)
RIGHTS: dict[DeviceKind, tuple[Right, ...]] = {
    DeviceKind.STEWARD: STEWARDS,
    DeviceKind.SUPERVISOR: tuple(Right),
    DeviceKind.ATTENDANT: STEWARDS,
}
NOBODY = frozenset({BadgeState.WRONG_FAIR, BadgeState.UNKNOWN})
WAYS_IN = frozenset({Direction.IN, Direction.BOARD})
IN_BUSES = frozenset({Direction.BOARD, Direction.ALIGHT})
LET_IN = frozenset({Outcome.ADMITTED, Outcome.BOARDED})
SECOND_TIME = frozenset({Outcome.ALREADY_INSIDE, Outcome.ALREADY_BOARDED})


class Presence(NamedTuple):
    """Since when, and by which station, somebody is inside; None means outside."""

    since: datetime | None = None
    station: str = ""


OUTSIDE = Presence()


class Move(NamedTuple):
    """A scan by which somebody went through a door; `again` when let in though already inside.

    `scan_id` is the UUID as the database wrote it, as nearly all of them are never looked at.
    """

    at: datetime
    direction: Direction
    station: str = ""
    again: bool = False
    device_id: int | None = None
    scan_id: str = ""


def in_order(moves: Iterable[Move]) -> list[Move]:
    """Return the moves by time, ties as they arrived."""
    return sorted(moves, key=lambda move: move.at)


def presence(moves: Iterable[Move]) -> Presence:
    """Return where the moves leave a person."""
    now = OUTSIDE
    for move in in_order(moves):
        if move.direction not in WAYS_IN:
            now = OUTSIDE
        elif move.again or now.since is None:
            now = Presence(move.at, move.station)
    return now


def known_at(moves: Iterable[Move], at: datetime) -> list[Move]:
    """Return what counts as before: clocks are no more exact than `SIMULTANEOUS`."""
    return [move for move in moves if move.at - at < SIMULTANEOUS]


def second_admissions(moves: Iterable[Move]) -> dict[str, Move]:
    """Return the scans that let in somebody who was inside, each with the move that had."""
    found: dict[str, Move] = {}
    inside: Move | None = None
    for move in in_order(moves):
        if move.direction not in WAYS_IN:
            inside = None
            continue
        if inside is not None and not move.again:
            found[move.scan_id] = inside
        inside = move
    return found


def decide(
    state: BadgeState,
    before: Presence,
    direction: Direction,
    *,
    override: Override = Override.NONE,
    room_left: int | None = None,
) -> Outcome:
    """Return the answer to a badge at a door; `room_left` None means that there is no limit.

    Whoever is inside can leave, whatever has become of the registration meanwhile.
    """
    if state in NOBODY:
        return Outcome(state.value)
    if direction is Direction.OUT:
        return Outcome.NOT_INSIDE if before.since is None else Outcome.LEFT
    if override is Override.PAST:
        return Outcome.ADMITTED
    if state is not BadgeState.ADMIT:
        return Outcome(state.value)
    if before.since is not None:
        return Outcome.ADMITTED if override is Override.AGAIN else Outcome.ALREADY_INSIDE
    return Outcome.FULL if room_left is not None and room_left <= 0 else Outcome.ADMITTED


def decide_boarding(
    state: BadgeState,
    before: Presence,
    direction: Direction,
    *,
    seated: bool,
    override: Override = Override.NONE,
    room_left: int | None = None,
) -> Outcome:
    """Return the answer to a badge at a bus; whoever gets off is never kept in.

    Insisting gets somebody on without a seat, where there is room left.
    """
    if state in NOBODY:
        return Outcome(state.value)
    if direction is Direction.ALIGHT:
        return Outcome.ALIGHTED
    if state is not BadgeState.ADMIT:
        return Outcome(state.value)
    if before.since is not None:
        return Outcome.ALREADY_BOARDED
    if not seated and override is Override.NONE:
        return Outcome.WRONG_DEPARTURE
    full = not seated and room_left is not None and room_left <= 0
    return Outcome.FULL if full else Outcome.BOARDED


def repeats(last_at: datetime | None, at: datetime) -> bool:
    """Tell whether a scan repeats one that the same device let through the same way before."""
    return last_at is not None and timedelta(0) <= at - last_at <= REPEAT


def passes(direction: Direction, outcome: Outcome, *, known: bool, let_in: bool) -> bool:
    """Tell whether the person went through the door by this scan.

    `let_in`: the device opened the door by a verdict of its own; `known`: the badge has a holder.
    """
    if direction not in WAYS_IN:
        return known
    return outcome in LET_IN or (let_in and known)


def conflict_of(outcome: Outcome, *, let_in: bool, ours: bool) -> ConflictKind | None:
    """Return why a supervisor has to look at a scan by which a device let somebody in.

    `ours`: the code is of the fair's pool. Too many inside is no fault of a badge.
    """
    if not let_in or outcome in LET_IN or outcome is Outcome.FULL:
        return None
    if outcome in SECOND_TIME:
        return ConflictKind.DOUBLE_ADMISSION
    if outcome is Outcome.UNKNOWN and ours:
        return ConflictKind.NEVER_ISSUED
    return ConflictKind.NOT_ADMISSIBLE


def override_of(reason: str | None, state: BadgeState, rights: Sequence[Right]) -> Override:
    """Return what a reason can achieve: letting in again is everybody's, more a supervisor's."""
    if reason is None:
        return Override.NONE
    if Right.OVERRIDE in rights:
        return Override.PAST
    return Override.AGAIN if state is BadgeState.ADMIT else Override.NONE


def within_reach(at: datetime) -> datetime:
    """Return the time in UTC, or the nearest that we can show where a clock is wrong by ages."""
    return min(max(at, EARLIEST), LATEST).astimezone(UTC)


def time_counts(scanned_at: datetime, received_at: datetime, first_day: datetime) -> bool:
    """Tell whether a scan counts: not before the fair's day, not from the future."""
    return first_day <= scanned_at <= received_at + AHEAD_MOST
