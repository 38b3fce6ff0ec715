"""The organiser's list of people: search, correct, cancel, forget, hand out."""

import csv
import io

import pytest
import sqlalchemy as sa
from flask import Flask
from openpyxl import load_workbook

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.queries import get_household, get_whole_household
from jobfair.attendees.rules import (
    AttendeeKind,
    AttendeeState,
    HouseholdInput,
    HouseholdState,
    NeedKind,
    PersonInput,
)
from jobfair.audit.models import AuditEntry
from jobfair.core.actor import Role
from jobfair.core.db import db, session, transaction
from jobfair.data.work import Licence
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.places.operations import book
from jobfair.shuttle.models import Departure, Ride
from jobfair.shuttle.rules import RequestState, Ways
from jobfair.web.links import token_for
from tests.client import Page, PageClient
from tests.factories import (
    NOW,
    make_departure,
    make_fair,
    make_household,
    make_need,
    make_partner,
    make_request,
    make_ride,
    make_stop,
    make_user,
    make_window,
    signed_in,
)

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


def test_workbook_holds_texts_only(page: PageClient, haddads: Household) -> None:
    with transaction() as current:
        current.execute(sa.update(Attendee).values(family_name="=1+1", own_given_name="+1"))
    answer = page.open(f"{LIST}/people.xlsx?lang=en&kind=adult")
    sheet = load_workbook(io.BytesIO(answer.get_data())).active
    assert sheet is not None
    head, *rows = sheet.iter_rows()
    assert len(rows) == 1
    cells = dict(zip([cell.value for cell in head], rows[0], strict=True))
    assert (cells["Family name"].value, cells["Family name"].data_type) == ("=1+1", "s")
    assert cells["First name in own script"].data_type == "s"
    assert cells["Year of birth"].value == 1988
    assert cells["Registered by"].value == "Themselves"
    assert "Needs" not in cells


def test_needs_stand_on_the_household_page_only(page: PageClient, haddads: Household) -> None:
    make_need(haddads.people[0], kind=NeedKind.WHEELCHAIR)
    for path in ("", "/people.csv"):
        assert b"heelchair" not in page.open(f"{LIST}{path}?lang=en").get_data()
    assert "Wheelchair" in page.get(f"{LIST}/{haddads.id}?lang=en").text


def test_narrowing_by_who_registered_kind_and_window(page: PageClient, fair: Fair) -> None:
    partner, user, window = make_partner(fair), make_user(), make_window(fair)
    make_household(fair, adults=1, children=0)
    make_household(fair, adults=2, children=0, partner_id=partner.id, registered_by=user.id)
    make_household(fair, adults=1, children=3, registered_by=user.id, window_id=window.id)
    for query, number in (
        ({"by": "self"}, 1),
        ({"by": str(partner.id)}, 2),
        ({"by": "desk"}, 4),
        ({"by": "9" * 30}, 7),
        ({"kind": "child"}, 3),
        ({"window": str(window.id)}, 4),
        ({"window": str(window.id), "kind": "adult"}, 1),
    ):
        assert len(found(page.get(LIST, query_string=query))) == number, query
    assert partner.name in page.get(LIST).text


def test_those_who_wait_are_told_apart(page: PageClient, fair: Fair) -> None:
    make_household(fair, adults=2, children=0, state=HouseholdState.WAITLISTED)
    make_household(fair, adults=1, children=0)
    assert len(found(page.get(LIST, query_string={"state": "waitlisted"}))) == 2
    assert len(found(page.get(LIST, query_string={"state": "registered"}))) == 1


def test_the_place_on_the_waiting_list_is_shown(page: PageClient, fair: Fair) -> None:
    waiting = HouseholdState.WAITLISTED
    _first, second = (make_household(fair, state=waiting) for _ in range(2))
    shown = page.get(f"/desk/osnabrueck-2026/people/{second.id}?lang=en")
    assert "Place on the waiting list 2" in " ".join(shown.text.split())
    comes = page.get(f"/desk/osnabrueck-2026/people/{make_household(fair).id}?lang=en")
    assert "Place on the waiting list" not in comes.text


def test_narrowing_by_bus(page: PageClient, fair: Fair) -> None:
    stop = make_stop()
    make_departure(fair, [stop])
    for state in (RequestState.SEATED, RequestState.RESTING, RequestState.CANCELLED):
        make_request(make_household(fair, adults=1, children=0), stop, state=state)
    for bus in ("seated", "waiting", "none"):
        assert len(found(page.get(LIST, query_string={"bus": bus}))) == 1, bus


