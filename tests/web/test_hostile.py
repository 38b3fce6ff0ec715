"""What no page of ours ever sends: it is refused, and never ends in a fault."""

import io
import json
import logging
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from jobfair.core.actor import Role
from jobfair.fairs.queries import own_texts
from jobfair.web.limits import email_key, typed_address
from jobfair.web.links import token_for
from tests.client import PageClient
from tests.factories import (
    NOW,
    make_device,
    make_exhibitor,
    make_fair,
    make_household,
    make_shift,
    make_stand,
    make_station,
    token_of,
)

HUGE = 10**25
FORMS = ("/sign-in", "/sign-in/link", "/sign-out")


def send(page: PageClient, url: str, fields: dict[str, Any], **request: Any) -> TestResponse:
    """Send fields with the token of the page that was fetched last."""
    assert page.last is not None
    data = {"csrf_token": page.last.csrf_token, **fields}
    return page.open(url, method="POST", data=data, **request)


@pytest.mark.parametrize("body", [[1, 2], 5, "x", {"csrf_token": 5}, {"email": {"a": []}}])
@pytest.mark.parametrize("url", FORMS)
def test_forms_take_no_json(page: PageClient, url: str, body: object) -> None:
    page.get("/sign-in")
    assert page.last is not None
    headers = {"X-CSRFToken": page.last.csrf_token}
    answer = page.open(url, method="POST", json=body, headers=headers)
    assert answer.status_code in (302, 422)


@pytest.mark.parametrize("name", ["email", "password"])
def test_forms_take_no_files(page: PageClient, name: str) -> None:
    page.get("/sign-in")
    answer = send(page, "/sign-in", {name: (io.BytesIO(b"x"), "x.txt")})
    assert answer.status_code == 422


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", ""])
def test_rows_have_short_numbers(page: PageClient, number: str) -> None:
    fair = make_fair()
    page.get(f"/{fair.slug}/register")
    answer = send(page, f"/{fair.slug}/register", {f"people-{number}-given": "Olena"})
    assert answer.status_code == 422


def test_ids_that_no_row_can_have_lead_to_no_page(page: PageClient) -> None:
    fair = make_fair()
    page.sign_in(Role.ORGANISER, fair.id)
    page.get(f"/desk/{fair.slug}/people?page={HUGE}")
    for path in ("people/{}", "exhibitors/{}", "settings/rooms/{}", "shuttle/stops/{}"):
        page.get(f"/desk/{fair.slug}/{path.format(HUGE)}", status=404)


@pytest.mark.parametrize("more", ["endpoint=x", "_scheme=evil", "_external=1", "fair=b-1", "x=%00"])
def test_the_list_links_to_nothing_but_what_it_was_asked(page: PageClient, more: str) -> None:
    fair = make_fair()
    make_household(fair, lang="de")
    page.sign_in(Role.ORGANISER, fair.id)
    page.get(f"/desk/{fair.slug}/people?text=olena&spoken=%00de&{more}")
    table = page.last.link("CSV") if page.last else ""
    assert table == f"/desk/{fair.slug}/people/people.csv?text=olena&spoken=de"


def test_texts_hold_nothing_that_cannot_be_seen(page: PageClient) -> None:
    fair = make_fair()
    page.sign_in(Role.ORGANISER, fair.id)
    address = f"/desk/{fair.slug}/settings/texts"
    page.get(address)
    page.submit("texts", {"lead": "Eins\x00\r\n\r\nZwei\u202e"})
    assert own_texts(fair.id, "de")["lead"] == "Eins\n\nZwei"


@pytest.mark.parametrize("stand", [HUGE, -1, "²", "x"])
def test_stands_that_cannot_be_are_refused(page: PageClient, stand: object) -> None:
    fair = make_fair()
    make_stand(fair)
    exhibitor = make_exhibitor(fair, state="approved")
    page.sign_in(Role.ORGANISER, fair.id)
    address = f"/desk/{fair.slug}/exhibitors/{exhibitor.id}"
    page.get(address)
    assert send(page, f"{address}/stand", {"stand_id": stand}).status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "0000-01-01", "9999-12-31", "31.02.2027"])
def test_days_at_the_ends_of_the_calendar_are_refused(page: PageClient, day: str) -> None:
    page.sign_in(Role.ORGANISER)
    page.get("/desk/new")
    typed = {"name": "Messe", "day": day, "starts": "00:00", "ends": "11:00", "capacity": "5"}
    answer = send(page, "/desk/new", typed | {"registration_opens_at": f"{day}T00:00"})
    assert answer.status_code == 422
    assert day in answer.get_data(as_text=True)


