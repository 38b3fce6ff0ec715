"""Steps about households in the caller's transaction: registering, cancelling, badge codes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.events import HouseholdCancelled, PersonCancelled
from jobfair.attendees.models import Attendee, BadgeCode, Household, Need
from jobfair.attendees.rules import (
    HOUSEHOLD_MOST,
    AttendeeState,
    HouseholdInput,
    HouseholdState,
    NeedInput,
    PersonInput,
)
from jobfair.core.codes import draw_code
from jobfair.core.db import assert_writing, conflicts
from jobfair.core.errors import Invalid, NotFound
from jobfair.core.events import publish
from jobfair.fairs.operations import free_places, lock_fair

CODES_AT_ONCE = 500
Row = dict[str, Any]


def add_household(fair_id: int, wish: HouseholdInput, *, now: datetime) -> Household:
    """Have the people of the household stand on the waiting list, each with a badge code.

    They hold no places yet: `places.operations.book` gives them. Raises
    Conflict("registered_already") where the same submission was stored before.
    """
    if not 1 <= len(wish.people) <= HOUSEHOLD_MOST:
        raise Invalid("household_size", most=HOUSEHOLD_MOST)
    session = assert_writing()
    household = Household(
        fair_id=fair_id,
        submission_key=wish.submission_key,
        state=HouseholdState.WAITLISTED,
        lang=wish.lang,
        municipality=wish.municipality,
        email=wish.email,
        phone=wish.phone,
        link_version=1,
        window_id=wish.window_id,
        take_at_once=wish.take_at_once,
        waiting_since=now,
        passed_over=0,
        partner_id=wish.partner_id,
        group_id=wish.group_id,
        registered_by=wish.registered_by,
        registered_at=now,
    )
    with conflicts(uq_household_fair_id_submission_key="registered_already"):
        session.add(household)
    _add(household, wish.people, 0, now)
    return household


def add_people(
    household: Household, people: Sequence[PersonInput], *, now: datetime
) -> list[Attendee]:
    """Have these people belong to the household too, each with a badge code and their needs."""
    most = sa.select(sa.func.max(Attendee.position)).where(Attendee.household_id == household.id)
    last = assert_writing().scalar(most)
    return _add(household, people, 0 if last is None else last + 1, now)


def _add(
    household: Household, people: Sequence[PersonInput], first: int, now: datetime
) -> list[Attendee]:
    session = assert_writing()
    rows = [
        person_row(household.fair_id, household.id, place, person)
        for place, person in enumerate(people, first)
    ]
    query = sa.insert(Attendee).returning(Attendee, sort_by_parameter_order=True)
    added = list(session.scalars(query, rows, execution_options={"render_nulls": True}))
    needs = [
        _need(person, need)
        for person, said in zip(added, people, strict=True)
        for need in said.needs
    ]
    if needs:
        session.execute(sa.insert(Need), needs)
    handed_out = {p.id: said.code for p, said in zip(added, people, strict=True) if said.code}
    _hold(handed_out, now)
    others = [person.id for person in added if person.id not in handed_out]
    issue_codes(household.fair_id, others, now=now)
    return added


def hold_places(household: Household, window_id: int | None) -> None:
    """Have the household stand as registered; the caller has counted its places."""
    assert_writing()
    household.state = HouseholdState.REGISTERED
    household.waiting_since, household.window_id = None, window_id


def replace_badge(attendee_id: int, *, now: datetime) -> None:
    """Have the person hold a new code; the old one opens no door."""
    session = assert_writing()
    query = sa.select(Attendee).where(Attendee.id == attendee_id).with_for_update()
    person = session.scalar(query)
    if person is None or person.state is AttendeeState.CANCELLED:
        raise NotFound("not_found")
    theirs = (BadgeCode.attendee_id == attendee_id, BadgeCode.voided_at.is_(None))
    session.execute(sa.update(BadgeCode).where(*theirs).values(voided_at=now))
    issue_codes(person.fair_id, [attendee_id], now=now)


def set_needs(person: Attendee, needs: Sequence[NeedInput]) -> bool:
    """Have the person need exactly this; tell whether it was otherwise."""
    session = assert_writing()
    before = session.scalars(sa.select(Need).where(Need.attendee_id == person.id)).all()
    if {(need.kind, need.lang) for need in before} == {(need.kind, need.lang) for need in needs}:
        return False
    session.execute(sa.delete(Need).where(Need.attendee_id == person.id))
    session.expire(person, ["needs"])
    if needs:
        session.execute(sa.insert(Need), [_need(person, need) for need in needs])
    return True


def cancel_household(household_id: int, *, now: datetime, by_us: bool = False) -> None:
    """Have nobody of the household hold a place any more; their badges say so at the door.

    Where it is done `by_us`, the caller tells the household why.
    """
    household = lock_household(household_id)
    people = coming(household)
    if household.state is HouseholdState.CANCELLED:
        return
    for person in people:
        person.state = AttendeeState.CANCELLED
    if holds_places(household):
        free_places(household.fair_id, len(people), household.window_id)
    household.state, household.waiting_since = HouseholdState.CANCELLED, None
    household.cancelled_at = now
    assert_writing().flush()
    publish(HouseholdCancelled(household.fair_id, household.id, now, by_us=by_us))


def cancel_person(attendee_id: int, *, now: datetime) -> None:
    """Have one person not hold a place any more; with the last one the household is cancelled."""
    session = assert_writing()
    query = sa.select(Attendee.household_id).where(Attendee.id == attendee_id)
    household_id = session.scalar(query)
    if household_id is None:
        raise NotFound("not_found")
    household = lock_household(household_id)
    people = coming(household)
    person = next((one for one in people if one.id == attendee_id), None)
    if person is None:
        return
    if len(people) == 1:
        cancel_household(household_id, now=now)
        return
    person.state = AttendeeState.CANCELLED
    if holds_places(household):
        free_places(household.fair_id, 1, household.window_id)
    session.flush()
    left = len(people) - 1
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
    codes = _take_codes(fair_id, len(attendee_ids))
    _hold(dict(zip(attendee_ids, codes, strict=True)), now)


def _hold(codes: Mapping[int, str], now: datetime) -> None:
    """Have each attendee hold the code."""
    rows = [
        {"code": code, "attendee_id": attendee_id, "issued_at": now}
        for attendee_id, code in codes.items()
    ]
    if rows:
        assert_writing().execute(sa.update(BadgeCode), rows)


def set_codes_aside(fair_id: int, device_id: int, wanted: int) -> None:
    """Have so many more codes of the fair's pool be for walk-ins at that device of the door."""
    if wanted > 0:
        rows = [{"code": code, "device_id": device_id} for code in _take_codes(fair_id, wanted)]
        assert_writing().execute(sa.update(BadgeCode), rows)


