"""Who is on a roster, and who of them is inside: all of a fair, or those of whom there is news."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import AttendeeKind
from jobfair.checkin.hashes import badge_hash, household_mark
from jobfair.checkin.lookup import Door, Moved, badge_state, find_moves
from jobfair.checkin.models import Conflict, Scan
from jobfair.checkin.queries import at_door
from jobfair.checkin.rules import OUTSIDE, WAYS_IN, BadgeState, Move, Presence, presence
from jobfair.checkin.wire import show_time

NAMED = (BadgeState.ADMIT, BadgeState.WAITLISTED)
NAMELESS = {"name": "", "given": "", "own_script": "", "sounds": ""}
HELPER = "helper"
Entry = dict[str, Any]
NO_RIDERS: Mapping[Any, Any] = MappingProxyType({})

HOLDERS = (
    sa.select(
        BadgeCode.code,
        BadgeCode.attendee_id,
        BadgeCode.voided_at,
        Attendee.kind,
        Attendee.state,
        Attendee.given_name,
        Attendee.family_name,
        Attendee.own_given_name,
        Attendee.own_family_name,
        Attendee.sound_key,
        Attendee.household_id,
        Household.state.label("household_state"),
        Household.lang,
    )
    .join_from(BadgeCode, Attendee, Attendee.id == BadgeCode.attendee_id)
    .join(Household, Household.id == Attendee.household_id)
)
FAIR: sa.BindParameter[int] = sa.bindparam("fair_id")
SINCE: sa.BindParameter[datetime] = sa.bindparam("since")
OF_FAIR = HOLDERS.where(BadgeCode.fair_id == FAIR)
OF_PEOPLE = HOLDERS.where(BadgeCode.attendee_id.in_(sa.bindparam("ids", expanding=True)))
NEWS: sa.CompoundSelect[int | None] = sa.union(
    sa.select(BadgeCode.attendee_id).where(BadgeCode.fair_id == FAIR, BadgeCode.changed_at > SINCE),
    sa.select(Attendee.id).where(Attendee.fair_id == FAIR, Attendee.changed_at > SINCE),
    sa.select(Attendee.id)
    .join(Household, Household.id == Attendee.household_id)
    .where(Household.fair_id == FAIR, Household.changed_at > SINCE),
    sa.select(Scan.attendee_id).where(Scan.fair_id == FAIR, Scan.received_at > SINCE, Scan.passed),
    sa.select(Scan.attendee_id).where(
        Scan.fair_id == FAIR, Scan.undone_at.is_not(None), Scan.undone_at > SINCE
    ),
    sa.select(Scan.attendee_id)  # let in by a scan that was known before, as came out since
    .join(Conflict, Conflict.scan_id == Scan.id)
    .where(Conflict.fair_id == FAIR, Conflict.made_at > SINCE),
)
CODES = sa.select(BadgeCode.code).where(BadgeCode.fair_id == FAIR)


def find_news(session: Session, fair_id: int, since: datetime) -> set[int]:
    """Return the people of whom the roster may say something else than it did then."""
    rows = session.connection().execute(NEWS, {"fair_id": fair_id, "since": since})
    return {row.attendee_id for row in rows if row.attendee_id is not None}


@dataclass(frozen=True)
class View:
    """What a device sees of the moves of people: those through its own door, up to now.

    A rehearsal before the fair's day also sees what doesn't count, as its like.
    """

    door: Door
    until: datetime
    rehearsal: bool

    def shows(self, moved: Moved) -> bool:
        """Tell whether the device sees it."""
        counts = moved.counts or self.rehearsal
        return counts and moved.move.at <= self.until and moved.concerns(self.door)


def list_entries(
    session: Session,
    fair_id: int,
    ids: Collection[int] | None,
    view: View,
    salt: bytes,
    riders: Mapping[int, Entry] = NO_RIDERS,
) -> list[Entry]:
    """Return the entries of these people, or of all; one for each code that somebody holds.

    Of `riders` the devices of their bus are told more.
    """
    if ids is None:
        rows = session.connection().execute(OF_FAIR, {"fair_id": fair_id})
        inside = _inside_of_all(session, fair_id, view)
    else:
        rows = session.connection().execute(OF_PEOPLE, {"ids": sorted(ids)})
        inside = _inside_of(session, ids, view)
    return [
        entry_of(row, salt, inside.get(row.attendee_id, OUTSIDE), riders.get(row.attendee_id, {}))
        for row in rows
    ]


def list_pool(
    session: Session, fair_id: int, since: datetime | None, salt: bytes, *, held: bool
) -> list[str]:
    """Return the hashes of the codes, or of those drawn since; `held`: of somebody's badge too.

    Whoever is no entry of a bus has a genuine badge all the same: it is that of another bus.
    """
    query = CODES if held else CODES.where(BadgeCode.attendee_id.is_(None))
    if since is not None:
        query = query.where(BadgeCode.changed_at > since)
    rows = session.connection().scalars(query, {"fair_id": fair_id})
    return [badge_hash(code, salt) for code in rows]


def entry_of(
    row: Any, salt: bytes, inside: Presence, as_rider: Mapping[str, Any] = NO_RIDERS
) -> Entry:
    """Return what a device is told; whoever isn't expected has no name there."""
    state = badge_state(row)
    return {
        "hash": badge_hash(row.code, salt),
        "state": state.value,
        **(_names_of(row) if state in NAMED else NAMELESS),
        "lang": row.lang,
        "household": household_mark(row.household_id, salt),
        "inside": show_inside(inside),
        "hint": HELPER if row.kind is AttendeeKind.HELPER else "",
        "stop": "",
        **(as_rider if state in NAMED else {}),
    }


