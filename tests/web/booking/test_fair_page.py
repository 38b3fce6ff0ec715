"""The fair's page, with and without buses, exhibitors and the organiser's words."""

import pytest
from flask import Flask

from jobfair.core.actor import Role
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase, TextKey
from jobfair.shuttle.models import Stop
from tests.client import PageClient
from tests.factories import (
    make_exhibitor,
    make_fair,
    make_household,
    make_posting,
    make_stand,
    make_text,
    signed_in,
)

PAGE = "/osnabrueck-2026?lang=en"


def test_page_of_an_empty_fair(page: PageClient, fair: Fair) -> None:
    shown = page.get(PAGE)
    for words in ("Kreishaus Osnabrück", "20 of 20 places are free", "No shuttle bus"):
        assert words in shown.text
    assert "bus is free" not in shown.text
    assert page.follow("Register now").url.endswith("/register")
    page.get(PAGE)
    assert page.follow("Become an exhibitor").url.endswith("/exhibit")


def test_a_running_fair_says_so_and_gives_its_contacts(page: PageClient) -> None:
    fair = make_fair(phase=Phase.RUNNING, phone="05424 1", email="laer@example.org")
    shown = page.get(f"/{fair.slug}?lang=en")
    for words in ("The fair is running", "05424 1", "laer@example.org"):
        assert words in shown.text
    assert "Become an exhibitor" not in shown.text


@pytest.mark.parametrize("lang", ["de", "en", "uk", "ar"])
def test_page_in_every_language(page: PageClient, fair: Fair, bramsche: Stop, lang: str) -> None:
    shown = page.get(f"/osnabrueck-2026?lang={lang}")
    assert shown.root.all("html")[0].get("lang") == lang
    assert "Bramsche, Bahnhof" in shown.text


def test_places_count_down(page: PageClient, fair: Fair) -> None:
    make_household(fair)
    assert "17 of 20 places are free" in page.get(PAGE).text


def test_five_exhibitors_and_four_postings_of_more(page: PageClient, fair: Fair) -> None:
    for number in range(6):
        stand = make_stand(fair, label=f"S{number}")
        exhibitor = make_exhibitor(fair, name=f"Betrieb {number}", stand_id=stand.id)
        make_posting(exhibitor, title=f"Stelle {number}a")
        make_posting(exhibitor, title=f"Stelle {number}b")
    text = page.get(PAGE).text
    assert "Betrieb 4" in text
    assert "Betrieb 5" not in text
    assert [n for n in range(6) if f"Stelle {n}a" in text] == [0, 1, 2, 3]
    assert "Stelle 0b" not in text
    assert "See all 6 organisations" in text
    assert "See all 12 jobs and courses" in text


def test_the_organiser_s_words_replace_ours(page: PageClient, fair: Fair) -> None:
    make_text(fair, key=TextKey.LEAD, lang="en", body="Come <all> of you.")
    make_text(fair, key=TextKey.PAPERS, lang="de", body="Keine Papiere nötig.")
    text = page.get(PAGE).text
    assert "Come <all> of you." in text
    assert "Keine Papiere nötig." in text
    assert "None to come in" not in text


def test_draft_is_shown_to_its_organisers_only(page: PageClient, app: Flask) -> None:
    draft = make_fair(slug="secret-2026", phase=Phase.DRAFT)
    page.get("/secret-2026", 404)
    signed_in(app, Role.ORGANISER, draft.id)
    assert "Registration is not open yet" in page.get("/secret-2026?lang=en").text
