"""Registering and cancelling households: places, codes, events, search."""

from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobfair.attendees.events import HouseholdCancelled, PersonCancelled
from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.operations import (
    cancel_household,
    cancel_person,
    draw_codes,
    issue_codes,
)
from jobfair.attendees.queries import Filters, counts, find_household, get_household, list_people
from jobfair.attendees.rules import (
    AttendeeKind,
    HouseholdInput,
    HouseholdState,
    PersonInput,
)
from jobfair.core import events
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.fairs.models import Fair
from jobfair.places.operations import book
from tests.factories import NOW, make_code, make_fair

ADULT, CHILD = AttendeeKind.ADULT, AttendeeKind.CHILD


def wish(size: int = 3, key: str = "k1", **given: object) -> HouseholdInput:
    persons = tuple(
        PersonInput(CHILD if place else ADULT, f"Person{place}", "Haddad") for place in range(size)
    )
    values = {
        "submission_key": key,
        "lang": "ar",
        "municipality": "03459014",
        "email": "",
        "phone": "",
        "people": persons,
    }
    return HouseholdInput(**{**values, **given})  # type: ignore[arg-type]  # as given


def register(fair: Fair, size: int = 3, key: str = "k1", **given: object) -> Household:
    fair_id = fair.id
    with transaction():
        household_id = book(fair_id, wish(size, key, **given), now=NOW).id
    return get_household(household_id)


def places_taken(fair: Fair) -> int:
    return session().scalar(sa.select(Fair.places_taken).where(Fair.id == fair.id)) or 0


def coming(fair: Fair) -> int:
    return counts(fair.id).people


def test_registering_takes_places_and_codes(app: Flask) -> None:
    fair = make_fair(capacity=5)
    household = register(fair)
    assert places_taken(fair) == 3
    codes = {person.badge.code for person in household.people if person.badge}
    assert len(codes) == 3
    assert [person.position for person in household.people] == [0, 1, 2]


def test_registering_nobody_or_a_crowd_is_refused(app: Flask) -> None:
    fair = make_fair()
    for people in (0, 13):
        with pytest.raises(Invalid):
            register(fair, people)
    assert places_taken(fair) == 0


def test_who_does_not_fit_waits_whole(app: Flask) -> None:
    fair = make_fair(capacity=4)
    register(fair)
    assert register(fair, 2, key="k2").state is HouseholdState.WAITLISTED
    assert places_taken(fair) == coming(fair) == 3


def test_one_submission_makes_one_household(app: Flask) -> None:
    fair = make_fair()
    register(fair)
    with pytest.raises(Conflict, match="registered_already"):
        register(fair)
    assert places_taken(fair) == coming(fair) == 3


def test_cancelling_a_person_tells_the_others(app: Flask) -> None:
    fair = make_fair()
    household = register(fair)
    told: list[PersonCancelled] = []
    events.subscribe(PersonCancelled, told.append)
    person_id = household.people[1].id
    with transaction():
        cancel_person(person_id, now=NOW)
    with transaction():
        cancel_person(person_id, now=NOW)
    assert told[-1] == PersonCancelled(fair.id, household.id, person_id, 2, NOW)
    assert len([one for one in told if one.attendee_id == person_id]) == 1
    assert places_taken(fair) == 2
    assert household_state(household.id) is HouseholdState.REGISTERED


def household_state(household_id: int) -> HouseholdState:
    found = find_household(household_id)
    assert found is not None
    return found.state


def test_cancelling_the_last_person_cancels_the_household(app: Flask) -> None:
    fair = make_fair()
    household = register(fair, 1)
    told: list[HouseholdCancelled] = []
    events.subscribe(HouseholdCancelled, told.append)
    person_id = household.people[0].id
    with transaction():
        cancel_person(person_id, now=NOW)
    assert told[-1] == HouseholdCancelled(fair.id, household.id, NOW)
    assert household_state(household.id) is HouseholdState.CANCELLED


def test_cancelling_twice_frees_once_and_keeps_the_badges(app: Flask) -> None:
    fair = make_fair()
    household_id = register(fair).id
    register(fair, 2, key="k2")
    for _ in range(2):
        with transaction():
            cancel_household(household_id, now=NOW)
    assert places_taken(fair) == coming(fair) == 2
    assert all(person.badge for person in get_household(household_id).people)


def test_unknown_rows_are_not_found(app: Flask) -> None:
    for cancel in (cancel_household, cancel_person):
        with pytest.raises(NotFound), transaction():
            cancel(4711, now=NOW)