def _names_of(row: Any) -> Entry:
    return {
        "name": f"{row.given_name} {row.family_name}".rstrip(),
        "given": row.given_name,
        "own_script": f"{row.own_given_name} {row.own_family_name}".strip(),
        "sounds": row.sound_key.replace("|", " ").lstrip(),
    }


def show_inside(inside: Presence) -> dict[str, str] | None:
    """Return since when and where somebody is inside, None for outside."""
    if inside.since is None:
        return None
    return {"since": show_time(inside.since), "station": inside.station}


def _inside_of(session: Session, ids: Iterable[int], view: View) -> dict[int, Presence]:
    """Return where these people are, as the device sees it."""
    return {
        attendee_id: presence(moved.move for moved in moves if view.shows(moved))
        for attendee_id, moves in find_moves(session.connection(), ids).items()
    }


def _inside_of_all(session: Session, fair_id: int, view: View) -> dict[int, Presence]:
    """Return where everybody is who is inside, as the device sees it."""
    by_time = (Scan.scanned_at, Scan.received_at)
    went_out = sa.case((Scan.direction.in_(WAYS_IN), 0), else_=1)
    moved = (
        sa.select(
            Scan.attendee_id,
            Scan.scanned_at,
            Scan.direction,
            Scan.station,
            Scan.override_reason.is_not(None).label("again"),
            Scan.received_at,
            sa.func.sum(went_out)
            .over(partition_by=Scan.attendee_id, order_by=[time.desc() for time in by_time])
            .label("outs_since"),
        )
        .where(
            Scan.fair_id == fair_id,
            Scan.passed,
            sa.or_(Scan.counts, sa.literal(view.rehearsal)),
            Scan.scanned_at <= view.until,
            Scan.undone_at.is_(None),
            _through(view.door),
        )
        .subquery()
    )
    query = sa.select(moved).where(moved.c.outs_since == 0).order_by(moved.c.received_at)
    moves: dict[int, list[Move]] = defaultdict(list)
    for attendee_id, at, direction, station, again, *_order in session.connection().execute(query):
        moves[attendee_id].append(Move(at, direction, station, again))
    return {attendee_id: presence(theirs) for attendee_id, theirs in moves.items()}


def _through(door: Door) -> sa.ColumnElement[bool]:
    if door.departure_id is not None:
        return Scan.departure_id == door.departure_id
    return at_door(door.room_id)
