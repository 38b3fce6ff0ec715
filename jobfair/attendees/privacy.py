"""The personal data of households and people: emptied, never deleted, so that counts stand."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from jobfair.attendees.models import Attendee, BadgeCode, Household, Need
from jobfair.core.actor import SYSTEM
from jobfair.core.db import assert_writing
from jobfair.core.errors import NotFound
from jobfair.fairs.models import Fair
from jobfair.privacy import operations
from jobfair.privacy.registry import Holder, Retention, Row, Subject, rows_of

KEEP = timedelta(days=90)
KEEP_NEEDS = timedelta(days=7)
NAMES = (
    "given_name",
    "family_name",
    "own_given_name",
    "own_family_name",
    "name_key",
    "sound_key",
)


def _export_household(household_id: int) -> list[Row]:
    return rows_of(sa.select(Household).where(Household.id == household_id))


def _erase_household(household_id: int, now: datetime) -> None:
    household = assert_writing().get(Household, household_id, with_for_update=True)
    if household is None:
        raise NotFound("not_found")
    household.email = household.phone = ""
    household.submission_key = f"erased-{household_id}"
    household.link_version += 1
    household.erased_at = household.erased_at or now


def _expire_households(before: datetime, now: datetime) -> int:
    """Forget the households of fairs that ended before."""
    past = (
        sa.select(Household.id)
        .join(Fair, Fair.id == Household.fair_id)
        .where(Fair.ends_at < before, Household.erased_at.is_(None))
    )
    ids = list(assert_writing().scalars(past))
    for household_id in ids:
        operations.erase(Subject.HOUSEHOLD, household_id, SYSTEM, now=now)
    return len(ids)


def _export_people(household_id: int) -> list[Row]:
    query = sa.select(Attendee).where(Attendee.household_id == household_id)
    return rows_of(query.order_by(Attendee.position))


def _erase_people(household_id: int, _now: datetime) -> None:
    empty = dict.fromkeys(NAMES, "")
    query = sa.update(Attendee).where(Attendee.household_id == household_id)
    assert_writing().execute(
        query.values(birth_year=None, speaks=[], german_level=None, work=[], licence=None, **empty)
    )


def _export_needs(household_id: int) -> list[Row]:
    query = sa.select(Need).where(Need.attendee_id.in_(_ids(household_id)))
    return rows_of(query.order_by(Need.id))


def _erase_needs(household_id: int, _now: datetime) -> None:
    assert_writing().execute(sa.delete(Need).where(Need.attendee_id.in_(_ids(household_id))))


def _expire_needs(before: datetime, _now: datetime) -> int:
    """Forget what people needed at fairs that ended before."""
    past = sa.select(Fair.id).where(Fair.ends_at < before)
    query = sa.delete(Need).where(Need.fair_id.in_(past))
    return len(assert_writing().scalars(query.returning(Need.id)).all())


def _export_codes(household_id: int) -> list[Row]:
    return rows_of(sa.select(BadgeCode).where(BadgeCode.attendee_id.in_(_ids(household_id))))


def _void_codes(household_id: int, now: datetime) -> None:
    """Have the printed codes open no door; the scans that name them stand."""
    theirs = sa.and_(BadgeCode.attendee_id.in_(_ids(household_id)), BadgeCode.voided_at.is_(None))
    assert_writing().execute(sa.update(BadgeCode).where(theirs).values(voided_at=now))


def _ids(household_id: int) -> sa.Select[int]:
    return sa.select(Attendee.id).where(Attendee.household_id == household_id)


HOLDERS = (
    Holder(
        "household",
        Subject.HOUSEHOLD,
        _export_household,
        _erase_household,
        Retention(KEEP, _expire_households),
    ),
    Holder("attendee", Subject.HOUSEHOLD, _export_people, _erase_people),
    Holder(
        "need",
        Subject.HOUSEHOLD,
        _export_needs,
        _erase_needs,
        Retention(KEEP_NEEDS, _expire_needs),
    ),
    Holder("badge_code", Subject.HOUSEHOLD, _export_codes, _void_codes),
)
