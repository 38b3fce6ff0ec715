"""The organiser's overview of a fair."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from jobfair.accounts.rules import AccessState
from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import HouseholdState
from jobfair.checkin.models import Scan
from jobfair.checkin.rules import ConflictKind
from jobfair.core.actor import Role
from jobfair.core.clock import frozen
from jobfair.core.db import db, session
from jobfair.exhibitors.rules import ExhibitorState
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from tests.client import Page, PageClient
from tests.factories import (
    NOW,
    make_access_request,
    make_answer,
    make_attendee,
    make_conflict,
    make_departure,
    make_device,
    make_exhibitor,
    make_fair,
    make_household,
    make_invitation,
    make_mail,
    make_notice,
    make_request,
    make_ride,
    make_scan,
    make_shift,
    make_station,
    make_stop,
    signed_in,
)


@pytest.fixture(autouse=True)
def _organiser(app: Flask) -> None:
    signed_in(app, Role.ORGANISER)


def today(page: PageClient, fair: Fair) -> Page:
    return page.get(f"/desk/{fair.slug}?lang=en")


def figures(shown: Page) -> dict[str, str]:
    keys = shown.root.all("dl")[0].all("div")
    return {key.all("dt")[0].text: key.all("dd")[0].text for key in keys}


def todo(shown: Page) -> list[str]:
    return [
        item.all("strong")[0].text for found in shown.root.all("ol") for item in found.all("li")
    ]


def let_in(household: Household, minutes: int) -> None:
    query = sa.select(Attendee).where(Attendee.household_id == household.id)
    for person in session().scalars(query):
        code = (
            session()
            .scalars(sa.select(BadgeCode.code).where(BadgeCode.attendee_id == person.id))
            .one()
        )
        make_scan(person, code, scanned_at=NOW + timedelta(minutes=minutes))


def test_a_fresh_fair_says_what_is_next(page: PageClient) -> None:
    fair = make_fair(phase=Phase.DRAFT)
    shown = today(page, fair)
    assert todo(shown) == ["The fair is a draft"]
    assert figures(shown)["registered"] == "0 of 500 places"
    assert not shown.root.all("svg", role="img")


def test_every_figure_says_of_how_many(page: PageClient) -> None:
    fair, other = make_fair(), make_fair()
    household = make_household(fair)
    make_household(other)
    make_exhibitor(fair)
    make_exhibitor(fair, state=ExhibitorState.CONFIRMED)
    stop = make_stop()
    make_ride(make_request(household, stop), make_departure(fair, [stop]))
    assert figures(today(page, fair)) == {
        "registered": "3 of 500 places",
        "exhibitors": "1 of 2 applications",
        "seats taken": "3 of 50 in the buses",
        "waiting for the bus": "3 people in 1 household",
        "children": "1 of 3 people",
        "cancelled": "0 of 3 people",
    }


def test_what_needs_the_organiser_is_listed(page: PageClient) -> None:
    fair = make_fair(registration_closes_at=NOW + timedelta(hours=5), capacity=3)
    make_request(make_household(fair), make_stop())
    make_exhibitor(fair)
    make_exhibitor(fair, state=ExhibitorState.CONFIRMED)
    make_mail(fair_id=fair.id, failed_at=NOW)
    make_notice(make_household(fair, adults=0, children=0))
    assert todo(today(page, fair)) == [
        "Registration ends soon",
        "1 application to decide",
        "1 exhibitor has no stand",
        "1 household waits for the bus",
        "1 household to tell",
        "1 mail could not be delivered",
        "0 places are left",
    ]


def test_whom_no_mail_reached_is_listed(page: PageClient) -> None:
    fair, other = make_fair(), make_fair()
    make_mail(fair_id=fair.id, recipient="lost@example.org", failed_at=NOW)
    make_mail(fair_id=other.id, recipient="other@example.org", failed_at=NOW)
    household = make_household(fair)
    owner = {"subject_kind": "household", "subject_id": household.id}
    make_mail(fair_id=fair.id, recipient="back@example.org", sent_at=NOW, bounced_at=NOW, **owner)
    make_mail(fair_id=fair.id, recipient="there@example.org", sent_at=NOW, **owner)
    make_mail(fair_id=fair.id, recipient="", failed_at=NOW)
    assert "2 mails could not be delivered" in todo(today(page, fair))
    listed = page.follow("Look")
    assert "lost@example.org" in listed.text
    assert "back@example.org" in listed.text
    assert "other@example.org" not in listed.text
    assert "there@example.org" not in listed.text
    assert f"/desk/{fair.slug}/people/{household.id}" in [
        a.get("href") for a in listed.root.all("a")
    ]


@pytest.mark.parametrize(
    ("phase", "hours", "title"),
    [
        (Phase.OPEN, 0, "The fair has begun"),
        (Phase.CLOSED, 0, "The fair has begun"),
        (Phase.RUNNING, -7, "The fair has ended"),
    ],
)
def test_a_fair_that_should_move_on_says_so(
    page: PageClient, phase: Phase, hours: int, title: str
) -> None:
    starts_at = NOW + timedelta(hours=hours)
    fair = make_fair(phase=phase, starts_at=starts_at, ends_at=starts_at + timedelta(hours=6))
    make_shift(fair)
    assert todo(today(page, fair)) == [title]


def test_on_the_day_the_door_needs_a_shift(page: PageClient) -> None:
    fair = make_fair(phase=Phase.RUNNING, starts_at=NOW, ends_at=NOW + timedelta(hours=6))
    assert todo(today(page, fair)) == ["No shift of the door has begun"]
    page.follow("Begin")


def test_what_needs_somebody_at_the_door_is_listed(page: PageClient) -> None:
    fair = make_fair(phase=Phase.RUNNING, starts_at=NOW, ends_at=NOW + timedelta(hours=6))
    shift, station = make_shift(fair), make_station(fair)
    long_ago = NOW - timedelta(minutes=11)
    make_device(shift, station, unsent=3, seen_at=long_ago)
    make_device(shift, station, unsent=3, seen_at=NOW)
    make_device(shift, station, unsent=3, seen_at=long_ago, revoked_at=NOW)
    make_device(shift, station, unsent=0, seen_at=long_ago)
    household = make_household(fair)
    let_in(household, 0)
    scan = session().scalars(sa.select(Scan)).first()
    assert scan is not None
    make_conflict(scan)
    make_conflict(scan, kind=ConflictKind.NOT_ADMISSIBLE, resolved_at=NOW, reason="Falsch gelesen")
    assert todo(today(page, fair)) == [
        "1 phone keeps scans and is silent",
        "1 conflict at the door",
    ]


def test_arrivals_are_drawn_and_tabled(page: PageClient) -> None:
    fair = make_fair(phase=Phase.RUNNING, starts_at=NOW, ends_at=NOW + timedelta(hours=6))
    let_in(make_household(fair), 1)
    let_in(make_household(fair, adults=1, children=0), 12)
    shown = today(page, fair)
    assert figures(shown)["came"] == "4 of 4 registered"
    assert figures(shown)["inside now"] == "4 of 4 who came"
    assert "Most: 3 at 10:00" in shown.root.all("svg", role="img")[0].text
    rows = [row.text for row in shown.root.all("table")[0].all("tr")]
    assert rows[1:4] == ["10:00 3", "10:05 0", "10:10 1"]


def test_after_the_fair_the_answers_count(page: PageClient) -> None:
    fair = make_fair(phase=Phase.OVER)
    make_answer(make_invitation(make_exhibitor(fair)))
    make_exhibitor(fair)
    shown = today(page, fair)
    assert figures(shown)["answers"] == "1 of 1 exhibitor asked"
    assert todo(shown) == ["1 exhibitor has not been asked"]


def test_people_are_counted_by_language_and_place(page: PageClient) -> None:
    fair = make_fair()
    make_household(fair, lang="ar")
    make_household(fair, adults=1, children=0)
    languages, places = today(page, fair).root.all("table")
    assert [row.text for row in languages.all("tr")][1:] == ["Arabic 3 of 4", "Ukrainian 1 of 4"]
    assert [row.text for row in places.all("tr")][1:] == ["Bramsche 4 of 4"]


def test_the_page_asks_the_database_as_often_for_many_as_for_few(
    app: Flask, page: PageClient
) -> None:
    fair = make_fair()
    asked: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    def ask() -> int:
        make_exhibitor(fair)
        let_in(make_household(fair), 0)
        asked.clear()
        today(page, fair)
        return len(asked)

    few = ask()
    assert [ask(), ask()] == [few, few]
    event.remove(db.engine, "before_cursor_execute", note)


def test_helpers_those_who_wait_and_doubles_are_listed(page: PageClient) -> None:
    fair = make_fair(capacity=10)
    make_access_request(fair)
    make_access_request(fair, email="other@example.org", state=AccessState.REFUSED)
    for _ in range(2):
        household = make_household(fair, adults=0, children=0)
        make_attendee(household, sound_key="|hmd|ml", birth_year=1990)
    make_household(fair, state=HouseholdState.WAITLISTED)
    shown = today(page, fair)
    assert todo(shown) == [
        "1 person wants to help",
        "1 household waits for places",
        "1 pair may be one person",
    ]
    assert figures(shown)["waiting list"] == "1 household without places"
    for action, address in (
        ("Decide", "/partners"),
        ("See why", "/waiting"),
        ("Compare", "/people/duplicates"),
    ):
        today(page, fair)
        assert page.follow(action).url.endswith(address)


def test_who_waits_at_a_full_fair_needs_nobody(page: PageClient) -> None:
    fair = make_fair(capacity=3)
    make_household(fair)
    make_household(fair, state=HouseholdState.WAITLISTED)
    assert todo(today(page, fair)) == ["0 places are left"]


def test_at_a_cancelled_fair_only_telling_is_left_to_do(page: PageClient) -> None:
    fair = make_fair(phase=Phase.CANCELLED)
    make_exhibitor(fair, state=ExhibitorState.CONFIRMED)
    make_mail(fair_id=fair.id, failed_at=NOW)
    make_notice(make_household(fair), kind="fair_cancelled")
    with frozen(fair.ends_at):
        assert todo(today(page, fair)) == ["1 household to tell", "1 mail could not be delivered"]
