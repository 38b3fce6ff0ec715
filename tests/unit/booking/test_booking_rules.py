"""Steps of a registration, and names in two scripts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.attendees.rules import NAME_MOST, AttendeeKind, can_cancel
from jobfair.booking.rules import (
    CITY,
    Step,
    blank_person,
    first_open,
    has_letters,
    is_latin,
    newly_proposed,
    person_of,
    shuttle_answer_by,
    step_after,
    step_before,
    steps_of,
    stops_near,
    with_proposals,
)
from jobfair.core.text import clean_line
from jobfair.data.municipalities import municipality
from jobfair.fairs.rules import Phase

ALL, WITHOUT_BUS = steps_of(True), steps_of(False)


def person(given_name: str, family: str = "", **typed: str) -> dict[str, str]:
    blank = blank_person(AttendeeKind.ADULT)
    return {**blank, "given": given_name, "family": family, **typed}


def test_fair_without_buses_asks_nothing_about_them() -> None:
    assert Step.BUS not in WITHOUT_BUS
    assert step_after(Step.PLACE, WITHOUT_BUS) is Step.CONTACT
    assert step_before(Step.CONTACT, WITHOUT_BUS) is Step.PLACE


def test_first_step_that_is_not_finished() -> None:
    assert first_open([], ALL) is Step.WHO
    assert first_open(["who", "bus"], ALL) is Step.PLACE
    assert first_open([step.value for step in ALL], ALL) is Step.CONTACT


def test_ends_of_the_line() -> None:
    assert step_before(Step.WHO, ALL) is Step.WHO
    assert step_after(Step.CONTACT, ALL) is Step.CONTACT


@pytest.mark.parametrize("name", ["Amal", "Müller-Łuk", "O'Neill", "", "Nguyễn"])
def test_latin_names(name: str) -> None:
    assert is_latin(name)
    assert with_proposals(person(name), "ar")["latin_given"] == ""


@pytest.mark.parametrize("name", ["أمل", "Олена", "Amal أمل", "李"])
def test_other_names_get_a_proposal_once(name: str) -> None:
    before = person(name)
    after = with_proposals(before, "ar")
    assert newly_proposed([before], [after])
    assert not newly_proposed([after], [with_proposals(after, "ar")])


def test_corrected_proposal_stays() -> None:
    corrected = with_proposals(person("أمل"), "ar") | {"latin_given": "Amaal"}
    assert with_proposals(corrected, "ar")["latin_given"] == "Amaal"
    assert person_of(corrected).given_name == "Amaal"


def test_changed_name_is_proposed_anew() -> None:
    first = with_proposals(person("أمل"), "ar")
    changed = with_proposals(first | {"given": "يوسف"}, "ar")
    assert changed["latin_given"] == "Yusuf"


def test_latin_field_in_another_script_is_read() -> None:
    typed = with_proposals(person("أمل"), "ar") | {"latin_given": "يوسف"}
    assert with_proposals(typed, "ar")["latin_given"] == "Yusuf"


def test_scripts_are_sorted_field_by_field() -> None:
    mixed = person_of(with_proposals(person("أمل", "Haddad"), "ar"))
    assert (mixed.given_name, mixed.family_name) == ("Amal", "Haddad")
    assert (mixed.own_given_name, mixed.own_family_name) == ("أمل", "")
    latin = person_of(person("Amal", "Haddad", own_given="أمل", birth_year="1988"))
    assert (latin.given_name, latin.own_given_name, latin.birth_year) == ("Amal", "أمل", 1988)


@given(st.text(max_size=NAME_MOST))
def test_every_name_with_letters_becomes_a_latin_one(text: str) -> None:
    name = clean_line(text, NAME_MOST)
    if not has_letters(name):
        return
    found = person_of(with_proposals(person(name), "ar"))
    assert 0 < len(found.given_name) <= NAME_MOST
    assert is_latin(found.given_name)
    assert len(found.search_key) <= 400


def test_those_from_elsewhere_see_the_stops_of_the_city() -> None:
    assert municipality(CITY).is_city_of_osnabrueck
    assert stops_near("other") == CITY
    assert stops_near("03459014") == "03459014"


def test_those_who_wait_hear_three_days_before_at_the_latest() -> None:
    starts_at = datetime(2026, 12, 10, 13, tzinfo=UTC)
    decided = starts_at - timedelta(days=9)
    assert shuttle_answer_by(None, starts_at) == starts_at - timedelta(days=3)
    assert shuttle_answer_by(decided, starts_at) == decided


def test_cancelling_ends_with_the_fair() -> None:
    now = datetime(2026, 12, 10, 13, tzinfo=UTC)
    assert can_cancel(Phase.RUNNING, now + timedelta(minutes=1), now)
    assert not can_cancel(Phase.RUNNING, now, now)
    assert not can_cancel(Phase.OVER, now + timedelta(hours=1), now)
