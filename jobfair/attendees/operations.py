"""Steps about households in the caller's transaction: registering, cancelling, badge codes."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.events import HouseholdCancelled, PersonCancelled
from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import (
    HOUSEHOLD_MOST,
    AttendeeState,
    HouseholdInput,
    HouseholdState,
    PersonInput,
)
from jobfair.core.codes import draw_code
from jobfair.core.db import assert_writing, conflicts
from jobfair.core.errors import Invalid, NotFound
from jobfair.core.events import publish
from jobfair.fairs.operations import free_places, take_places

CODES_AT_ONCE = 500


def register_household(fair_id: int, wish: HouseholdInput, *, now: datetime) -> Household:
    """Have the people of the household hold places and badges.

    Raises Conflict("fair_full", left=…), and Conflict("registered_already") where the same
    submission was stored before.
    """
    if not 1 <= len(wish.people) <= HOUSEHOLD_MOST:
        raise Invalid("household_size", most=HOUSEHOLD_MOST)
    session = assert_writing()
    take_places(fair_id, len(wish.people))
    household = Household(
        fair_id=fair_id,
        submission_key=wish.submission_key,
        state=HouseholdState.REGISTERED,
        lang=wish.lang,
        municipality=wish.municipality,
        email=wish.email,
        phone=wish.phone,
        link_version=1,
        registered_at=now,
    )
    with conflicts(uq_household_fair_id_submission_key="registered_already"):
        session.add(household)
    people = [_attendee(household, place, one) for place, one in enumerate(wish.people)]
    session.add_all(people)
    session.flush()
    issue_codes(fair_id, [person.id for person in people], now=now)
    return household


def cancel_household(household_id: int, *, now: datetime) -> None:
    """Have nobody of the household hold a place any more; their badges say so at the door."""
    household = _lock_household(household_id)
    coming = _coming(household)
    if household.state is HouseholdState.CANCELLED:
        return
    for person in coming:
        person.state = AttendeeState.CANCELLED
    household.state = HouseholdState.CANCELLED
    household.cancelled_at = now
    free_places(household.fair_id, len(coming))
    assert_writing().flush()
    publish(HouseholdCancelled(household.fair_id, household.id, now))


def cancel_person(attendee_id: int, *, now: datetime) -> None:
    """Have one person not hold a place any more; with the last one the household is cancelled."""
    session = assert_writing()
    query = sa.select(Attendee.household_id).where(Attendee.id == attendee_id)
    household_id = session.scalar(query)
    if household_id is None:
        raise NotFound("not_found")
    household = _lock_household(household_id)
    coming = _coming(household)
    person = next((one for one in coming if one.id == attendee_id), None)
    if person is None:
        return
    if len(coming) == 1:
        cancel_household(household_id, now=now)
        return
    person.state = AttendeeState.CANCELLED
    free_places(household.fair_id, 1)
    session.flush()
    left = len(coming) - 1
    publish(PersonCancelled(household.fair_id, household.id, attendee_id, left, now))


def draw_codes(fair_id: int, wanted: int, *, rng: Random | None = None) -> None:
    """Have the fair's pool hold at least so many codes, issued or not.

    They are drawn ahead, so that the door knows a badge that was issued after its last contact.
    """
    query = sa.select(sa.func.count()).select_from(BadgeCode).where(BadgeCode.fair_id == fair_id)
    held = assert_writing().scalar(query) or 0
    _add_codes(fair_id, wanted - held, rng)


def issue_codes(fair_id: int, attendee_ids: Sequence[int], *, now: datetime) -> None:
    """Have each of these attendees hold a code of the fair's pool."""
    codes = _free_codes(fair_id, len(attendee_ids))
    if len(codes) < len(attendee_ids):
        _add_codes(fair_id, len(attendee_ids) - len(codes), None)
        codes = _free_codes(fair_id, len(attendee_ids))
    issued = [
        {"code": code, "attendee_id": attendee_id, "issued_at": now}
        for code, attendee_id in zip(codes, attendee_ids, strict=True)
    ]
    assert_writing().execute(sa.update(BadgeCode), issued)


def _add_codes(fair_id: int, missing: int, rng: Random | None) -> None:
    """Add new codes that no fair of this installation has."""
    session = assert_writing()
    while missing > 0:
        drawn = {draw_code(rng) for _ in range(min(missing, CODES_AT_ONCE))}
        known = session.scalars(sa.select(BadgeCode.code).where(BadgeCode.code.in_(drawn)))
        fresh = sorted(drawn.difference(known))
        if fresh:
            session.execute(
                sa.insert(BadgeCode), [{"code": code, "fair_id": fair_id} for code in fresh]
            )
        missing -= len(fresh)


def _free_codes(fair_id: int, wanted: int) -> list[str]:
    query = (
        sa.select(BadgeCode.code)
        .where(
            BadgeCode.fair_id == fair_id,
            BadgeCode.attendee_id.is_(None),
            BadgeCode.voided_at.is_(None),
        )
        .order_by(BadgeCode.code)
        .limit(wanted)
        .with_for_update(skip_locked=True)
    )
    return list(assert_writing().scalars(query))


def _attendee(household: Household, position: int, person: PersonInput) -> Attendee:
    return Attendee(
        fair_id=household.fair_id,
        household_id=household.id,
        position=position,
        kind=person.kind,
        state=AttendeeState.REGISTERED,
        given_name=person.given_name,
        family_name=person.family_name,
        own_given_name=person.own_given_name,
        own_family_name=person.own_family_name,
        name_key=person.search_key,
        birth_year=person.birth_year,
    )


def _lock_household(household_id: int) -> Household:
    """Return the household as it is now with its people, unchanged by others until the end."""
    session = assert_writing()
    query = sa.select(Household).where(Household.id == household_id).with_for_update()
    fresh = query.options(selectinload(Household.people))
    household = session.scalar(fresh.execution_options(populate_existing=True))
    if household is None:
        raise NotFound("not_found")
    return household


def _coming(household: Household) -> list[Attendee]:
    return [one for one in household.people if one.state is AttendeeState.REGISTERED]
