"""The pages that belong to the house, and what holds for every answer."""

import gzip
import json
import logging
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from jobfair.core.languages import UI_LANGUAGES
from jobfair.web import assets
from jobfair.web.headers import HEADERS
from tests.client import PageClient
from tests.factories import make_fair

PAGES = ("/", "/imprint", "/privacy", "/accessibility")


@pytest.mark.parametrize("lang", UI_LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_pages_of_the_house_exist_in_every_language(page: PageClient, path: str, lang: str) -> None:
    here = page.get(f"{path}?lang={lang}")
    assert here.root.all("html")[0].get("lang") == lang


def test_fairs_to_come_are_listed_and_drafts_are_not(app: Flask, page: PageClient) -> None:
    make_fair(name="Messe in Bramsche")
    make_fair(name="Messe in Planung", phase="draft")
    make_fair(name="Messe von heute früh", phase="over")
    text = page.get("/").text
    assert "Messe in Bramsche" in text
    assert "Messe in Planung" not in text
    assert "Messe von heute früh" not in text


def test_imprint_names_the_operator(app: Flask, page: PageClient) -> None:
    operator = app.config["JOBFAIR"]
    text = page.get("/imprint").text
    for words in (operator.operator_name, operator.operator_phone, operator.operator_email):
        assert words in text


def test_german_unless_somebody_says_otherwise(page: PageClient) -> None:
    def lang(**request: object) -> str:
        return page.get("/imprint", **request).root.all("html")[0].get("lang")

    assert lang() == "de"
    assert lang(headers={"Accept-Language": "ar,en;q=0.5"}) == "ar"
    assert lang(headers={"Accept-Language": "fr"}) == "de"
    assert lang(query_string={"lang": "xx"}) == "de"
    assert lang(query_string={"lang": "uk"}) == "uk"
    assert lang(headers={"Accept-Language": "ar"}) == "uk"


def test_the_language_switch_keeps_the_page_and_its_question(page: PageClient) -> None:
    here = page.get("/imprint?a=1&a=2&lang=en")
    links = [a.get("href") for a in here.root.all("a") if a.get("hreflang")]
    assert links == [f"?a=1&a=2&lang={lang}" for lang in UI_LANGUAGES]
    current = here.root.all("a", **{"aria-current": "true"})
    assert [a.get("hreflang") for a in current] == ["en"]


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/healthz", "/static/dist/nothing.css"])
def test_every_answer_is_secured(page: PageClient, path: str) -> None:
    response = page.open(path)
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "Cache-Control" in response.headers
    assert "Strict-Transport-Security" not in response.headers
    assert "Strict-Transport-Security" in page.open(path, base_url="https://localhost").headers


def test_a_nonce_is_used_once(page: PageClient) -> None:
    policies = {page.open("/").headers["Content-Security-Policy"] for _time in range(3)}
    assert len(policies) == 3


def test_long_pages_are_compressed(page: PageClient) -> None:
    plain = page.open("/imprint").get_data()
    response = page.open("/imprint", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(response.get_data())) == len(plain)
    assert "Accept-Encoding" in response.headers["Vary"]


def test_files_are_kept_for_ever_and_know_no_session(
    page: PageClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "page.0a1b.css").write_text("p { margin: 0 }")
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    with page.client.get("/static/dist/page.0a1b.css") as answer:
        assert answer.cache_control.immutable
        assert answer.vary.as_set() == {"accept-encoding"}
        assert "Set-Cookie" not in answer.headers


def test_what_is_not_there_is_a_page_that_helps(page: PageClient) -> None:
    here = page.get("/nothing-here", status=404)
    assert any(link.get("href").startswith("tel:") for link in here.root.all("a"))
    assert here.response.headers["Cache-Control"] == "no-store"
    page.get("/fair-4711", status=404)


def test_a_wrong_method_is_a_page_too(page: PageClient) -> None:
    page.post("/imprint", status=405)


def test_a_program_gets_problem_json(page: PageClient) -> None:
    response = page.open("/nothing-here", headers={"Accept": "application/json"})
    assert response.mimetype == "application/problem+json"
    problem = response.get_json()
    assert (problem["status"], problem["code"]) == (404, "not_found")
    assert problem["detail"]


def test_too_much_is_refused(app: Flask, page: PageClient) -> None:
    big = {"email": "x" * (app.config["MAX_CONTENT_LENGTH"] + 1)}
    assert page.open("/sign-in", method="POST", data=big).status_code == 413


def test_a_fault_is_a_page_and_a_line_without_words(
    app: Flask, page: PageClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> NoReturn:
        raise LookupError("Zoryana's address")

    monkeypatch.setitem(app.view_functions, "pages.imprint", broken)
    monkeypatch.setattr(app, "testing", False)
    caplog.set_level(logging.INFO, "jobfair")
    here = page.get("/imprint", status=500)
    assert "LookupError" not in here.text
    (record,) = [r for r in caplog.records if r.message == "fault"]
    line = json.loads(logging.getLogger("jobfair").handlers[0].format(record))
    assert line["fault"] == "LookupError"
    assert line["where"][-1].endswith("broken")
    assert "Zoryana" not in json.dumps(line)


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_who_comes_when_the_database_is_busy_may_come_again(
    app: Flask, page: PageClient, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    def locked() -> NoReturn:
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

    monkeypatch.setitem(app.view_functions, "pages.imprint", locked)
    response = page.open(f"/imprint?lang={lang}")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert page.get(f"/imprint?lang={lang}", status=503).root.all("html")[0].get("lang") == lang


def test_logs_name_the_route_and_not_the_path(
    page: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "jobfair")
    page.open("/my/secret-token")
    response = page.open("/B/0123456789AB", headers={"X-Request-ID": "abcd-1234"})
    lines = [logging.getLogger("jobfair").handlers[0].format(r) for r in caplog.records]
    routes = [json.loads(line).get("route") for line in lines]
    assert "/my/<token>" in routes
    assert "secret-token" not in "".join(lines)
    assert "0123456789AB" not in "".join(lines)
    assert response.headers["X-Request-ID"] == "abcd-1234"


def test_a_false_token_loses_nothing_that_was_typed(page: PageClient) -> None:
    page.get("/sign-in")
    typed = {"csrf_token": "false", "email": "olena@example.org", "password": "x" * 12}
    response = page.open("/sign-in", method="POST", data=typed)
    assert response.status_code == 422
    html = response.get_data(as_text=True)
    assert "olena@example.org" in html
    assert 'name="csrf_token"' in html


def test_the_server_says_that_it_lives(page: PageClient) -> None:
    assert page.open("/healthz").get_json() == {"status": "ok"}
    assert page.open("/readyz").get_json() == {"status": "ok"}
