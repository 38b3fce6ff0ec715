"""Lists become households, with what is wrong said at the cell."""

from collections.abc import Mapping
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobfair.attendees.rules import ELSEWHERE, HOUSEHOLD_MOST, AttendeeKind, NeedInput, NeedKind
from jobfair.data.work import GermanLevel, Licence
from jobfair.partners.lists import (
    Column,
    Context,
    Fault,
    JudgedHousehold,
    ListRow,
    StopFact,
    WindowFact,
    guess_columns,
    identity,
    judge,
    read_csv,
)
from jobfair.partners.lists.example import template_csv

STOPS = (
    StopFact(1, "03459014", "Bahnhof"),
    StopFact(2, "03459014", "Markt"),
    StopFact(3, "03459024", "Bahnhof"),
    StopFact(4, "03404000", "Hauptbahnhof"),
)
WINDOWS = (
    WindowFact(11, "Arabisch", time(13), time(14), 2),
    WindowFact(12, "", time(14), time(15, 30), 50),
)
CONTEXT = Context(2026, stops=STOPS, windows=WINDOWS)
AMAL = {"given": "Amal", "family": "Haddad", "place": "Bramsche", "language": "Arabisch"}


def judged(*rows: Mapping[str, str], context: Context = CONTEXT) -> tuple[JudgedHousehold, ...]:
    listed = [
        ListRow(number, {Column(name): text for name, text in row.items() if text})
        for number, row in enumerate(rows, 2)
    ]
    return judge(listed, context)


def faults(*rows: Mapping[str, str], context: Context = CONTEXT) -> list[str]:
    found = judged(*rows, context=context)
    return [str(fault) for one in found for row in one.rows for fault in row.faults]


def test_a_row_is_a_household_with_all_that_it_says() -> None:
    (home,) = judged(
        {
            **AMAL,
            "birth": "1988",
            "phone": "0151 2345678",
            "email": "a@example.org",
            "arrival": "13:30",
            "stop": "Markt",
            "german": "A2",
            "licence": "B",
            "wheelchair": "ja",
            "interpreter": "ja",
            "childcare": "nein",
        }
    )
    assert home.is_good
    assert (home.home.place, home.home.lang) == ("03459014", "ar")
    assert (home.home.window_id, home.home.stop_id) == (11, 2)
    assert (home.home.phone, home.home.email) == ("0151 2345678", "a@example.org")
    (person,) = home.people
    assert (person.kind, person.birth_year, person.speaks) == (AttendeeKind.ADULT, 1988, ("ar",))
    assert (person.german_level, person.licence) == (GermanLevel.A2, Licence.B)
    needs = {NeedInput(NeedKind.WHEELCHAIR), NeedInput(NeedKind.INTERPRETER, "ar")}
    assert set(person.needs) == needs


def test_the_same_family_is_one_household_with_what_any_row_says() -> None:
    (home,) = judged(
        {**AMAL, "household": "7", "language": ""},
        {"household": "7", "given": "Lina", "kind": "Kind", "language": "ar", "birth": "2018"},
        {"household": "7.0", "given": "Omar", "birth": "2015", "phone": "0151 2345678"},
    )
    assert home.is_good
    assert [person.kind.value for person in home.people] == ["adult", "child", "child"]
    assert [person.birth_year for person in home.people] == [None, None, None]
    assert (home.home.lang, home.home.phone) == ("ar", "0151 2345678")


def test_rows_without_a_family_are_not_joined_by_guess() -> None:
    alike = {**AMAL, "phone": "0151 2345678"}
    assert len(judged(alike, {**alike, "given": "Lina"})) == 2


