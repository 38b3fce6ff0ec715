"""The organiser's list of people: search, correct, cancel, forget, hand out."""

import csv
import io

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.queries import get_household
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdInput, PersonInput
from jobfair.audit.models import AuditEntry
from jobfair.core.actor import Role
from jobfair.core.db import db, session, transaction
from jobfair.fairs.models import Fair
from jobfair.places.operations import book
from tests.client import Page, PageClient
from tests.factories import NOW, make_fair, make_household, signed_in

LIST = "/desk/osnabrueck-2026/people"


@pytest.fixture
def fair(app: Flask) -> Fair:
    fair = make_fair(slug="osnabrueck-2026")
    signed_in(app, Role.ORGANISER, fair.id)
    return fair


@pytest.fixture
def haddads(fair: Fair) -> Household:
    people = (
        PersonInput(AttendeeKind.ADULT, "Amal", "Haddad", "أمل", "حداد", 1988),
        PersonInput(AttendeeKind.CHILD, "Yusuf", "Haddad", "يوسف", "حداد"),
    )
    wish = HouseholdInput("k1", "ar", "03459014", "amal@example.org", "+49 541 1234", people)
    with transaction():
        household_id = book(fair.id, wish, now=NOW).id
    return get_household(household_id)


def found(page: Page) -> list[str]:
    return [cell.text for cell in page.root.all("th") if cell.get("scope") == "row"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_list_in_both_languages(page: PageClient, haddads: Household, lang: str) -> None:
    assert len(found(page.get(f"{LIST}?lang={lang}"))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Haddad Amal",
        "amal had",
        "أمل",
        "amal@",
        "0541",
        "5411234",
        "HADDAD",
        "Emal Hadad",
        "Амаль Хаддад",
        "0541/1234",
    ],
)
def test_search_finds(page: PageClient, haddads: Household, fair: Fair, text: str) -> None:
    make_household(fair)
    shown = page.get(LIST, query_string={"text": text})
    assert any("Haddad, Amal" in name for name in found(shown))
    assert not any("Kovalenko" in name for name in found(shown))


def test_search_by_code(page: PageClient, haddads: Household) -> None:
    badge = haddads.people[1].badge
    assert badge is not None
    typed = f"{badge.code[:4]} {badge.code[4:8]}-{badge.code[8:]}".lower()
    assert ["Yusuf" in name for name in found(page.get(LIST, query_string={"text": typed}))] == [
        True
    ]


@pytest.mark.parametrize("text", ["%", "_", "'", "100%", "\\", "\u202e", "😀"])
def test_signs_of_the_database_mean_nothing(
    page: PageClient, haddads: Household, text: str
) -> None:
    assert found(page.get(LIST, query_string={"text": text})) == []


def test_filters(page: PageClient, haddads: Household, fair: Fair) -> None:
    make_household(fair, lang="uk", municipality="other")
    assert len(found(page.get(LIST, query_string={"spoken": "ar"}))) == 2
    assert len(found(page.get(LIST, query_string={"municipality": "other"}))) == 3
    assert found(page.get(LIST, query_string={"state": "cancelled"})) == []
    assert len(found(page.get(LIST, query_string={"state": "nonsense"}))) == 5


def test_pages_of_fifty(page: PageClient, fair: Fair) -> None:
    for _ in range(5):
        make_household(fair, adults=11, children=0)
    assert len(found(page.get(LIST))) == 50
    assert len(found(page.get(f"{LIST}?page=2"))) == 5


def test_correcting_a_household(page: PageClient, haddads: Household) -> None:
    page.get(f"{LIST}/{haddads.id}?lang=en")
    page.submit(
        1 if len(page.last.forms) > 1 else 0,  # type: ignore[union-attr]  # a page was fetched
        {"people-0-given_name": "Amaal", "phone": "", "municipality": "other"},
    )
    changed = get_household(haddads.id)
    assert (changed.people[0].given_name, changed.phone) == ("Amaal", "")
    entry = (
        session()
        .scalars(sa.select(AuditEntry).where(AuditEntry.action == "household.corrected"))
        .one()
    )
    assert entry.fields == ["given_name", "municipality", "phone"]
    assert len(found(page.get(LIST, query_string={"text": "amaal"}))) == 1


def _sent(page: PageClient, address: str) -> Page:
    """Open the question and answer yes."""
    shown = page.get(address)
    return page.submit(len(shown.forms) - 1)


def test_cancelling_person_then_household(page: PageClient, haddads: Household) -> None:
    _sent(page, f"{LIST}/{haddads.id}/cancel/2")
    page.get(f"{LIST}/{haddads.id}/cancel/2", 404)
    _sent(page, f"{LIST}/{haddads.id}/cancel")
    states = set(session().scalars(sa.select(Attendee.state)))
    assert states == {AttendeeState.CANCELLED}
    assert session().scalar(sa.select(Fair.places_taken)) == 0


def test_forgetting(page: PageClient, haddads: Household) -> None:
    _sent(page, f"{LIST}/{haddads.id}/forget")
    page.get(f"{LIST}/{haddads.id}", 404)
    text = page.get(LIST).text
    assert "Haddad" not in text
    assert "forgotten" in page.get(f"{LIST}?lang=en").text


def test_household_of_another_fair_is_unknown(
    page: PageClient, app: Flask, haddads: Household
) -> None:
    other = make_fair(slug="bad-laer-2026")
    signed_in(app, Role.ORGANISER, other.id)
    page.get(f"/desk/bad-laer-2026/people/{haddads.id}", 404)


def test_spreadsheet_defuses_formulas(page: PageClient, haddads: Household, fair: Fair) -> None:
    with transaction() as current:
        current.execute(
            sa.update(Attendee).where(Attendee.position == 1).values(family_name="=1+1;\nx")
        )
    response = page.open(f"{LIST}/people.csv?lang=en")
    text = response.get_data().decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))
    assert len(rows) == 2
    assert {row["Family name"] for row in rows} == {"Haddad", "'=1+1;\nx"}
    assert {row["Telephone number"] for row in rows} == {"'+49 541 1234"}
    assert session().scalar(sa.select(AuditEntry.action)) == "people.exported"


@pytest.mark.parametrize("path", ["", "/people.csv", "/1", "/1/cancel", "/1/cancel/1", "/1/forget"])
def test_only_organisers(page: PageClient, app: Flask, haddads: Household, path: str) -> None:
    signed_in(app, Role.DOOR, haddads.fair_id)
    assert page.open(f"{LIST}{path}").status_code == 403


def test_longer_list_asks_the_database_no_more(page: PageClient, fair: Fair) -> None:
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    make_household(fair)
    page.get(LIST)
    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        page.get(LIST)
        short = len(sent)
        for _ in range(3):
            make_household(fair, adults=9)
        sent.clear()
        page.get(LIST)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    assert len(sent) == short
