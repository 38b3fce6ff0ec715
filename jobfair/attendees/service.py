"""Use cases about households that are registered: cancelling, correcting, handing out the list."""

from dataclasses import dataclass
from datetime import datetime

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.operations import cancel_household, cancel_person
from jobfair.attendees.queries import Filters, Listed, get_household, list_people
from jobfair.attendees.rules import AttendeeState, PersonInput, can_cancel
from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.fairs.queries import get_fair

CONTACT_FIELDS = ("lang", "municipality", "email", "phone")
PERSON_FIELDS = ("given_name", "family_name", "own_given_name", "own_family_name", "birth_year")


@dataclass(frozen=True)
class Correction:
    """What a household is to be called and reached by, its people in their order."""

    lang: str
    municipality: str
    email: str
    phone: str
    people: tuple[PersonInput, ...]


def cancel(household_id: int, *, actor: Actor, now: datetime) -> None:
    """Have nobody of the household come any more, its places and seats free."""
    with transaction():
        household = _cancellable(household_id, now)
        cancel_household(household.id, now=now)
        _record(actor, "household.cancelled", household, now)


def cancel_one(household_id: int, position: int, *, actor: Actor, now: datetime) -> None:
    """Have the person at that place of the household not come any more."""
    with transaction():
        household = _cancellable(household_id, now)
        person = next((one for one in household.people if one.position == position), None)
        if person is None or person.state is AttendeeState.CANCELLED:
            raise NotFound("not_found")
        cancel_person(person.id, now=now)
        record(
            actor, "attendee.cancelled", "attendee", person.id, now=now, fair_id=household.fair_id
        )


def correct(household_id: int, correction: Correction, *, actor: Actor, now: datetime) -> None:
    """Have names, contact, language and place be as corrected; the log names the fields only."""
    with transaction():
        household = get_household(household_id)
        if household.erased_at is not None or len(household.people) != len(correction.people):
            raise NotFound("not_found")
        changed = _assign(household, correction, CONTACT_FIELDS)
        for person, wanted in zip(household.people, correction.people, strict=True):
            changed |= _assign(person, wanted, PERSON_FIELDS)
            person.name_key, person.sound_key = wanted.search_key, wanted.sounds
        if changed:
            _record(actor, "household.corrected", household, now, changed)


def export_people(fair_id: int, filters: Filters, *, actor: Actor, now: datetime) -> list[Listed]:
    """Return the people that match, to be taken out; it stays on record who did."""
    with transaction():
        _total, people = list_people(fair_id, filters)
        record(actor, "people.exported", "fair", fair_id, now=now, fair_id=fair_id)
        return people


def _assign(row: Household | Attendee, wanted: object, fields: tuple[str, ...]) -> set[str]:
    """Give the row the wanted values; return the names of those that were others."""
    changed = {name for name in fields if getattr(row, name) != getattr(wanted, name)}
    for name in changed:
        setattr(row, name, getattr(wanted, name))
    return changed


def _record(
    actor: Actor, action: str, household: Household, now: datetime, fields: set[str] | None = None
) -> None:
    record(
        actor,
        action,
        "household",
        household.id,
        now=now,
        fair_id=household.fair_id,
        fields=fields or (),
    )


def _cancellable(household_id: int, now: datetime) -> Household:
    household = get_household(household_id)
    fair = get_fair(household.fair_id)
    if not can_cancel(fair.phase, fair.ends_at, now):
        raise Conflict("cancelled_too_late")
    return household