def _take_codes(fair_id: int, wanted: int) -> list[str]:
    """Return so many codes of the pool that nobody has; new ones are drawn where it runs low."""
    codes = _free_codes(fair_id, wanted)
    if len(codes) < wanted:
        _add_codes(fair_id, wanted - len(codes), None)
        codes = _free_codes(fair_id, wanted)
    return codes


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
            BadgeCode.device_id.is_(None),
            BadgeCode.voided_at.is_(None),
        )
        .limit(wanted)
        .with_for_update(skip_locked=True)
    )
    return list(assert_writing().scalars(query))


def person_row(fair_id: int, household_id: int, position: int, person: PersonInput) -> Row:
    """Return what the columns hold of a person who comes."""
    return {
        "fair_id": fair_id,
        "household_id": household_id,
        "position": position,
        "kind": person.kind,
        "state": AttendeeState.REGISTERED,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "own_given_name": person.own_given_name,
        "own_family_name": person.own_family_name,
        "name_key": person.search_key,
        "sound_key": person.sounds,
        "birth_year": person.birth_year,
        "speaks": list(person.speaks),
        "german_level": person.german_level,
        "work": [field.value for field in person.work],
        "licence": person.licence,
    }


def lock_household(household_id: int) -> Household:
    """Return the household as it is now with its people, unchanged by others until the end.

    The fair's row is locked before it, as everywhere. Raises NotFound.
    """
    session = assert_writing()
    fair_id = session.scalar(sa.select(Household.fair_id).where(Household.id == household_id))
    if fair_id is None:
        raise NotFound("not_found")
    lock_fair(fair_id)
    query = sa.select(Household).where(Household.id == household_id).with_for_update()
    fresh = query.options(selectinload(Household.people))
    return session.scalars(fresh.execution_options(populate_existing=True)).one()


def coming(household: Household) -> list[Attendee]:
    """Return those of the household who have not cancelled; its people must be loaded."""
    return [one for one in household.people if one.state is AttendeeState.REGISTERED]


def holds_places(household: Household) -> bool:
    """Tell whether the household counts among the fair's places."""
    return household.state is HouseholdState.REGISTERED and household.released_at is None


def _need(person: Attendee, need: NeedInput) -> Row:
    return {
        "fair_id": person.fair_id,
        "attendee_id": person.id,
        "kind": need.kind,
        "lang": need.lang,
    }