def test_pool_grows_and_never_shrinks(app: Flask) -> None:
    fair_id = make_fair().id
    for wanted, held in ((1200, 1200), (10, 1200), (1201, 1201)):
        with transaction():
            draw_codes(fair_id, wanted, rng=Random(wanted))
        assert session().scalar(sa.select(sa.func.count()).select_from(BadgeCode)) == held


def test_two_fairs_never_share_a_code(app: Flask) -> None:
    first, second = make_fair().id, make_fair().id
    for fair_id in (first, second):
        with transaction():
            draw_codes(fair_id, 20, rng=Random(1))
    assert session().scalar(sa.select(sa.func.count()).select_from(BadgeCode)) == 40


def test_codes_come_from_the_pool_and_not_from_voided_ones(app: Flask) -> None:
    fair = make_fair()
    make_code(fair.id, code="000000000000", voided_at=NOW)
    make_code(fair.id, code="000000000001")
    household = register(fair, 1)
    assert household.people[0].badge is not None
    assert household.people[0].badge.code == "000000000001"
    second = register(fair, 1, key="k2")
    assert second.people[0].badge is not None


def test_reissue_after_voiding(app: Flask) -> None:
    fair = make_fair()
    household = register(fair, 1)
    fair_id, person_id = fair.id, household.people[0].id
    with transaction() as current:
        current.execute(sa.update(BadgeCode).values(voided_at=NOW))
        issue_codes(fair_id, [person_id], now=NOW)
    badge = get_household(household.id).people[0].badge
    assert badge is not None
    assert badge.voided_at is None


def test_search_finds_across_scripts(app: Flask) -> None:
    fair = make_fair()
    person = PersonInput(ADULT, "Müller-Ŝpet", "O'Neill", "Мюллер", "", 1990)
    register(fair, phone="0541 50-1 77", email="Amal@Example.org", people=(person,))
    for text in ("mueller", "Muller", "МЮЛЛЕР", "oneill", "5017", "amal@example", "neill muller"):
        assert len(list_people(fair.id, Filters(text))[1]) == 1, text
    for text in ("%", "_", "zzz", "\u200b"):
        assert list_people(fair.id, Filters(text)) == (0, []), text


def test_search_takes_nothing_for_a_code_alone(app: Flask) -> None:
    fair = make_fair()
    person = PersonInput(ADULT, "Hassan", "Al-Haddad")
    register(fair, phone="0151/234 567 89", people=(person,))
    for text in (
        "Hassan Haddad",  # twelve letters that could be a code
        "015123456789",  # twelve digits
        "+49 151 23456789",
        "0049151-23456789",
        "alhaddad hassan",
        "Hasan Alhadad",
    ):
        assert list_people(fair.id, Filters(text))[0] == 1, text
    assert list_people(fair.id, Filters("00000")) == (0, [])


def test_search_finds_an_article_written_together(app: Flask) -> None:
    fair = make_fair()
    register(fair, people=(PersonInput(ADULT, "Aleksandr", "Alahmad"),))
    for text in ("al-ahmad", "Al-Ahmed", "Ahmad", "Oleksandr", "الأحمد"):
        assert list_people(fair.id, Filters(text))[0] == 1, text


def test_counts_group_those_who_come(app: Flask) -> None:
    fair = make_fair()
    register(fair)
    leaving = register(fair, 2, key="k2", lang="uk", municipality="other")
    person_id = leaving.people[1].id
    with transaction():
        cancel_person(person_id, now=NOW)
    found = counts(fair.id)
    assert (found.households, found.people, found.children, found.cancelled) == (2, 4, 2, 1)
    assert found.by_language == (("ar", 3), ("uk", 1))
    assert found.by_municipality == (("03459014", 3), ("other", 1))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["register", "person", "household"]), st.integers(0, 12)),
        max_size=12,
    )
)
def test_places_always_equal_people(app: Flask, steps: list[tuple[str, int]]) -> None:
    fair = make_fair(capacity=15)
    fair_id = fair.id
    for number, (step, size) in enumerate(steps):
        ids = session().scalars(sa.select(Household.id).where(Household.fair_id == fair_id)).all()
        try:
            with transaction() as current:
                if step == "register":
                    book(fair_id, wish(size, f"k{number}"), now=NOW)
                elif step == "household" and ids:
                    cancel_household(ids[size % len(ids)], now=NOW)
                elif step == "person" and ids:
                    people = current.scalars(
                        sa.select(Attendee.id).where(Attendee.fair_id == fair_id)
                    ).all()
                    cancel_person(people[size % len(people)], now=NOW)
        except (Conflict, Invalid):
            pass
        assert places_taken(fair) == coming(fair) <= 15
