"""Steps of a registration, and names in two scripts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.attendees.rules import NAME_MOST, AttendeeKind, NeedInput, NeedKind, can_cancel
from jobfair.booking.rules import (
    CITY,
    Step,
    blank_person,
    first_open,
    has_letters,
    is_latin,
    may_wait,
    newly_proposed,
    people_of,
    person_of,
    step_before,
    steps_of,
    stops_near,
    with_proposals,
)
from jobfair.core.text import clean_line
from jobfair.data.municipalities import municipality
from jobfair.data.work import GermanLevel, Licence, WorkField
from jobfair.fairs.rules import Phase, RegistrationState

ALL = steps_of(windows=True, shuttle=True)


def person(given_name: str, family: str = "", **typed: str) -> dict[str, str]:
    blank = blank_person(AttendeeKind.ADULT)
    return {**blank, "given": given_name, "family": family, **typed}


def test_what_a_fair_has_not_got_is_not_asked() -> None:
    assert tuple(Step) == ALL
    assert set(ALL) - set(steps_of(windows=False, shuttle=True)) == {Step.WHEN}
    assert set(ALL) - set(steps_of(windows=True, shuttle=False)) == {Step.BUS}


def test_first_step_that_is_not_finished() -> None:
    assert first_open([], ALL) is Step.WHO
    assert first_open(["who", "bus"], ALL) is Step.PLACE
    assert first_open([step.value for step in ALL], ALL) is Step.SUMMARY


def test_beginning_of_the_line() -> None:
    assert step_before(Step.WHO, ALL) is Step.WHO
    assert step_before(Step.SUMMARY, ALL) is Step.CONTACT


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


def test_cancelling_ends_with_the_fair() -> None:
    now = datetime(2026, 12, 10, 13, tzinfo=UTC)
    assert can_cancel(Phase.RUNNING, now + timedelta(minutes=1), now)
    assert not can_cancel(Phase.RUNNING, now, now)
    assert not can_cancel(Phase.OVER, now + timedelta(hours=1), now)


def family() -> list[dict[str, str]]:
    child = blank_person(AttendeeKind.CHILD, "c") | {"given": "Lina"}
    return [person("Amal", key="a"), person("Omar", key="b"), child]


def test_answers_belong_to_whom_they_were_given_for() -> None:
    work = [
        {"key": "b", "speaks": ["ar", "fr"], "german_level": "A2", "work": ["care"]}
        | {"licence": "B"},
        {"key": "c", "speaks": ["ar"], "german_level": "", "work": [], "licence": ""},
        {"key": "gone", "speaks": ["de"], "german_level": "C1", "work": ["it"]},
    ]
    amal, omar, lina = people_of(family(), work, {})
    assert (amal.speaks, amal.german_level, amal.work, amal.licence) == ((), None, (), None)
    assert (omar.speaks, omar.german_level) == (("ar", "fr"), GermanLevel.A2)
    assert (omar.work, omar.licence) == ((WorkField.CARE,), Licence.B)
    assert lina.speaks == ()


def test_needs_are_those_of_the_person_and_childcare_of_every_child() -> None:
    typed = {
        "wheelchair": ["c"],
        "interpreter": ["a", "gone"],
        "interpreter_lang": "prs",
        "sign_language": [],
        "childcare": "y",
    }
    amal, omar, lina = people_of(family(), [], typed)
    assert amal.needs == (NeedInput(NeedKind.INTERPRETER, "prs"),)
    assert omar.needs == ()
    assert lina.needs == (NeedInput(NeedKind.WHEELCHAIR), NeedInput(NeedKind.CHILDCARE))


def test_closed_registration_takes_waiting_people_until_the_fair_begins() -> None:
    now = datetime(2026, 12, 10, 13, tzinfo=UTC)
    later, closed = now + timedelta(hours=1), RegistrationState.CLOSED
    assert may_wait(Phase.CLOSED, later, closed, now)
    assert may_wait(Phase.OPEN, later, closed, now)
    assert not may_wait(Phase.OPEN, later, RegistrationState.OPEN, now)
    assert not may_wait(Phase.RUNNING, later, closed, now)
    assert not may_wait(Phase.CANCELLED, later, closed, now)
    assert not may_wait(Phase.CLOSED, now, closed, now)
