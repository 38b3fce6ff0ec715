"""The organiser's pages about stops: lists in and out, stops without a place, removal."""

from io import BytesIO

import pytest
from flask import Flask

from jobfair.core.actor import Role
from jobfair.fairs.models import Fair
from jobfair.shuttle.queries import list_stops
from jobfair.shuttle.rules import StopInput
from jobfair.shuttle.service import add_stop
from tests.client import PageClient
from tests.factories import NOW, actor_of, make_departure, make_fair, make_stop, make_user

DESK = "/desk/fair-2026/shuttle/stops"


@pytest.fixture
def fair(app: Flask, page: PageClient) -> Fair:
    """Make a fair, and sign its organiser in."""
    made = make_fair(slug="fair-2026")
    page.sign_in(Role.ORGANISER, made.id)
    return made


def names() -> list[str]:
    """Return the names of all stops."""
    return sorted(stop.name for stop in list_stops())


@pytest.mark.usefixtures("fair")
def test_a_list_is_looked_at_then_taken_over(page: PageClient) -> None:
    token = page.get(f"{DESK}/list?lang=en").csrf_token
    content = "name;ort;lat;lon;stufenlos\nMarkt;Melle;52,2;8,33;ja\nKirche;Menslage;;;\n"
    file = (BytesIO(content.encode("cp1252")), "stops.csv")
    seen = page.post(f"{DESK}/list?lang=en", {"csrf_token": token, "file": file, "look": "yes"})
    assert "Take 2 stops over" in seen.text
    assert "new" in seen.text
    assert names() == []
    seen = page.submit("list", button="apply")
    assert seen.url == DESK
    assert "2 new stops" in seen.text
    assert "1 stop has no place on the map" in seen.text
    assert names() == ["Kirche", "Markt"]
    assert next(stop.step_free for stop in list_stops() if stop.name == "Markt")


@pytest.mark.usefixtures("fair")
def test_rows_with_faults_stay_to_be_mended(page: PageClient) -> None:
    page.get(f"{DESK}/list?lang=en")
    text = "name;ort\nMarkt;Melle\nDom;Köln\n"
    seen = page.submit("list", {"text": text}, button="look")
    assert "We don't know this municipality" in seen.text
    seen = page.submit("list", button="apply", status=422)
    assert "1 row is not taken over" in seen.text
    (typed,) = seen.root.all("textarea")
    assert typed.text.split() == ["name;ort", "Dom;Köln"]
    assert names() == ["Markt"]
    page.submit("list", {"text": "name;ort\nDom;Osnabrück\n"}, button="look")
    page.submit("list", button="apply")
    assert names() == ["Dom", "Markt"]


@pytest.mark.usefixtures("fair")
def test_what_is_no_list_is_refused_and_stays(page: PageClient) -> None:
    page.get(f"{DESK}/list?lang=en")
    seen = page.submit("list", {"text": "Markt in Melle"}, button="look", status=422)
    assert "The first row must name the columns" in seen.text
    assert seen.root.all("textarea")[0].text.strip() == "Markt in Melle"


@pytest.mark.usefixtures("fair")
def test_a_list_changes_what_is_there_once(page: PageClient) -> None:
    make_stop(name="Markt", municipality="03459024", note="alt")
    page.get(f"{DESK}/list?lang=en")
    seen = page.submit("list", {"text": "name;ort;hinweis\nMarkt;Melle;neu\n"}, button="look")
    assert "changed" in seen.text
    page.submit("list", button="apply")
    (stop,) = list_stops()
    assert (stop.note, stop.lat) == ("neu", None)


def test_the_list_that_is_handed_out_reads_back_unchanged(fair: Fair, page: PageClient) -> None:
    plan = StopInput("03459024", "=Markt", 52.2031, 8.3391, "Bussteig; links", True)
    add_stop(plan, actor=actor_of(make_user(), Role.ORGANISER), now=NOW)
    answer = page.open(f"{DESK}/stops.csv?lang=de")
    assert answer.mimetype == "text/csv"
    text = answer.get_data().decode("utf-8-sig")
    assert "'=Markt;Melle;52,203100;8,339100;ja" in text
    page.get(f"{DESK}/list?lang=en")
    seen = page.submit("list", {"text": text}, button="look")
    assert "unchanged" in seen.text


def test_only_a_stop_that_nobody_needs_is_taken_out(fair: Fair, page: PageClient) -> None:
    used, spare = make_stop(name="Markt"), make_stop(name="Bahnhof")
    make_departure(fair, [used], line=1)
    page.get(f"{DESK}/{used.id}?lang=en")
    assert "Please keep it" in page.submit("remove").text
    page.get(f"{DESK}/{spare.id}?lang=en")
    page.submit("remove")
    assert names() == ["Markt"]


def test_a_stop_may_lose_its_place(fair: Fair, page: PageClient) -> None:
    stop = make_stop(name="Markt")
    page.get(f"{DESK}/{stop.id}?lang=en")
    page.submit("stop", {"place": ""})
    assert list_stops()[0].lat is None


def test_the_fair_has_a_place_on_the_map(fair: Fair, page: PageClient) -> None:
    page.get("/desk/fair-2026/settings?lang=en")
    seen = page.submit("facts", {"place": "here"}, status=422)
    assert "Please write the place as numbers" in seen.text