def test_printing_what_was_ticked(page: PageClient, haddads: Household, fair: Fair) -> None:
    make_household(fair)
    shown = page.get(f"{LIST}?lang=en")
    ticks = shown.root.all("input", name="household")
    assert len(ticks) == 5
    assert "Print the sheet of Haddad, Amal" in shown.text
    fields = {"csrf_token": shown.csrf_token, "household": [haddads.id, haddads.id]}
    answer = page.open("/desk/osnabrueck-2026/sheets", method="POST", data=fields)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")


def test_past_the_last_page_is_the_first(page: PageClient, haddads: Household) -> None:
    assert len(found(page.get(f"{LIST}?page=7&spoken=ar"))) == 2


@pytest.mark.parametrize("places", [1, 0])
def test_a_wheelchair_that_is_noted_at_the_desk_has_a_place_on_the_bus(
    page: PageClient, haddads: Household, fair: Fair, places: int
) -> None:
    stop = make_stop()
    bus = make_departure(fair, [stop], wheelchairs=places)
    given = {"ways": Ways.OUT, "people": 2, "state": RequestState.SEATED}
    ride = make_ride(make_request(haddads, stop, **given), bus)
    page.get(f"{LIST}/{haddads.id}?lang=en")
    shown = page.submit(-1, {"people-0-needs": ["wheelchair"]})
    assert ("Their bus has no free place for a wheelchair." in shown.text) is (not places)
    assert session().get_one(Departure, bus.id).wheelchairs_taken == places
    assert session().get_one(Ride, ride.id).wheelchairs == places


def test_correcting_work_needs_and_window(page: PageClient, haddads: Household) -> None:
    make_need(haddads.people[0], kind=NeedKind.CHILDCARE)
    window = make_window(session().get_one(Fair, haddads.fair_id))
    shown = page.get(f"{LIST}/{haddads.id}?lang=en")
    page.submit(
        len(shown.forms) - 1,
        {
            "people-0-speaks": ["ar", "ku"],
            "people-0-german_level": "A2",
            "people-0-work": ["care"],
            "people-0-licence": "B",
            "people-0-needs": ["interpreter"],
            "people-0-interpreter_lang": "ku",
            "window_id": str(window.id),
        },
    )
    amal = get_whole_household(haddads.id).people[0]
    assert (amal.speaks, amal.work, amal.licence) == (["ar", "ku"], ["care"], Licence.B)
    assert [(need.kind, need.lang) for need in amal.needs] == [(NeedKind.INTERPRETER, "ku")]
    assert session().get_one(ArrivalWindow, window.id).taken == 2
    entry = session().scalars(sa.select(AuditEntry)).one()
    assert set(entry.fields) == {"german_level", "licence", "needs", "speaks", "window", "work"}


def test_full_window_changes_nothing(page: PageClient, haddads: Household) -> None:
    window = make_window(session().get_one(Fair, haddads.fair_id), capacity=1)
    shown = page.get(f"{LIST}/{haddads.id}?lang=en")
    values = {"window_id": str(window.id), "phone": "0541 999999"}
    refused = page.submit(len(shown.forms) - 1, values, status=422)
    assert "0541 999999" in str(refused.response.get_data())
    assert get_household(haddads.id).phone == "+49 541 1234"


def test_new_badge_voids_the_old_code(page: PageClient, haddads: Household) -> None:
    person = haddads.people[0]
    assert person.badge is not None
    old = person.badge.code
    _sent(page, f"{LIST}/{haddads.id}/badge/1")
    badge = get_household(haddads.id).people[0].badge
    assert badge is not None
    assert badge.code != old
    assert session().get_one(BadgeCode, old).voided_at is not None
    page.get(f"{LIST}/{haddads.id}/badge/9", 404)


def test_new_link_kills_the_old_one(page: PageClient, haddads: Household) -> None:
    old = token_for("my", haddads.id, haddads.link_version)
    page.get(f"/my/{old}")
    _sent(page, f"{LIST}/{haddads.id}/link")
    page.get(f"/my/{old}", 404)
    fresh = get_household(haddads.id).link_version
    page.get(f"/my/{token_for('my', haddads.id, fresh)}")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/people.csv",
        "/people.xlsx",
        "/1",
        "/1/link",
        "/1/badge/1",
        "/1/cancel",
        "/1/cancel/1",
        "/1/forget",
    ],
)
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
