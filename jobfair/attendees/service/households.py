"""Use cases about households that are registered: cancelling, correcting, handing out the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jobfair.attendees.events import HouseholdChanged, LinkRenewed
from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.operations import (
    cancel_household,
    cancel_person,
    coming,
    lock_household,
    replace_badge,
    set_needs,
)
from jobfair.attendees.ports import ports
from jobfair.attendees.queries import Filters, Listed, get_household, list_people
from jobfair.attendees.rules import AttendeeKind, PersonInput, can_cancel
from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.core.events import publish
from jobfair.fairs.operations import lock_fair

CONTACT_FIELDS = ("lang", "municipality", "email", "phone")
PERSON_FIELDS = ("given_name", "family_name", "own_given_name", "own_family_name", "birth_year")
ADULT_FIELDS = ("speaks", "german_level", "work", "licence")


@dataclass(frozen=True)
class Correction:
    """What a household is to be called and reached by, its people in their order.

    Of window and free places None means that it stays as it is.
    """

    lang: str
    municipality: str
    email: str
    phone: str
    people: tuple[PersonInput, ...]
    window_id: int | None = None
    take_at_once: bool | None = None


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
        person = _at(household, position)
        cancel_person(person.id, now=now)
        record(
            actor, "attendee.cancelled", "attendee", person.id, now=now, fair_id=household.fair_id
        )


def correct(household_id: int, correction: Correction, *, actor: Actor, now: datetime) -> None:
    """Have the household and its people be as corrected; the log names the fields only.

    Raises Conflict where the arrival window is full; then nothing is changed.
    """
    with transaction():
        changed = _change_window(household_id, correction.window_id, now)
        household = lock_household(household_id)
        if household.erased_at is not None or len(household.people) != len(correction.people):
            raise NotFound("not_found")
        changed |= _assign(household, correction, CONTACT_FIELDS)
        if correction.take_at_once is not None:
            changed |= _assign(household, correction, ("take_at_once",))
        if "email" in changed:
            household.email_failed_at = None
        pairs = list(zip(household.people, correction.people, strict=True))
        for person, wanted in pairs:
            changed |= _correct_person(person, wanted)
        if True in [set_needs(person, wanted.needs) for person, wanted in pairs]:
            changed.add("needs")
        if changed:
            _record(actor, "household.corrected", household, now, changed)
            fields = tuple(sorted(changed))
            publish(HouseholdChanged(household.fair_id, household.id, fields, now))


def new_badge(household_id: int, position: int, *, actor: Actor, now: datetime) -> None:
    """Have the person hold a new badge; the old one is refused at the door."""
    with transaction():
        household = _present(household_id)
        person = _at(household, position)
        replace_badge(person.id, now=now)
        record(actor, "badge.replaced", "attendee", person.id, now=now, fair_id=household.fair_id)


def renew_link(household_id: int, *, actor: Actor, now: datetime) -> None:
    """Have the household's page stand at a new address; the old link opens nothing."""
    with transaction():
        household = _present(household_id)
        household.link_version += 1
        publish(LinkRenewed(household.fair_id, household.id, now))
        _record(actor, "household.link_renewed", household, now)


def export_people(fair_id: int, filters: Filters, *, actor: Actor, now: datetime) -> list[Listed]:
    """Return the people that match, to be taken out; it stays on record who did."""
    with transaction():
        _total, people = list_people(fair_id, filters)
        record(actor, "people.exported", "fair", fair_id, now=now, fair_id=fair_id)
        return people


def _change_window(household_id: int, window_id: int | None, now: datetime) -> set[str]:
    if window_id is None or get_household(household_id).window_id == window_id:
        return set()
    ports().change_window(household_id, window_id, now=now)
    return {"window"}


def _correct_person(person: Attendee, wanted: PersonInput) -> set[str]:
    """Give the person the wanted values; a child has names and a year only."""
    changed = _assign(person, wanted, PERSON_FIELDS)
    if person.kind is not AttendeeKind.CHILD:
        changed |= _assign(person, wanted, ADULT_FIELDS)
    person.name_key, person.sound_key = wanted.search_key, wanted.sounds
    return changed


def _assign(row: Household | Attendee, wanted: object, fields: Iterable[str]) -> set[str]:
    """Give the row the wanted values; return the names of those that were others."""
    changed = set()
    for name in fields:
        value = getattr(wanted, name)
        value = list(value) if isinstance(value, tuple) else value
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.add(name)
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


def _at(household: Household, position: int) -> Attendee:
    """Return the person at that place who still comes; raise NotFound."""
    person = next((one for one in coming(household) if one.position == position), None)
    if person is None:
        raise NotFound("not_found")
    return person


def _present(household_id: int) -> Household:
    """Return the household, locked; raise NotFound where it is forgotten."""
    household = lock_household(household_id)
    if household.erased_at is not None:
        raise NotFound("not_found")
    return household


def _cancellable(household_id: int, now: datetime) -> Household:
    """Return the household, its fair locked first: whoever serves the line does it so too."""
    household = get_household(household_id)
    fair = lock_fair(household.fair_id)
    if not can_cancel(fair.phase, fair.ends_at, now):
        raise Conflict("cancelled_too_late")
    return household
