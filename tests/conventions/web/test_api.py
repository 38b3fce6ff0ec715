"""The API: every address is guarded and described, and nothing is ever kept in a browser."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from config import ROOT
from jobfair.api.document import ADDRESS
from jobfair.checkin.api.refusals import ITEM_ERRORS, REFUSALS
from jobfair.checkin.rules import Right
from tests import factories as make


def _rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Go through the addresses with each of their methods."""
    for rule in app.extensions["api"].url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def test_every_address_says_who_may_call_it(app: Flask) -> None:
    views = app.extensions["api"].view_functions
    guards = {
        rule.rule: getattr(views[rule.endpoint], "__guard__", None) for rule, _ in _rules(app)
    }
    assert len(guards) > 8
    assert {rule for rule, guard in guards.items() if guard == "public"} == {"/devices", ADDRESS}
    assert all(guard == "public" or guard in set(Right) for guard in guards.values())


def test_every_address_is_in_the_document(app: Flask) -> None:
    paths = app.test_client().get(f"/api/v1{ADDRESS}").get_json()["paths"]
    for rule, method in _rules(app):
        if rule.rule != ADDRESS:
            assert method.lower() in paths[rule.rule.replace("<", "{").replace(">", "}")], rule


@pytest.mark.parametrize("signed_in", [True, False])
def test_no_cookie_is_looked_at_or_set(app: Flask, signed_in: bool) -> None:
    fair = make.make_fair()
    device = make.make_device(make.make_shift(fair), make.make_station(fair), kind="supervisor")
    slug = fair.slug
    client = app.test_client()
    client.set_cookie("jobfair", "anything")
    headers = {"Authorization": f"Bearer {make.token_of(device)}"} if signed_in else {}
    for rule, method in _rules(app):
        address = f"/api/v1{rule.rule.replace('<fair>', slug)}"
        response = client.open(address, method=method, headers=headers)
        assert "Set-Cookie" not in response.headers, rule
        assert response.headers["Cache-Control"] == "no-store", rule
        assert response.status_code < 500, rule


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("PUT", "/devices", 405, "wrong_method"),
        ("POST", "/devices", 400, "bad_request"),
    ],
)
def test_every_refusal_is_a_problem(
    app: Flask, method: str, path: str, status: int, code: str
) -> None:
    response = app.test_client().open(f"/api/v1{path}", method=method, data="{")
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.get_json()["code"] == code
    assert response.get_json()["detail"] == REFUSALS[code].words
    if status == 405:
        assert set(response.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_too_much_is_refused(app: Flask) -> None:
    response = app.test_client().post("/api/v1/devices", data=b"[" * (1024 * 1024 + 1))
    assert (response.status_code, response.get_json()["code"]) == (413, "too_large")


def test_every_code_is_explained(app: Flask) -> None:
    page = (ROOT / "docs" / "api.md").read_text()
    assert [code for code in (*REFUSALS, *ITEM_ERRORS) if f"`{code}`" not in page] == []
