"""The door's pages and the calls of its script."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import BadgeCode
from jobfair.core.actor import Role
from jobfair.core.clock import frozen
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from tests.client import PageClient
from tests.factories import FAIR_STARTS, make_fair, make_household, signed_in

AT = FAIR_STARTS + timedelta(minutes=3)


@pytest.fixture
def fair(app: Flask) -> Fair:
    fair = make_fair(slug="fair-2026")
    make_household(fair, lang="ar")
    signed_in(app, Role.DOOR, fair.id)
    return fair


def body_of(badge: str) -> dict[str, object]:
    return {
        "id": str(uuid4()),
        "badge": badge,
        "station": "Eingang 1",
        "direction": "in",
        "scanned_at": AT.isoformat(),
        "override": None,
    }


def a_code(fair: Fair) -> str:
    query = sa.select(BadgeCode.code).where(BadgeCode.fair_id == fair.id)
    return session().scalars(query.order_by(BadgeCode.attendee_id)).first() or ""


def test_the_door_leads_to_the_one_fair(page: PageClient, fair: Fair) -> None:
    make_fair()
    make_fair(phase=Phase.DRAFT)
    here = page.get("/door")
    assert here.url.endswith("/door/fair-2026")
    policy = here.response.headers["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in policy
    assert here.response.headers["Cache-Control"] == "no-store"


def test_with_several_fairs_one_is_chosen(page: PageClient, app: Flask, fair: Fair) -> None:
    other = make_fair()
    signed_in(app, Role.ORGANISER)
    here = page.get("/door")
    assert other.name in here.root.text
    assert page.follow("Scanner").status == 200


def test_without_duty_the_page_says_so(page: PageClient, app: Flask) -> None:
    signed_in(app, Role.EXHIBITOR)
    assert not page.get("/door").forms


def test_every_word_of_the_script_is_on_the_page(page: PageClient, fair: Fair) -> None:
    with frozen(AT):
        here = page.get("/door/fair-2026?lang=en")
    (block,) = here.root.all("script", id="door-data")
    data = json.loads("".join(str(child) for child in block.children))
    assert data["verdicts"]["already_inside"]["word"] == "Already inside"
    assert set(data["urls"]) == {"scans", "undo", "search", "counts", "wasm"}
    assert "Rehearsal" not in here.root.text
    assert "Rehearsal" in page.get("/door/fair-2026?lang=en").root.text


def test_scans_are_answered_each_by_itself(page: PageClient, fair: Fair) -> None:
    code = a_code(fair)
    with frozen(AT):
        page.get("/door/fair-2026")
        sent = [body_of(code), {"id": "?"}, body_of(code)]
        results = page.call("/door/fair-2026/scans", {"scans": sent})["results"]
        counts = json.loads(page.open("/door/fair-2026/counts").get_data())
    assert [one["outcome"] for one in results] == ["admitted", None, "already_inside"]
    assert results[0]["greeting"] == "أهلًا وسهلًا"
    assert results[1]["error"] == "bad_id"
    assert results[2]["since"] == {"at": "2026-11-28T09:03:00Z", "station": "Eingang 1"}
    assert counts == {"inside": 1, "recent": 1, "free": fair.capacity - 1}


def test_a_scan_is_taken_back(page: PageClient, fair: Fair) -> None:
    with frozen(AT):
        page.get("/door/fair-2026")
        one = body_of(a_code(fair))
        page.call("/door/fair-2026/scans", {"scans": [one]})
        assert page.call(f"/door/fair-2026/scans/{one['id']}/undo", {}) == {"undone": True}
        problem = page.call(f"/door/fair-2026/scans/{uuid4()}/undo", {}, 404)
    assert problem["code"] == "scan_unknown"


def test_a_hit_tells_people_apart_and_no_more(page: PageClient, fair: Fair) -> None:
    page.get("/door/fair-2026")
    people = page.call("/door/fair-2026/search", {"q": "kovalenko"})["people"]
    assert len(people) == 3
    expected = {"code", "name", "own_script", "lang", "household", "municipality", "birth_year"}
    assert set(people[0]) == expected
    assert people[0]["municipality"] == "Bramsche"
    assert page.call("/door/fair-2026/search", {"q": 7})["people"] == []
    assert page.call("/door/fair-2026/search", [])["people"] == []


def test_calls_without_token_or_sense_are_refused(page: PageClient, fair: Fair) -> None:
    page.get("/door/fair-2026")
    url = "/door/fair-2026/scans"
    without = page.open(url, method="POST", json={"scans": [body_of(a_code(fair))]})
    assert (without.status_code, without.get_json()["code"]) == (409, "csrf")
    assert page.call(url, {"scans": 1}, 422)["code"] == "scans_unreadable"
    broken = page.open(url, method="POST", data="{", content_type="application/json")
    assert broken.status_code == 400
    assert broken.mimetype == "application/problem+json"


def test_only_door_staff_of_this_fair_scan(page: PageClient, app: Flask, fair: Fair) -> None:
    other = make_fair()
    assert page.open(f"/door/{other.slug}").status_code == 403
    signed_in(app, Role.ATTENDANT, fair.id)
    assert page.open("/door/fair-2026").status_code == 403