def test_one_bad_row_holds_its_household_back_and_no_other() -> None:
    first, second = judged(
        {**AMAL, "household": "1"},
        {"household": "1", "given": "?", "family": "Haddad"},
        {**AMAL, "given": "Max", "household": "2"},
    )
    assert (first.is_good, second.is_good) == (False, True)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"given": ""}, "given:name_missing"),
        ({"given": "123"}, "given:name_missing"),
        ({"given": "x" * 200}, "given:name_long"),
        ({"given": "=A1"}, "given:formula"),
        ({"given": "", "family": "", "name": "..."}, "name:name_missing"),
        ({"place": "Nirgends"}, "place:place_unknown"),
        ({"place": ""}, "place:place_missing"),
        ({"place": "", "postal": "49577"}, "postal:place_ambiguous"),
        ({"language": "Klingonisch"}, "language:language_unknown"),
        ({"language": ""}, "language:language_missing"),
        ({"email": "a@"}, "email:email_wrong"),
        ({"phone": "keins"}, "phone:phone_wrong"),
        ({"birth": "1800"}, "birth:year_wrong"),
        ({"kind": "Hund"}, "kind:kind_unknown"),
        ({"german": "gut"}, "german:level_unknown"),
        ({"licence": "Pilot"}, "licence:licence_unknown"),
        ({"wheelchair": "vielleicht"}, "wheelchair:yes_or_no"),
        ({"stop": "Mond"}, "stop:stop_unknown"),
        ({"stop": "ja", "place": "Ankum"}, "stop:stop_missing"),
        ({"arrival": "9:00"}, "arrival:window_unknown"),
        ({"household": "=B2"}, "household:formula"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell(change: dict[str, str], fault: str) -> None:
    assert faults({**AMAL, **change}) == [fault]


@pytest.mark.parametrize("name", ["X", "Ä" * 80, "Amal 🌻", "Ma\u0301ria", "李"])
def test_unusual_names_are_names(name: str) -> None:
    assert faults({**AMAL, "given": name}) == []


def test_a_name_in_another_script_gets_a_latin_spelling() -> None:
    (home,) = judged({**AMAL, "given": "أمل", "family": "حداد"})
    (person,) = home.people
    assert (person.given_name, person.own_given_name) == ("Amal", "أمل")
    assert (person.family_name, person.own_family_name) == ("Haddad", "حداد")


@pytest.mark.parametrize("name", ["Amal Maria Haddad", "Haddad, Amal Maria"])
def test_a_whole_name_is_parted(name: str) -> None:
    (home,) = judged({"name": name, "own_name": "أمل حداد", "place": "Melle", "language": "ar"})
    (person,) = home.people
    assert (person.given_name, person.family_name) == ("Amal Maria", "Haddad")
    assert (person.own_given_name, person.own_family_name) == ("أمل", "حداد")


def test_the_same_person_twice_is_asked_about_once() -> None:
    twice = ({**AMAL, "birth": "1988"}, {**AMAL, "given": "haddad", "family": "AMAL"})
    assert faults(*twice) == ["given:twice:2"]
    assert faults({**AMAL, "birth": "1988"}, {**AMAL, "birth": "2001"}) == []
    assert faults(AMAL, {**AMAL, "place": "Melle"}) == []
    rows = [ListRow(n, {Column(k): v for k, v in AMAL.items()}, anyway=True) for n in (2, 3)]
    assert all(one.is_good for one in judge(rows, CONTEXT))


def test_whoever_is_registered_already_is_asked_about() -> None:
    (home,) = judged(AMAL)
    known = frozenset({identity(home.people[0].sounds, "03459014")})
    context = Context(2026, known=known)
    other_spelling = {**AMAL, "given": "Hadad", "family": "Amaal"}
    assert faults(other_spelling, context=context) == ["given:registered"]
    assert faults({**AMAL, "place": "Melle"}, context=context) == []


def test_households_larger_than_ours_are_held_back() -> None:
    rows = [{**AMAL, "given": f"Amal{'abcdefghijklm'[n]}", "household": "1"} for n in range(13)]
    assert faults(*rows[:HOUSEHOLD_MOST]) == []
    assert faults(*rows) == ["household:household_size"] * 13


def test_a_household_fits_its_arrival_window() -> None:
    rows = [{**AMAL, "given": f"Amal{x}", "household": "1", "arrival": "13:00"} for x in "abc"]
    assert faults(*rows[:2]) == []
    assert faults(*rows) == ["arrival:window_small"]


def test_a_household_has_one_place() -> None:
    rows = ({**AMAL, "household": "1"}, {**AMAL, "given": "Li", "household": "1", "place": "Melle"})
    assert faults(*rows) == ["place:place_differs"]


def test_what_holds_for_the_list_holds_where_a_row_says_nothing() -> None:
    context = Context(2026, lang="uk", place="03459024")
    (home,) = judged({"given": "Olena"}, context=context)
    assert (home.home.lang, home.home.place, home.is_good) == ("uk", "03459024", True)


def test_yes_means_the_first_stop_where_they_live() -> None:
    (home,) = judged({**AMAL, "stop": "ja"})
    assert home.home.stop_id == 1
    (home,) = judged({**AMAL, "place": "48143 Münster", "stop": "ja"})
    assert (home.home.place, home.home.stop_id) == (ELSEWHERE, 4)
    (home,) = judged({**AMAL, "stop": "Melle, Bahnhof"})
    assert home.home.stop_id == 3
    (home,) = judged({**AMAL, "stop": "nein"})
    assert home.home.stop_id is None


def test_fairs_without_buses_and_windows_ask_for_none() -> None:
    (home,) = judged({**AMAL, "stop": "Mond", "arrival": "9:00"}, context=Context(2026))
    assert home.is_good


def test_the_example_of_the_template_is_nobody() -> None:
    for lang in ("de", "en"):
        sheet = read_csv(template_csv(lang))
        columns = guess_columns(sheet.header, [row.cells for row in sheet.rows])
        cells = zip(columns, sheet.rows[0].cells, strict=False)
        row = ListRow(2, {Column(name): text for name, text in cells if name and text})
        assert judge([row], CONTEXT) == ()


def test_faults_are_stored_as_one_word() -> None:
    for fault in (Fault(Column.PLACE, "place_unknown"), Fault(Column.NAME, "twice", 7)):
        assert Fault.of(str(fault)) == fault


CELLS = st.dictionaries(
    st.sampled_from(list(Column)),
    st.sampled_from(["1", "Amal", "Haddad", "ja", "Bramsche", "ar", "1988", "=1", "\u200f"])
    | st.text(min_size=1, max_size=30),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(CELLS, max_size=12))
def test_every_row_is_in_one_household_and_none_is_lost(listed: list[dict[Column, str]]) -> None:
    found = judge([ListRow(n, row) for n, row in enumerate(listed)], CONTEXT)
    numbers = [row.number for home in found for row in home.rows]
    assert sorted(numbers) == list(range(len(listed)))
    for home in found:
        if home.is_good:
            assert len(home.people) == len(home.rows) <= HOUSEHOLD_MOST
            assert home.home.place
            assert home.home.lang
            assert all(person.given_name for person in home.people)
