"""Two registrations of one person: merged by a human, or known as two people."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.events import HouseholdCancelled
from jobfair.attendees.models import Attendee, Household, Need
from jobfair.attendees.queries import Filters, get_household, list_pairs, list_people
from jobfair.attendees.rules import (
    AttendeeKind,
    AttendeeState,
    HouseholdInput,
    HouseholdState,
    NeedInput,
    NeedKind,
    PersonInput,
)
from jobfair.attendees.service import call_distinct, merge
from jobfair.audit.models import AuditEntry
from jobfair.core import events
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session, transaction
from jobfair.core.errors import NotFound
from jobfair.data.work import GermanLevel, WorkField
from jobfair.fairs.models import Fair
from jobfair.places.operations import book
from tests.factories import NOW, make_fair, make_household

WHEELCHAIR = NeedInput(NeedKind.WHEELCHAIR)
INTERPRETER = NeedInput(NeedKind.INTERPRETER, "ar")
ADULT = AttendeeKind.ADULT


@pytest.fixture
def fair(app: Flask) -> Fair:
    return make_fair()


def register(fair_id: int, key: str, *people: PersonInput, email: str = "", phone: str = "") -> int:
    """Register them and return the id of the first."""
    wish = HouseholdInput(key, "ar", "03459014", email, phone, people)
    with transaction():
        household_id = book(fair_id, wish, now=NOW).id
    return get_household(household_id).people[0].id


@pytest.fixture
def pair(fair: Fair) -> tuple[int, int]:
    """Two registrations of one woman: by herself, and by somebody who knew more."""
    short = PersonInput(ADULT, "Amal", "Haddad", needs=(INTERPRETER,))
    long = PersonInput(
        ADULT,
        "Haddad",
        "Emal",
        "حداد",
        "أمل",
        1988,
        ("ar", "ku"),
        GermanLevel.A2,
        (WorkField.CARE,),
        needs=(WHEELCHAIR,),
    )
    son = PersonInput(AttendeeKind.CHILD, "Yusuf", "Haddad")
    fair_id = fair.id
    first = register(fair_id, "k1", short, phone="0541 1234567")
    second = register(fair_id, "k2", long, son, email="amal@example.org", phone="0541 7654321")
    return first, second


def places_taken(fair: Fair) -> int:
    return session().scalar(sa.select(Fair.places_taken).where(Fair.id == fair.id)) or 0


def test_pairs_are_shown_across_spellings_and_order(fair: Fair, pair: tuple[int, int]) -> None:
    make_household(fair)
    total, found = list_pairs(fair.id, limit=5)
    assert total == 1
    assert (found[0].first.id, found[0].second.id) == (pair[0], pair[1])


def test_merging_fills_what_is_missing_and_cancels_the_other(
    fair: Fair, pair: tuple[int, int]
) -> None:
    kept_id, other_id = pair[0], pair[1]
    merge(fair.id, kept_id, other_id, actor=SYSTEM, now=NOW)
    kept = session().get_one(Attendee, kept_id)
    household = session().get_one(Household, kept.household_id)
    assert (kept.given_name, kept.own_name, kept.birth_year) == ("Amal", "حداد أمل", 1988)
    assert (kept.speaks, kept.work, kept.german_level) == (["ar", "ku"], ["care"], GermanLevel.A2)
    assert (household.email, household.phone) == ("amal@example.org", "0541 1234567")
    needs = session().scalars(sa.select(Need.kind).where(Need.attendee_id == kept_id))
    assert set(needs) == {NeedKind.WHEELCHAIR, NeedKind.INTERPRETER}
    assert session().get_one(Attendee, other_id).state is AttendeeState.CANCELLED
    assert places_taken(fair) == 2
    assert list_pairs(fair.id, limit=5) == (0, [])
    assert [one.id for one in list_people(fair.id, Filters("أمل", state="registered"))[1]] == [
        kept_id
    ]


def test_merging_is_recorded_without_names(fair: Fair, pair: tuple[int, int]) -> None:
    merge(fair.id, pair[0], pair[1], actor=SYSTEM, now=NOW)
    entries = session().scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in entries] == ["attendee.merged", "attendee.cancelled"]
    assert set(entries[0].fields) == {
        "birth_year",
        "email",
        "german_level",
        "needs",
        "own_family_name",
        "own_given_name",
        "speaks",
        "work",
    }


def test_last_person_takes_the_household_along(fair: Fair, pair: tuple[int, int]) -> None:
    told: list[HouseholdCancelled] = []
    events.subscribe(HouseholdCancelled, told.append)
    household_id = session().get_one(Attendee, pair[0]).household_id
    merge(fair.id, pair[1], pair[0], actor=SYSTEM, now=NOW)
    assert told == [HouseholdCancelled(fair.id, household_id, NOW)]
    assert get_household(household_id).state is HouseholdState.CANCELLED


def test_two_people_are_not_shown_again(fair: Fair, pair: tuple[int, int]) -> None:
    for _ in range(2):
        call_distinct(fair.id, pair[1], pair[0], actor=SYSTEM, now=NOW)
    assert list_pairs(fair.id, limit=5) == (0, [])
    assert places_taken(fair) == 3


@pytest.mark.parametrize("act", [merge, call_distinct])
def test_who_is_gone_or_elsewhere_or_alone_is_not_found(
    fair: Fair, pair: tuple[int, int], act: Callable[..., None]
) -> None:
    kept_id, other_id = pair[0], pair[1]
    elsewhere = make_fair().id
    merge(fair.id, kept_id, other_id, actor=SYSTEM, now=NOW)
    here = fair.id
    for fair_id, one, two in (
        (here, kept_id, other_id),
        (here, kept_id, kept_id),
        (here, kept_id, 4711),
        (elsewhere, kept_id, other_id),
    ):
        with pytest.raises(NotFound):
            act(fair_id, one, two, actor=SYSTEM, now=NOW)
