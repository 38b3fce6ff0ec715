"""Writes drawn households as a registration does: people, places, badges, consent."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

from jobfair.attendees.models import Attendee, Household, Need
from jobfair.attendees.operations import issue_codes, person_row
from jobfair.attendees.rules import HouseholdState, PersonInput
from jobfair.booking.rules import CONSENT_TEXT
from jobfair.core.languages import ui_language_for
from jobfair.demo.bulk import insert_all
from jobfair.demo.people import Family
from jobfair.fairs.operations import take_places
from jobfair.privacy.models import Consent
from jobfair.privacy.registry import Subject
from jobfair.privacy.rules import NOTICE_VERSION


def add_households(fair_id: int, families: Sequence[Family], *, now: datetime) -> list[int]:
    """Have these households be registered and return their ids in the same order."""
    take_places(fair_id, sum(len(family.household.people) for family in families))
    household_ids = insert_all(Household.id, [_household(fair_id, one) for one in families])
    people = map(partial(_people, fair_id), household_ids, families)
    rows = list(chain.from_iterable(people))
    attendee_ids = insert_all(Attendee.id, rows)
    issue_codes(fair_id, attendee_ids, now=now)
    said = chain.from_iterable(family.household.people for family in families)
    insert_all(Need.id, list(_needs(fair_id, attendee_ids, said)))
    insert_all(Consent.id, list(map(_consent, household_ids, families)))
    return household_ids


def _household(fair_id: int, family: Family) -> dict[str, Any]:
    said = family.household
    return {
        "fair_id": fair_id,
        "submission_key": said.submission_key,
        "state": HouseholdState.REGISTERED,
        "lang": said.lang,
        "municipality": said.municipality,
        "email": said.email,
        "phone": said.phone,
        "link_version": 1,
        "registered_at": family.registered_at,
    }


def _people(fair_id: int, household_id: int, family: Family) -> Iterator[dict[str, Any]]:
    for position, person in enumerate(family.household.people):
        yield person_row(fair_id, household_id, position, person)


def _needs(
    fair_id: int, attendee_ids: Sequence[int], people: Iterable[PersonInput]
) -> Iterator[dict[str, Any]]:
    for attendee_id, person in zip(attendee_ids, people, strict=True):
        for need in person.needs:
            yield {
                "fair_id": fair_id,
                "attendee_id": attendee_id,
                "kind": need.kind,
                "lang": need.lang,
            }


def _consent(household_id: int, family: Family) -> dict[str, Any]:
    return {
        "subject_kind": Subject.HOUSEHOLD.value,
        "subject_id": household_id,
        "text": CONSENT_TEXT,
        "version": NOTICE_VERSION,
        "lang": ui_language_for(family.household.lang),
        "given_at": family.registered_at,
    }
