"""What the decision on a batch of scans rests on, read with one statement of each kind."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.checkin.models import Device, Scan, Shift
from jobfair.checkin.rules import IN_BUSES, BadgeState, Direction, Move

badges, people, households, scans, devices, shifts = (
    table.__table__ for table in (BadgeCode, Attendee, Household, Scan, Device, Shift)
)

BADGES = (
    sa.select(
        badges.c.code,
        badges.c.fair_id,
        badges.c.attendee_id,
        badges.c.voided_at,
        people.c.state,
        households.c.state.label("household_state"),
    )
    .select_from(
        badges.outerjoin(people, people.c.id == badges.c.attendee_id).outerjoin(
            households, households.c.id == people.c.household_id
        )
    )
    .where(badges.c.code.in_(sa.bindparam("codes", expanding=True)))
    .order_by(badges.c.code)
    .with_for_update(of=badges)
)
MOVED = (
    sa.select(
        scans.c.id,
        scans.c.attendee_id,
        scans.c.scanned_at,
        scans.c.direction,
        scans.c.station,
        scans.c.override_reason,
        scans.c.counts,
        scans.c.device_id,
        scans.c.room_id,
        scans.c.departure_id,
    )
    .where(
        scans.c.attendee_id.in_(sa.bindparam("attendees", expanding=True)),
        scans.c.passed,
        scans.c.undone_at.is_(None),
    )
    .order_by(scans.c.received_at)
)
STORED = sa.select(scans).where(scans.c.id.in_(sa.bindparam("ids", expanding=True)))
ON_DUTY = (
    sa.select(devices.c.token_hash, devices.c.revoked_at, shifts.c.ends_at)
    .select_from(devices.join(shifts, shifts.c.id == devices.c.shift_id))
    .where(devices.c.token_hash.in_(sa.bindparam("tokens", expanding=True)))
)


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


def find_badges(connection: Connection, codes: Collection[str]) -> dict[str, Badge]:
    """Return the badges of these codes, locked in the order of the codes."""
    rows = connection.execute(BADGES, {"codes": sorted(set(codes))})
    return {row.code: Badge(row.fair_id, badge_state(row), row.attendee_id) for row in rows}


def badge_state(row: Any) -> BadgeState:
    """Return what a badge is worth by `attendee_id`, both states and `voided_at` of the row."""
    if row.attendee_id is None:
        return BadgeState.UNKNOWN
    gone = row.state is AttendeeState.CANCELLED
    if gone or row.household_state is HouseholdState.CANCELLED:
        return BadgeState.CANCELLED
    if row.voided_at is not None:
        return BadgeState.BLOCKED
    if row.household_state is HouseholdState.WAITLISTED:
        return BadgeState.WAITLISTED
    return BadgeState.ADMIT


def find_moves(connection: Connection, attendee_ids: Iterable[int]) -> dict[int, list[Moved]]:
    """Return how these people moved, as it arrived."""
    moves: dict[int, list[Moved]] = defaultdict(list)
    ids = sorted(set(attendee_ids))
    for row in connection.execute(MOVED, {"attendees": ids}) if ids else ():
        moves[row.attendee_id].append(Moved(_move(row), door_of(row), row.counts))
    return moves


def _move(row: Any) -> Move:
    again = row.override_reason is not None
    return Move(row.scanned_at, row.direction, row.station, again, row.device_id, row.id)


def door_of(row: Any) -> Door:
    """Return which door the scan of that row was at."""
    return Door(None, row.departure_id) if row.direction in IN_BUSES else Door(row.room_id)


def find_stored(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the scans that are stored already under these ids."""
    rows = connection.execute(STORED, {"ids": list(ids)})
    return {row.id: dict(row._mapping) for row in rows}


def off_duty(connection: Connection, tokens: Collection[str], now: datetime) -> dict[str, str]:
    """Return why each of these tokens, by their hashes, is good for nothing; the others are not in.

    A device that was paired anew has another token: what called with the old one is a stranger.
    """
    refused = dict.fromkeys(tokens, "token_unknown")
    for row in connection.execute(ON_DUTY, {"tokens": sorted(tokens)}) if tokens else ():
        if row.revoked_at is not None:
            refused[row.token_hash] = "device_revoked"
        elif row.ends_at <= now:
            refused[row.token_hash] = "device_expired"
        else:
            del refused[row.token_hash]
    return refused
