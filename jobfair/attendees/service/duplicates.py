"""Use cases about people registered twice: seen by a human, merged or called two people."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import Attendee, Household, KnownDistinct, Need
from jobfair.attendees.operations import cancel_person, lock_household, set_needs
from jobfair.attendees.rules import AttendeeState, NeedInput, PersonInput
from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, transaction
from jobfair.core.errors import NotFound
from jobfair.fairs.operations import lock_fair

OWN_NAME = ("own_given_name", "own_family_name")
GIVEN_ON = ("birth_year", "speaks", "german_level", "work", "licence")
CONTACT = ("email", "phone")


def merge(fair_id: int, kept_id: int, other_id: int, *, actor: Actor, now: datetime) -> None:
    """Have one person be left of two: it gets what it lacks, the other is cancelled as usual.

    The household keeps its own way to be reached where it has one.
    """
    with transaction():
        lock_fair(fair_id)
        kept, other = _locked(fair_id, kept_id, other_id)
        filled = _fill(kept, other) | _fill_contact(kept.household_id, other.household_id)
        if _share_needs(kept.id, other.id):
            filled.add("needs")
        cancel_person(other_id, now=now)
        record(
            actor,
            "attendee.merged",
            "attendee",
            kept_id,
            now=now,
            fair_id=fair_id,
            fields=sorted(filled),
        )
        record(actor, "attendee.cancelled", "attendee", other_id, now=now, fair_id=fair_id)


def call_distinct(fair_id: int, one_id: int, other_id: int, *, actor: Actor, now: datetime) -> None:
    """Have two people known as two, who are not shown as one again."""
    with transaction() as session:
        lock_fair(fair_id)
        first, second = sorted((one_id, other_id))
        _locked(fair_id, first, second)
        if session.get(KnownDistinct, (fair_id, first, second)) is None:
            session.add(KnownDistinct(fair_id=fair_id, first_id=first, second_id=second))
            record(actor, "attendee.distinct", "attendee", first, now=now, fair_id=fair_id)


def _locked(fair_id: int, *ids: int) -> list[Attendee]:
    """Return these people of the fair, who both come, unchanged by others; raise NotFound."""
    query = sa.select(Attendee).where(Attendee.fair_id == fair_id, Attendee.id.in_(ids))
    found = {person.id: person for person in assert_writing().scalars(query)}
    for household_id in sorted({person.household_id for person in found.values()}):
        lock_household(household_id)
    come = {one for one in found if found[one].state is AttendeeState.REGISTERED}
    if len(come) < len(ids):
        raise NotFound("not_found")
    return [found[one] for one in ids]


def _fill(kept: Attendee, other: Attendee) -> set[str]:
    """Give the kept person what it lacks; return what that was."""
    filled = {name for name in GIVEN_ON if not getattr(kept, name) and getattr(other, name)}
    if not kept.own_name and other.own_name:
        filled |= set(OWN_NAME)
    for name in filled:
        setattr(kept, name, getattr(other, name))
    said = _as_said(kept)
    kept.name_key, kept.sound_key = said.search_key, said.sounds
    return filled


def _as_said(person: Attendee) -> PersonInput:
    return PersonInput(
        kind=person.kind,
        given_name=person.given_name,
        family_name=person.family_name,
        own_given_name=person.own_given_name,
        own_family_name=person.own_family_name,
        birth_year=person.birth_year,
    )


def _fill_contact(kept_id: int, other_id: int) -> set[str]:
    session = assert_writing()
    kept, other = session.get_one(Household, kept_id), session.get_one(Household, other_id)
    filled = {name for name in CONTACT if not getattr(kept, name) and getattr(other, name)}
    for name in filled:
        setattr(kept, name, getattr(other, name))
    return filled


def _share_needs(kept_id: int, other_id: int) -> bool:
    """Give the kept person the other's needs besides its own; tell whether there were any."""
    session = assert_writing()
    query = sa.select(Need).where(Need.attendee_id.in_((other_id, kept_id)))
    rows = sorted(session.scalars(query), key=lambda need: need.attendee_id == kept_id)
    needs = {need.kind: NeedInput(need.kind, need.lang) for need in rows}
    return set_needs(session.get_one(Attendee, kept_id), tuple(needs.values()))
