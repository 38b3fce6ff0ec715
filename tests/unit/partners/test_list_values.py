"""Cells mean what people mean by them, or are refused by name."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.attendees.rules import ELSEWHERE, AttendeeKind
from jobfair.core.contact import is_email, is_phone
from jobfair.core.languages import LANGUAGES
from jobfair.data.municipalities import municipalities, municipality
from jobfair.data.work import GermanLevel, Licence
from jobfair.partners.lists import values
from jobfair.partners.lists.values import Unreadable

YEAR = 2026
READERS: tuple[Callable[[str], object], ...] = (
    values.read_yes,
    values.read_kind,
    values.read_phone,
    values.read_email,
    values.read_level,
    values.read_licence,
    values.read_languages,
    values.read_place,
    lambda text: values.read_birth_year(text, YEAR),
    lambda text: values.read_interpreter(text, "ar"),
)


def refusal(read: Callable[[str], object], text: str) -> str:
    with pytest.raises(Unreadable) as refused:
        read(text)
    return refused.value.code


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bramsche", "Bramsche"),
        ("BRAMSCHE", "Bramsche"),
        ("49565 Bramsche", "Bramsche"),
        ("Bramsche-Achmer", "Bramsche"),
        ("Stadt Melle", "Melle"),
        ("Fuerstenau", "Fürstenau"),
        ("D-49577 Ankum", "Ankum"),
        ("49577 Eggermühlen", "Eggermühlen"),
        ("Dissen", "Dissen am Teutoburger Wald"),
        ("Hagen a.T.W.", "Hagen am Teutoburger Wald"),
        ("GM-Hütte", "Georgsmarienhütte"),
        ("03459014", "Bramsche"),
        ("3459014", "Bramsche"),
        ("3459014.0", "Bramsche"),
        ("49152", "Bad Essen"),
        ("٤٩١٥٢", "Bad Essen"),
        ("49124 Oesede", "Georgsmarienhütte"),
        ("Osnabrück", "Osnabrück"),
        ("49080 Osnabrück", "Osnabrück"),
    ],
)
def test_places_are_known_however_they_are_written(text: str, name: str) -> None:
    assert municipality(values.read_place(text)).name == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nirgendwo", "place_unknown"),
        ("49577", "place_ambiguous"),
        ("49434 Neuenkirchen", "place_ambiguous"),
        ("49565 Ankum", "place_ambiguous"),
        ("99999999", "place_unknown"),
    ],
)
def test_places_are_not_guessed(text: str, code: str) -> None:
    assert refusal(values.read_place, text) == code


def test_a_postal_code_of_others_is_somewhere_else() -> None:
    assert values.read_place("48143 Münster") == values.read_place("48143") == ELSEWHERE


def test_every_municipality_is_known_by_name_and_key() -> None:
    for place in municipalities():
        for text in (place.name, place.display_name, place.ags, place.name.upper()):
            assert values.read_place(text) == place.ags


def test_a_column_of_postal_codes_helps_the_name() -> None:
    assert values.read_place("Oesede", "49124") == "03459019"


def test_every_language_is_known_by_its_names() -> None:
    for code, language in LANGUAGES.items():
        for name in (language.own_name, language.german_name, language.english_name, code):
            assert values.read_languages(name)[0] == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ukr", ("uk",)),
        ("ARAB.", ("ar",)),
        ("Farsi", ("fa",)),
        ("Kurdisch", ("ku",)),
        ("Kurdisch (Sorani)", ("ckb",)),
        ("Arabisch, Kurdisch und etwas Deutsch", ("ar", "ku")),
        ("Russisch/Ukrainisch", ("ru", "uk")),
    ],
)
def test_languages_are_known_as_people_write_them(text: str, codes: tuple[str, ...]) -> None:
    assert values.read_languages(text) == codes


@pytest.mark.parametrize("text", ["Klingonisch", "a", "?", "Tor"])
def test_other_languages_are_not_guessed(text: str) -> None:
    assert refusal(values.read_languages, text) == "language_unknown"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1988", 1988),
        ("1988.0", 1988),
        ("03.05.1988", 1988),
        ("3/5/1988", 1988),
        ("1988-05-03", 1988),
        ("3.5.88", 1988),
        ("3.5.12", 2012),
        ("١٩٨٨", 1988),
        ("ca. 1988", 1988),
    ],
)
def test_years_of_birth_are_read(text: str, year: int) -> None:
    assert values.read_birth_year(text, YEAR) == year


@pytest.mark.parametrize("text", ["1367", "2027", "88", "32265", "1988/1989", "unbekannt"])
def test_no_other_year_is_believed(text: str) -> None:
    assert refusal(lambda cell: values.read_birth_year(cell, YEAR), text) == "year_wrong"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0151 2345678", "0151 2345678"),
        ("1512345678", "01512345678"),
        ("15123456789.0", "015123456789"),
        ("+49 (0) 541/501-0000", "+49 (0) 541/501-0000"),
        ("Tel.: 0541 501", "0541 501"),
        ("0151.2345678", "0151 2345678"),
        ("0151 2345678; 0541 123456", "0151 2345678"),
        ("٠١٥١ ٢٣٤٥٦٧٨", "0151 2345678"),
    ],
)
def test_phone_numbers_are_read(text: str, number: str) -> None:
    assert values.read_phone(text) == number


@pytest.mark.parametrize("text", ["keine", "1,5E+10", "110", "0151 CALL", "9" * 41])
def test_no_other_text_is_a_phone_number(text: str) -> None:
    assert refusal(values.read_phone, text) == "phone_wrong"


def test_addresses_are_taken_out_of_what_surrounds_them() -> None:
    for text in (
        "a@example.org",
        " Amal <a@example.org>",
        "mailto:a@example.org",
        "a@example.org;",
    ):
        assert values.read_email(text) == "a@example.org"
    assert refusal(values.read_email, "a@") == "email_wrong"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("A1", GermanLevel.A1),
        ("b1 ", GermanLevel.B1),
        ("B1/B2", GermanLevel.B1),
        ("A2.1", GermanLevel.A2),
        ("C2", GermanLevel.C1),
        ("Muttersprache", GermanLevel.C1),
        ("keine", GermanLevel.NONE),
        ("keine Kenntnisse", GermanLevel.NONE),
    ],
)
def test_levels_are_read(text: str, level: GermanLevel) -> None:
    assert values.read_level(text) is level


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("ja", Licence.B),
        ("Klasse B", Licence.B),
        ("B, CE", Licence.C),
        ("Nein", Licence.NONE),
        ("Staplerschein", Licence.FORKLIFT),
        ("D1", Licence.D),
    ],
)
def test_licences_are_read(text: str, licence: Licence) -> None:
    assert values.read_licence(text) is licence


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kind", AttendeeKind.CHILD),
        ("ja", AttendeeKind.CHILD),
        ("Erw.", AttendeeKind.ADULT),
        ("nein", AttendeeKind.ADULT),
        ("Begleitung", AttendeeKind.HELPER),
    ],
)
def test_kinds_are_read(text: str, kind: AttendeeKind) -> None:
    assert values.read_kind(text) is kind


def test_an_interpreter_is_for_the_own_language_or_the_named_one() -> None:
    assert values.read_interpreter("ja", "ar") == "ar"
    assert values.read_interpreter("Kurdisch", "ar") == "ku"
    assert values.read_interpreter("nein", "ar") is None


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused(text: str) -> None:
    for read in READERS:
        try:
            meant = read(text)
        except Unreadable as fault:
            assert re.fullmatch("[a-z_]+", fault.code)  # noqa: PT017  # it may be either
            continue
        if read is values.read_phone:
            assert is_phone(str(meant))
        if read is values.read_email:
            assert is_email(str(meant))