def test_a_host_that_is_none_gets_a_short_refusal(page: PageClient) -> None:
    answer = page.open("/", headers={"Host": "a" * 70 + ".example"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "typed", ["DOOR@example.org", " door@example.org", "do\u200bor@example.org"]
)
def test_a_disguised_address_counts_as_the_same(app: Flask, typed: str) -> None:
    with app.test_request_context(method="POST", data={"email": typed}):
        assert typed_address("email") == "door@example.org"
        assert email_key() == "email:door@example.org"


def test_whoever_forgets_the_address_is_not_counted_with_all_others(limited: Flask) -> None:
    for _visitor in range(11):
        page = PageClient(limited)
        page.get("/sign-in")
        page.submit(0, {"password": "x" * 12}, status=422)


def test_an_exhibitor_cannot_have_mails_sent_without_end(limited: Flask) -> None:
    exhibitor = make_exhibitor(make_fair(), state="confirmed")
    page, own = PageClient(limited), token_for("exhibitor", exhibitor.id, exhibitor.link_version)
    statuses = []
    for number in range(21):
        page.get(f"/exhibitor/{own}/edit")
        fields = {"contact_email": f"somebody-{number}@example.org"}
        statuses.append(page.submit(0, fields, status=200 if number < 20 else 429).status)
        own = page.last.url.rpartition("/")[2] if page.last else own
    assert statuses[-1] == 429


def test_a_fault_while_a_fault_is_shown_names_no_path(
    app: Flask, page: PageClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object, **_values: object) -> NoReturn:
        raise LookupError("Zoryana's address")

    household = make_household(make_fair())
    token = token_for("my", household.id, household.link_version)
    monkeypatch.setattr("jobfair.web.problems.render_template", broken)
    monkeypatch.setattr("jobfair.booking.views.own.render_template", broken)
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    caplog.set_level(logging.INFO, "jobfair")
    assert page.open(f"/my/{token}").status_code == 500
    lines = [logging.getLogger("jobfair").handlers[0].format(r) for r in caplog.records]
    assert "LookupError" in [json.loads(line).get("fault") for line in lines]
    assert token not in "".join(lines)
    assert "Zoryana" not in "".join(lines)


def test_the_present_password_is_not_guessed_for_ever(limited: Flask) -> None:
    page = PageClient(limited)
    page.sign_in(Role.DOOR)
    page.get("/account")
    guess = {"present": "falsch falsch", "password": "ein langes neues"}
    assert send(page, "/account/password", guess).status_code == 302  # there was none before
    answers = [send(page, "/account/password", guess).status_code for _attempt in range(31)]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_nobody_fills_a_mailbox_with_confirmations(limited: Flask) -> None:
    fair = make_fair(capacity=200)
    start = f"/{fair.slug}/register"
    typed = {"email": "victim@example.org", "lang": "de"}
    answers = []
    for _household in range(101):
        page = PageClient(limited)
        page.get(start)
        send(page, start, {"people-0-kind": "adult", "people-0-given": "Amal"})
        send(page, f"{start}/place", {"municipality": "other"})
        send(page, f"{start}/work", {})
        send(page, f"{start}/needs", {"interpreter_lang": ""})
        send(page, f"{start}/contact", typed)
        answers.append(send(page, f"{start}/summary", {"consent": "y"}).status_code)
    assert answers == [302] * 100 + [429]


def test_pages_behind_links_are_not_for_search_engines(page: PageClient) -> None:
    household = make_household(make_fair())
    token = token_for("my", household.id, household.link_version)
    assert page.open(f"/my/{token}").headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in page.open("/").headers


@pytest.mark.parametrize("call", ["scans", "search", "walk-ins", "actions"])
def test_json_without_end_cannot_be_read(app: Flask, call: str) -> None:
    fair = make_fair(starts_at=NOW, ends_at=NOW + timedelta(hours=4))
    device = make_device(make_shift(fair), make_station(fair), kind="supervisor")
    answer = app.test_client().post(
        f"/api/v1/fairs/{fair.slug}/{call}",
        data=b"[" * 100_000,
        headers={"Authorization": f"Bearer {token_of(device)}", "Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad_request")
