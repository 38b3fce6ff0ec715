"""Every endpoint says who may call it, and nobody writes without having seen the form."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from jobfair.attendees.models import BadgeCode, Household
from jobfair.checkin.models import Scan
from jobfair.core.actor import Permission, Role
from jobfair.core.db import session
from jobfair.exhibitors.models import Exhibitor
from jobfair.fairs.models import Fair
from jobfair.feedback.models import FeedbackInvitation
from jobfair.web.access import SAFE_METHODS
from jobfair.web.links import token_for
from tests.client import PageClient, defaults_of
from tests.everything import dump, make_everything
from tests.factories import make_fair

TOKENS: dict[str, tuple[str, Any]] = {
    "booking": ("my", Household),
    "exhibitors": ("exhibitor", Exhibitor),
    "feedback": ("feedback", FeedbackInvitation),
}


def _rules(app: Flask, *, unsafe: bool | None = None) -> list[Rule]:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "assets.file"]
    if unsafe is None:
        return rules
    return [rule for rule in rules if bool(set(rule.methods or ()) - SAFE_METHODS) is unsafe]


def _guard(app: Flask, rule: Rule) -> Permission | str | None:
    guard: Permission | str | None = getattr(app.view_functions[rule.endpoint], "__guard__", None)
    return guard


def _any_value(rule: Rule, name: str) -> Any:
    """Return one of the words that the address allows there, else a number."""
    converter = rule._converters[name]
    return min(converter.items) if isinstance(converter, AnyConverter) else 1


def _address(app: Flask, rule: Rule) -> str:
    """Fill in the address with rows that exist."""
    room = rule.endpoint.split(".")[0]
    values: dict[str, Any] = {name: _any_value(rule, name) for name in rule.arguments}
    known = {
        "fair": session().scalars(sa.select(Fair.slug).order_by(Fair.id)).first(),
        "code": session().scalars(sa.select(BadgeCode.code)).first(),
        "scan_id": session().scalars(sa.select(Scan.id)).first(),
        "role": "door",
        "key": "1-out-0",
    }
    if room in TOKENS:
        kind, table = TOKENS[room]
        row = session().scalars(sa.select(table).order_by(table.id)).first()
        known["token"] = token_for(kind, row.id, row.link_version)
    values.update({name: known[name] for name in values if name in known})
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


@pytest.fixture
def organiser(app: Flask, page: PageClient) -> PageClient:
    """Give the page of an organiser of every fair, over rows in every table."""
    make_everything()
    page.sign_in(Role.ORGANISER, also=(Role.DOOR, Role.ATTENDANT, Role.EXHIBITOR))
    return page


def _forms(app: Flask, page: PageClient) -> Iterator[tuple[str, Any]]:
    """Go through the forms of all pages as address and fields."""
    for rule in _rules(app):
        if "GET" in (rule.methods or ()):
            address = _address(app, rule)
            found = page.open(address, follow_redirects=True)
            if found.status_code == 200 and found.mimetype == "text/html":
                here = page.get(address)
                for form in here.forms:
                    yield form.get("action") or here.url, defaults_of(form)


def test_every_endpoint_says_who_may_call_it(app: Flask) -> None:
    assert [rule.endpoint for rule in _rules(app) if _guard(app, rule) is None] == []


def _but_for_the_log(lines: str) -> list[str]:
    return [line for line in lines.splitlines() if not line.startswith("audit_entry:")]


def test_reading_writes_nothing_but_who_took_a_list_away(app: Flask, organiser: PageClient) -> None:
    before = _but_for_the_log(dump())
    for rule in _rules(app):
        if "GET" in (rule.methods or ()):
            response = organiser.open(_address(app, rule))
            assert response.status_code < 500, rule
            assert _but_for_the_log(dump()) == before, rule


def test_no_bare_request_writes(app: Flask, organiser: PageClient) -> None:
    before = dump()
    for rule in _rules(app, unsafe=True):
        address = _address(app, rule)
        for body in ({"data": {"csrf_token": "false"}}, {"json": {}}, {"json": []}):
            response = organiser.open(address, method="POST", **body)
            assert response.status_code < 500, rule
            assert dump() == before, rule


def test_no_form_writes_without_its_token(app: Flask, organiser: PageClient) -> None:
    forms = list(_forms(app, organiser))
    assert len(forms) > 10
    before = dump()
    for address, fields in forms:
        for token in ("", "false"):
            response = organiser.open(address, method="POST", data={**fields, "csrf_token": token})
            assert response.status_code < 500, address
            assert dump() == before, address


def test_visitors_reach_no_protected_page(app: Flask) -> None:
    make_everything()
    before = dump()
    for rule in _rules(app):
        if _guard(app, rule) == "public":
            continue
        for method in set(rule.methods or ()) - {"HEAD", "OPTIONS"}:
            response = PageClient(app).open(_address(app, rule), method=method)
            sent = response.status_code == 302 and response.location.startswith("/sign-in")
            assert sent or response.status_code == 401, rule
    assert dump() == before


@pytest.mark.parametrize("role", list(Role))
def test_a_role_at_one_fair_opens_no_other(app: Flask, page: PageClient, role: Role) -> None:
    make_everything()
    page.sign_in(role, make_fair().id)
    for rule in _rules(app):
        guarded = _guard(app, rule) not in ("public", Permission.SIGNED_IN)
        if guarded and "fair" in rule.arguments:
            method = "GET" if "GET" in (rule.methods or ()) else "POST"
            response = page.open(_address(app, rule), method=method)
            assert response.status_code == 403, rule
