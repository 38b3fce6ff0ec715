"""What the decision on a batch of scans rests on, read with one statement of each kind."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.checkin.models import Scan
from jobfair.checkin.rules import MOVES, BadgeState, Move
from jobfair.checkin.wire import Holder

badges, people, households, scans = (
    table.__table__ for table in (BadgeCode, Attendee, Household, Scan)
)

BADGES = (
    sa.select(
        badges.c.code,
        badges.c.fair_id,
        badges.c.attendee_id,
        badges.c.voided_at,
        people.c.state,
        people.c.household_id,
        households.c.state.label("household_state"),
        households.c.lang,
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
PEOPLE = (
    sa.select(
        people.c.id,
        people.c.household_id,
        people.c.state,
        people.c.given_name,
        people.c.family_name,
        people.c.own_given_name,
        people.c.own_family_name,
    )
    .where(people.c.household_id.in_(sa.bindparam("households", expanding=True)))
    .order_by(people.c.position)
)
MOVED = (
    sa.select(
        scans.c.attendee_id,
        scans.c.scanned_at,
        scans.c.outcome,
        scans.c.station,
        scans.c.override_reason,
        scans.c.counts,
    )
    .where(
        scans.c.attendee_id.in_(sa.bindparam("attendees", expanding=True)),
        scans.c.outcome.in_(MOVES),
        scans.c.undone_at.is_(None),
    )
    .order_by(scans.c.received_at)
)
STORED = sa.select(scans).where(scans.c.id.in_(sa.bindparam("ids", expanding=True)))


@dataclass(frozen=True)
class Badge:
    """A code, what it is worth and whose it is; `fair_id` None means that no fair has it."""

    fair_id: int | None
    state: BadgeState
    attendee_id: int | None = None
    holder: Holder | None = None

    def at(self, fair_id: int) -> "Badge":
        """Return what the door of that fair is told: of another fair's badge no more than that."""
        if self.fair_id in (None, fair_id):
            return self
        return Badge(self.fair_id, BadgeState.WRONG_FAIR)


NO_BADGE = Badge(None, BadgeState.UNKNOWN)


def find_badges(session: Session, codes: Collection[str]) -> dict[str, Badge]:
    """Return the badges of these codes, locked in the order of the codes."""
    rows = session.execute(BADGES, {"codes": sorted(set(codes))}).all()
    holders = _holders(session, rows)
    return {
        row.code: Badge(row.fair_id, _state(row), row.attendee_id, holders.get(row.attendee_id))
        for row in rows
    }


def find_moves(session: Session, attendee_ids: Iterable[int]) -> dict[int, list[tuple[Move, bool]]]:
    """Return how these people moved, as it arrived, each with whether it counts."""
    moves: dict[int, list[tuple[Move, bool]]] = defaultdict(list)
    ids = sorted(set(attendee_ids))
    for row in session.execute(MOVED, {"attendees": ids}) if ids else ():
        again = row.override_reason is not None
        move = Move(row.scanned_at, row.outcome, row.station, again)
        moves[row.attendee_id].append((move, row.counts))
    return moves


def find_stored(session: Session, ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the scans that are stored already under these ids."""
    rows = session.execute(STORED, {"ids": list(ids)})
    return {row.id: dict(row._mapping) for row in rows}


def _state(row: Any) -> BadgeState:
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


def _holders(session: Session, rows: Sequence[Any]) -> dict[int, Holder]:
    """Return how the people of these badges are shown, with who comes with them."""
    langs = {row.household_id: row.lang for row in rows if row.household_id is not None}
    if not langs:
        return {}
    found = session.execute(PEOPLE, {"households": sorted(langs)}).all()
    coming = _coming(found)
    return {
        person.id: Holder(
            short_name(person.given_name, person.family_name),
            short_name(person.own_given_name, person.own_family_name),
            langs[person.household_id],
            tuple(o.given_name for o in coming[person.household_id] if o.id != person.id),
        )
        for person in found
    }


def _coming(people: Iterable[Any]) -> dict[int, list[Any]]:
    """Return who comes, by household."""
    coming: dict[int, list[Any]] = defaultdict(list)
    for person in people:
        if person.state is AttendeeState.REGISTERED:
            coming[person.household_id].append(person)
    return coming


def short_name(given: str, family: str) -> str:
    """Return the first name and the initial."""
    return f"{given} {family[0]}." if family else given
