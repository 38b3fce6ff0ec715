"""What the decision on a batch of scans rests on, read with two statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.checkin.models import Scan
from jobfair.checkin.rules import IN_BUSES, BadgeState, Direction, Move, second_admissions
from jobfair.checkin.statements import Rows, instant_of, statements

STORED = sa.select(Scan.__table__).where(Scan.id.in_(sa.bindparam("ids", expanding=True)))


@dataclass(frozen=True)
class Badge:
    """A code, what it is worth and whose it is; `fair_id` None means that no fair has it."""

    fair_id: int | None
    state: BadgeState
    attendee_id: int | None = None

    def at(self, fair_id: int) -> "Badge":
        """Return what the door of that fair is told: of another fair's badge no more than that."""
        if self.fair_id in (None, fair_id):
            return self
        return Badge(self.fair_id, BadgeState.WRONG_FAIR)


NO_BADGE = Badge(None, BadgeState.UNKNOWN)


class Door(NamedTuple):
    """Which door a scan was at: the house's (both None), a room's, or a bus's."""

    room_id: int | None = None
    departure_id: int | None = None


class Moved(NamedTuple):
    """A move, the door that it was at, and whether it counts."""

    move: Move
    door: Door
    counts: bool

    def concerns(self, door: Door) -> bool:
        """Tell whether it changes who is behind that door; the house's way out ends all rooms."""
        if self.door == door:
            return True
        out_of_the_house = self.door == HOUSE and self.move.direction is Direction.OUT
        return out_of_the_house and door.room_id is not None


HOUSE = Door()


class BadgeRow(NamedTuple):
    """What is stored of a code, in the order of `statements.BADGE`."""

    code: str
    fair_id: int
    attendee_id: int | None
    voided_at: str | None
    state: str | None
    household_state: str | None


def find_badges(connection: Connection, codes: Collection[str]) -> dict[str, Badge]:
    """Return the badges of these codes, locked in the order of the codes."""
    (found,) = statements(connection).badges.rows(connection, codes=sorted(set(codes)))
    rows = (BadgeRow(*row) for row in found)
    return {row.code: Badge(row.fair_id, badge_state(row), row.attendee_id) for row in rows}


def badge_state(row: Any) -> BadgeState:
    """Return what a badge is worth by `attendee_id`, both states and `voided_at` of the row."""
    if row.attendee_id is None:
        return BadgeState.UNKNOWN
    gone = row.state == AttendeeState.CANCELLED
    if gone or row.household_state == HouseholdState.CANCELLED:
        return BadgeState.CANCELLED
    if row.voided_at is not None:
        return BadgeState.BLOCKED
    if row.household_state == HouseholdState.WAITLISTED:
        return BadgeState.WAITLISTED
    return BadgeState.ADMIT


class Known(NamedTuple):
    """What is known of the devices that call, of the holders of badges, and of the scans."""

    off_duty: dict[str, str]
    moves: dict[int, list[Moved]]
    stored: dict[UUID, dict[str, Any]]


def find_known(
    connection: Connection,
    tokens: Collection[str],
    attendee_ids: Collection[int],
    ids: Collection[UUID],
    now: datetime,
) -> Known:
    """Return why tokens are refused, how people moved, and which scans are stored already."""
    duty, moved, stored = statements(connection).known.rows(
        connection,
        tokens=sorted(tokens),
        attendees=sorted(set(attendee_ids)),
        ids=[one.hex for one in ids],
    )
    return Known(_refused(tokens, duty, now), _moves(moved), _stored(connection, stored))


def find_moves(connection: Connection, attendee_ids: Iterable[int]) -> dict[int, list[Moved]]:
    """Return how these people moved, as it arrived."""
    (moved,) = statements(connection).moves.rows(connection, attendees=sorted(set(attendee_ids)))
    return _moves(moved)


def _moves(rows: Rows) -> dict[int, list[Moved]]:
    moves: dict[int, list[Moved]] = defaultdict(list)
    arrived = ((instant_of(at), attendee_id, rest) for at, attendee_id, *rest in rows)
    for _at, attendee_id, rest in sorted(arrived, key=itemgetter(0, 1)):
        moves[attendee_id].append(_moved(*rest))
    return moves


def _moved(
    scanned_at: str,
    direction: str,
    station: str,
    reason: str | None,
    device_id: int | None,
    scan_id: str,
    room_id: int | None,
    departure_id: int | None,
    counts: bool,
) -> Moved:
    way, again = Direction(direction), reason is not None
    door = Door(None, departure_id) if way in IN_BUSES else Door(room_id)
    move = Move(instant_of(scanned_at), way, station, again, device_id, scan_id)
    return Moved(move, door, bool(counts))


def admitted_twice(moves: Iterable[Move]) -> dict[UUID, UUID]:
    """Return the scans that let in somebody who was inside, each with the scan that had."""
    seconds = second_admissions(moves)
    return {UUID(scan_id): UUID(first.scan_id) for scan_id, first in seconds.items()}


def _stored(connection: Connection, found: Rows) -> dict[UUID, dict[str, Any]]:
    """Return the scans that are stored under these ids; hardly ever there are any."""
    if not found:
        return {}
    rows = connection.execute(STORED, {"ids": [UUID(one) for (one,) in found]})
    return {row.id: dict(row._mapping) for row in rows}


def off_duty(connection: Connection, tokens: Collection[str], now: datetime) -> dict[str, str]:
    """Return why each of these tokens, by their hashes, is good for nothing; the others are not in.

    A device that was paired anew has another token: what called with the old one is a stranger.
    """
    (rows,) = statements(connection).on_duty.rows(connection, tokens=sorted(tokens))
    return _refused(tokens, rows, now)


def _refused(tokens: Collection[str], rows: Rows, now: datetime) -> dict[str, str]:
    refused = dict.fromkeys(tokens, "token_unknown")
    for token_hash, revoked_at, ends_at in rows:
        if revoked_at is not None:
            refused[token_hash] = "device_revoked"
        elif instant_of(ends_at) <= now:
            refused[token_hash] = "device_expired"
        else:
            del refused[token_hash]
    return refused
