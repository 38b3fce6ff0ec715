"""Use case of people who come without a registration: a household at the door."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import BadgeCode, Household
from jobfair.attendees.operations import add_household
from jobfair.attendees.rules import HouseholdInput
from jobfair.audit.operations import record
from jobfair.checkin.duty import Duty
from jobfair.checkin.items import WalkIn
from jobfair.checkin.lookup import admitted_twice, find_moves
from jobfair.checkin.models import Conflict as DoorConflict
from jobfair.checkin.models import Scan
from jobfair.checkin.rules import (
    LET_IN,
    ConflictKind,
    ItemKind,
    passes,
    time_counts,
)
from jobfair.checkin.service.conflicts import settle
from jobfair.checkin.service.items import Answer, answer_once
from jobfair.core.actor import Actor, ActorKind
from jobfair.core.db import assert_writing
from jobfair.core.errors import Conflict, NotFound
from jobfair.fairs.operations import lock_fair
from jobfair.places.operations import book, is_day
from jobfair.privacy.operations import record_consent
from jobfair.privacy.rules import NOTICE_VERSION

REGISTERED_SINCE = "inzwischen angemeldet"  # as in the reasons that people write
CONSENT_TEXT = "registration"  # said aloud at the door: the text that others read


def register_walk_in(duty: Duty, walk_in: WalkIn, *, now: datetime) -> Answer:
    """Have the household hold places, or wait where there are none, with the badges it was given.

    Raises NotFound("code_unknown"), Conflict("code_taken"), Conflict("id_reused") and OffDuty.
    """
    return answer_once(
        duty, walk_in, ItemKind.WALK_IN, lambda: _register(duty, walk_in, now), now=now
    )


def _register(duty: Duty, walk_in: WalkIn, now: datetime) -> Answer:
    codes = [person.code for person in walk_in.people]
    _lock_codes(duty, codes)
    counts = time_counts(walk_in.registered_at, now, duty.first_day)
    household = _add(duty.fair_id, walk_in, min(walk_in.registered_at, now) if counts else now)
    _claim_scans(duty, codes, now)
    record_consent("household", household.id, CONSENT_TEXT, NOTICE_VERSION, walk_in.lang, now=now)
    record(
        Actor(ActorKind.DEVICE, duty.device_id),
        "household.registered",
        "household",
        household.id,
        now=now,
        fair_id=duty.fair_id,
        fields=["people"],
    )
    return {"state": household.state.value}


def _lock_codes(duty: Duty, codes: Sequence[str]) -> None:
    """Have nobody else hand out these codes, which must be of the device's block.

    They are locked before the fair, as by the scans of their badges.
    """
    query = sa.select(BadgeCode).where(
        BadgeCode.fair_id == duty.fair_id,
        BadgeCode.code.in_(codes),
        BadgeCode.device_id == duty.device_id,
    )
    found = assert_writing().scalars(query.order_by(BadgeCode.code).with_for_update()).all()
    if len(found) < len(codes):
        raise NotFound("code_unknown")
    if any(code.attendee_id is not None or code.voided_at is not None for code in found):
        raise Conflict("code_taken")


def _add(fair_id: int, walk_in: WalkIn, at: datetime) -> Household:
    """Add the household; on the fair's day it waits where the fair is full."""
    wish = HouseholdInput(
        submission_key=walk_in.id.hex,
        lang=walk_in.lang,
        municipality=walk_in.municipality,
        email="",
        phone="",
        people=walk_in.people,
    )
    fair = lock_fair(fair_id)
    full = fair.places_taken + len(wish.people) > fair.capacity
    if full and is_day(fair, at):
        return add_household(fair_id, wish, now=at)
    return book(fair_id, wish, now=at)


def _claim_scans(duty: Duty, codes: Sequence[str], now: datetime) -> None:
    """Have scans of these badges that arrived before their people be theirs.

    The answers stay; that nobody held the badge is settled by its holder.
    """
    session = assert_writing()
    holders = sa.select(BadgeCode.code, BadgeCode.attendee_id).where(BadgeCode.code.in_(codes))
    attendees = {row.code: row.attendee_id for row in session.execute(holders)}
    query = sa.select(Scan).where(
        Scan.fair_id == duty.fair_id, Scan.badge.in_(codes), Scan.attendee_id.is_(None)
    )
    claimed = session.scalars(query).all()
    for scan in claimed:
        scan.attendee_id = attendees[scan.badge]
        let_in = scan.offline and scan.decided in LET_IN
        scan.passed = passes(scan.direction, scan.outcome, known=True, let_in=let_in)
        settle(scan, REGISTERED_SINCE, Actor(ActorKind.DEVICE, duty.device_id), now=now)
    session.flush()
    for attendee_id in {scan.attendee_id or 0 for scan in claimed if scan.passed}:
        _list_second_admissions(duty.fair_id, attendee_id, now)


def _list_second_admissions(fair_id: int, attendee_id: int, now: datetime) -> None:
    """List what only shows now that the badge has a holder: it was let in twice."""
    moves = find_moves(assert_writing().connection(), [attendee_id])[attendee_id]
    counting = [moved for moved in moves if moved.counts]
    for door in {moved.door for moved in counting}:
        seconds = admitted_twice(one.move for one in counting if one.concerns(door))
        assert_writing().add_all(
            DoorConflict(
                fair_id=fair_id,
                kind=ConflictKind.DOUBLE_ADMISSION,
                scan_id=scan_id,
                other_id=first_id,
                made_at=now,
            )
            for scan_id, first_id in seconds.items()
        )
