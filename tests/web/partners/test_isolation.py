"""No partner sees or changes another's people, on any route: walks all of them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from jobfair.accounts.models import Partner
from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.attendees.rules import HouseholdState
from jobfair.core.actor import Permission
from jobfair.core.codes import group_code
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from tests.client import PageClient
from tests.everything import dump
from tests.factories import (
    make_attendee,
    make_fair,
    make_group,
    make_household,
    make_import,
    make_import_row,
    make_member,
    make_need,
    make_notice,
    make_partner,
    make_user,
)
from tests.web.partners.conftest import sign_in_for

HELP = Permission.HELP
NAMED_BY_ID = frozenset({"household_id", "group_id", "list_id", "notice_id"})
OTHERS = {"number": 1, "kind": "xlsx"}
WORDS = ("Given", "Family", "Eigen", "Sippe", "Gruppe", "Liste", "Zeile", "Nachricht", "Wartend")


@dataclass(frozen=True)
class World:
    """What a partner has at the fair: ids by the names that addresses have for them."""

    partner: Partner
    ids: dict[str, int]
    secrets: tuple[str, ...]


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Make a fair that takes registrations."""
    return make_fair(phase=Phase.OPEN, places_taken=50)


def make_world(fair: Fair, mark: str) -> World:
    """Make a partner with one of everything, each with the mark in its words."""
    partner = make_partner(fair, name=f"Partner {mark}")
    user = make_user(name=f"Member {mark}")
    make_member(partner, user)
    group = make_group(partner, name=f"Gruppe{mark}")
    contact = {"email": f"{mark}@family.example", "phone": f"0541 {ord(mark[0]) * 1111}"}
    household = make_household(
        fair, 0, 0, partner_id=partner.id, group_id=group.id, registered_by=user.id, **contact
    )
    person = make_attendee(
        household,
        position=0,
        given_name=f"Given{mark}",
        family_name=f"Family{mark}",
        own_given_name=f"Eigen{mark}",
        own_family_name=f"Sippe{mark}",
        name_key=f"|given{mark} family{mark}",
    )
    make_need(person)
    waiting = make_household(
        fair, 0, 0, partner_id=partner.id, state=HouseholdState.WAITLISTED, email="", phone=""
    )
    make_attendee(waiting, position=0, given_name=f"Wartend{mark}")
    notice = make_notice(household, text=f"Nachricht{mark}", german=f"Nachricht{mark}")
    imported = make_import(fair, user, partner_id=partner.id, name=f"Liste{mark}")
    make_import_row(imported, data={"given": f"Zeile{mark}"})
    ids = {
        "household_id": household.id,
        "group_id": group.id,
        "list_id": imported.id,
        "notice_id": notice.id,
    }
    code = session().scalars(sa.select(BadgeCode.code).filter_by(attendee_id=person.id)).one()
    marked = tuple(f"{word}{mark}" for word in WORDS)
    return World(partner, ids, (*marked, *contact.values(), code, group_code(code)))


@pytest.fixture
def mine(fair: Fair) -> World:
    """Make the partner whose member is signed in."""
    return make_world(fair, "aaa")


@pytest.fixture
def theirs(fair: Fair) -> World:
    """Make the other partner."""
    return make_world(fair, "zzz")


@pytest.fixture
def signed_in(page: PageClient, mine: World, theirs: World) -> PageClient:
    """Give the page of a member of the first partner."""
    user = session().scalars(sa.select(Partner).where(Partner.id == mine.partner.id)).one()
    member = make_member(user, make_user(name="Weitere Person"))
    sign_in_for(page, member)
    return page


def rules(app: Flask) -> list[Rule]:
    """Return every rule that partners may call."""
    views = app.view_functions
    return [
        rule
        for rule in app.url_map.iter_rules()
        if getattr(views[rule.endpoint], "__guard__", None) is HELP
    ]


def address(app: Flask, rule: Rule, fair: Fair, world: World) -> str:
    """Fill in the address; what the walk can't fill in has to be taught to it."""
    known: dict[str, Any] = {"fair": fair.slug, **OTHERS, **world.ids}
    unknown = rule.arguments - known.keys()
    assert not unknown, f"{rule}: teach this test what {unknown} is"
    with app.test_request_context():
        values = {name: known[name] for name in rule.arguments}
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def methods(rule: Rule) -> list[str]:
    return sorted(set(rule.methods or ()) & {"GET", "POST"})


