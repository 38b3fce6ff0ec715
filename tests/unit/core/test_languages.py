"""Every language can be named, greeted in and served."""

import pytest

from jobfair.core.languages import (
    LANGUAGES,
    SPOKEN_LANGUAGES,
    STAFF_LANGUAGES,
    UI_LANGUAGES,
    greeting,
    ui_language_for,
)
from jobfair.core.text import script_of


def test_catalogues_are_of_listed_languages() -> None:
    assert set(STAFF_LANGUAGES) <= set(UI_LANGUAGES) <= set(SPOKEN_LANGUAGES)


@pytest.mark.parametrize("code", SPOKEN_LANGUAGES)
def test_names_and_greetings_are_in_the_script_of_the_language(code: str) -> None:
    language = LANGUAGES[code]
    assert language.own_name
    assert language.german_name
    assert language.english_name
    assert script_of(language.own_name) is language.script
    assert script_of(greeting(code)) is language.script


def test_right_to_left() -> None:
    assert {code for code in SPOKEN_LANGUAGES if LANGUAGES[code].rtl} == {
        "ar", "fa", "prs", "ps", "ckb", "ur",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("spoken", "available", "served"),
    [
        ("uk", UI_LANGUAGES, "uk"),
        ("prs", UI_LANGUAGES, "de"),
        ("prs", ("de", "fa"), "fa"),
        ("prs", ("de", "fa", "prs"), "prs"),
        ("fa", ("de", "prs"), "prs"),
        ("ckb", ("de", "ku"), "de"),
        ("xx", UI_LANGUAGES, "de"),
        ("", UI_LANGUAGES, "de"),
    ],
)
def test_the_best_catalogue(spoken: str, available: tuple[str, ...], served: str) -> None:
    assert ui_language_for(spoken, available) == served


def test_an_unlisted_language_is_greeted_in_german() -> None:
    assert greeting("xx") == "Herzlich willkommen"


def test_dari_dates_have_their_own_locale() -> None:
    assert LANGUAGES["prs"].cldr == "fa_AF"
    assert LANGUAGES["uk"].cldr == "uk"