def by_id(app: Flask) -> Iterator[Rule]:
    return (rule for rule in rules(app) if rule.arguments & NAMED_BY_ID)


def words_of(response: TestResponse) -> str:
    """Return what a page, spreadsheet or sheet of paper says."""
    if response.mimetype != "application/pdf":
        return response.data.decode(errors="replace")
    document = pypdfium2.PdfDocument(io.BytesIO(response.data))
    pages = [one.get_textpage().get_text_bounded() for one in document]
    return "\n".join(pages).replace("\u00a0", " ")


def fields(page: PageClient, fair: Fair, world: World) -> dict[str, Any]:
    """Return what any form might send to name somebody else's rows, with a genuine token."""
    token = page.get(f"/partner/{fair.slug}/groups").csrf_token
    return {
        "csrf_token": token,
        "household": str(world.ids["household_id"]),
        "group": str(world.ids["group_id"]),
        "number": "1",
        "name": "Neuer Name",
        "consent": "y",
        "agreed": "y",
    }


def test_the_walk_finds_the_workspace(app: Flask) -> None:
    assert len(list(by_id(app))) > 15
    assert {rule.endpoint.partition(".")[0] for rule in rules(app)} == {"entrance", "partners"}


def test_rows_of_others_are_like_unknown_ones(
    app: Flask, fair: Fair, signed_in: PageClient, theirs: World
) -> None:
    nobody = World(theirs.partner, dict.fromkeys(theirs.ids, 10**12), ())
    data = fields(signed_in, fair, theirs)
    before = dump()
    for rule in by_id(app):
        for method in methods(rule):
            sent = {"data": data} if method == "POST" else {}
            if rule.endpoint == "partners.import_template":
                continue
            found, unknown = (
                signed_in.open(address(app, rule, fair, world), method=method, **sent)
                for world in (theirs, nobody)
            )
            assert found.status_code == unknown.status_code, (rule, method)
            refused = found.status_code in (403, 404)
            assert refused or not changed_or_said(found, before), (rule, method)
            assert dump() == before, (rule, method)


def changed_or_said(response: TestResponse, before: str) -> bool:
    """Tell whether an answer that is no refusal did or said anything."""
    return dump() != before or response.status_code != 302


def test_forms_about_own_rows_take_none_of_others(
    app: Flask, fair: Fair, signed_in: PageClient, mine: World, theirs: World
) -> None:
    data = fields(signed_in, fair, theirs)
    before = [line for line in dump().splitlines() if "zzz" in line]
    for rule in rules(app):
        if "POST" in methods(rule):
            signed_in.open(address(app, rule, fair, mine), method="POST", data=data)
            after = [line for line in dump().splitlines() if "zzz" in line]
            assert after == before, rule
    household = sa.text("SELECT partner_id, group_id, state FROM household WHERE id = :id")
    row = session().execute(household, {"id": theirs.ids["household_id"]}).one()
    assert tuple(row) == (theirs.partner.id, theirs.ids["group_id"], "registered")


def test_no_page_says_anything_about_others(
    app: Flask, fair: Fair, signed_in: PageClient, mine: World, theirs: World
) -> None:
    asked = ("", "?text=zzz", "?text=0541", f"?group={theirs.ids['group_id']}", "?page=2")
    said = ""
    for rule in rules(app):
        if "GET" not in methods(rule):
            continue
        for query in asked:
            found = signed_in.open(f"{address(app, rule, fair, mine)}{query}")
            words = words_of(found)
            said += words
            looked_for = query.removeprefix("?text=")
            leaked = [one for one in theirs.secrets if one in words.replace(looked_for, "", 2)]
            assert leaked == [], (rule, query)
    assert [one for one in mine.secrets[: len(WORDS)] if one not in said] == []


def test_every_person_has_one_home(fair: Fair, mine: World, theirs: World) -> None:
    """The two worlds differ in all that is looked for."""
    assert set(mine.secrets).isdisjoint(theirs.secrets)
    assert session().scalar(sa.select(sa.func.count()).select_from(Attendee)) == 4
