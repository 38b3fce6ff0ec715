"""The desk's pages of the door as it stands: figures, conflicts, sample badges."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.checkin.models import Scan
from jobfair.checkin.rules import ConflictKind, Outcome, StationKind
from jobfair.core.actor import Role
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from tests.client import Page, PageClient
from tests.factories import (
    NOW,
    make_conflict,
    make_device,
    make_fair,
    make_household,
    make_room,
    make_scan,
    make_shift,
    make_station,
    make_window,
    signed_in,
)


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Give a fair that has begun, whose organiser is signed in."""
    signed_in(app, Role.ORGANISER)
    starts_at = NOW - timedelta(minutes=30)
    return make_fair(starts_at=starts_at, ends_at=NOW + timedelta(hours=5))


def opened(page: PageClient, fair: Fair, rest: str = "") -> Page:
    return page.get(f"/desk/{fair.slug}/door{rest}?lang=en")


def scanned(fair: Fair, **given: object) -> Scan:
    """Make a household of one whose badge was scanned."""
    household = make_household(fair, adults=1, children=0)
    query = sa.select(Attendee, BadgeCode.code).join(
        BadgeCode, BadgeCode.attendee_id == Attendee.id
    )
    person, code = session().execute(query.where(Attendee.household_id == household.id)).one()
    return make_scan(person, code, **given)


def test_the_door_shows_its_figures(page: PageClient, fair: Fair) -> None:
    room = make_room(fair, name="Saal", capacity=1)
    station = make_station(fair, name="Eingang")
    make_station(fair, name="Saaltür", kind=StationKind.HALL, room_id=room.id)
    make_device(make_shift(fair), station, name="Ole", unsent=7, seen_at=NOW)
    make_window(fair, taken=40, capacity=100)
    for _person in range(3):
        scanned(fair, station="Eingang")
        scanned(fair, station="Saaltür", room_id=room.id)
    shown = opened(page, fair)
    keys = {
        one.all("dt")[0].text: one.all("dd")[0].text for one in shown.root.all("dl")[0].all("div")
    }
    assert keys == {
        "came": "6 of 6 expected",
        "inside now": "3 of 500 places",
        "let in": "6 in the last five minutes",
        "scans on the way": "7 on 1 phone",
        "conflicts": "0 open",
    }
    rows = [row.text for row in shown.root.all("tr")]
    assert "Eingang 3 0" in rows
    assert "Saal 3 of 1" in rows
    assert "now" in [text.text for text in shown.root.all("text")]
    assert shown.root.all("path", class_="c-plan")


def test_a_rehearsal_is_shown_as_one(page: PageClient) -> None:
    fair = make_fair(starts_at=NOW + timedelta(days=6), ends_at=NOW + timedelta(days=6, hours=5))
    page.sign_in(Role.ORGANISER, fair.id)
    banner = "Rehearsal: these scans don't count at the fair."
    assert banner not in opened(page, fair).text
    scanned(fair, counts=False)
    shown = opened(page, fair)
    assert banner in shown.text
    assert "1 of 1 expected" in shown.text


def test_the_part_that_is_fetched_again_is_the_one_on_the_page(
    page: PageClient, fair: Fair
) -> None:
    make_conflict(scanned(fair))
    shown = opened(page, fair)
    address = next(e.get("data-live") for e in shown.root.all("div") if e.get("data-live"))
    answer = page.open(address, headers={"Accept": "application/json"})
    live = answer.get_json()
    assert live["said"] == "1 open conflict."
    assert live["said"] in shown.root.all("p", role="status")[0].text
    assert 'id="to-conflicts"' in live["html"]
    assert "<html" not in live["html"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_that_is_signed_out_gets_no_figures(app: Flask, fair: Fair) -> None:
    app.extensions.pop("actor_provider")
    address = f"/desk/{fair.slug}/door/live"
    answer = PageClient(app).open(address, headers={"Accept": "application/json"})
    assert answer.status_code == 401


def test_without_a_shift_the_door_says_so(page: PageClient, fair: Fair) -> None:
    assert "No shift is under way." in opened(page, fair).text
    page.follow("Begin a shift")


def test_a_conflict_is_resolved_with_a_reason(page: PageClient, fair: Fair) -> None:
    conflict = make_conflict(scanned(fair, station="Süd"), scanned(fair, station="Nord"))
    shown = opened(page, fair, "/conflicts")
    assert "Let in twice" in shown.text
    assert "Nord" in shown.text
    again = page.submit(f"resolve-{conflict.id}", status=422)
    assert "Please say in a few words what you found out." in again.text
    done = page.submit(f"resolve-{conflict.id}", {"reason": "War rauchen"})
    assert "No conflict is open." in done.text
    assert "War rauchen" in done.text


def test_two_conflicts_are_told_apart_when_one_is_refused(page: PageClient, fair: Fair) -> None:
    first = make_conflict(scanned(fair), kind=ConflictKind.NOT_ADMISSIBLE)
    second = make_conflict(scanned(fair, outcome=Outcome.UNKNOWN), kind=ConflictKind.NEVER_ISSUED)
    opened(page, fair, "/conflicts")
    again = page.submit(f"resolve-{second.id}", {"reason": "x" * 201}, status=422)
    fields = again.root.all("input", name="reason", type="text")
    values = {field.get("id"): field.get("value") for field in fields}
    assert values == {f"reason-{first.id}": "", f"reason-{second.id}": "x" * 201}


def test_a_conflict_of_another_fair_is_not_there(page: PageClient, fair: Fair) -> None:
    theirs = make_conflict(scanned(make_fair()))
    make_conflict(scanned(fair))
    token = opened(page, fair, "/conflicts").csrf_token
    fields = {"csrf_token": token, "reason": "x"}
    page.post(f"/desk/{fair.slug}/door/conflicts/{theirs.id}", fields, status=404)


def test_scans_with_impossible_times_are_listed_and_rehearsals_counted(
    page: PageClient, fair: Fair
) -> None:
    scanned(fair, station="Kaputt", scanned_at=datetime(1970, 1, 1, tzinfo=UTC), counts=False)
    scanned(fair, station="Morgen", scanned_at=NOW + timedelta(hours=2), counts=False)
    yesterday = NOW - timedelta(days=1)
    for _badge in range(2):
        scanned(fair, station="Probe", scanned_at=yesterday, received_at=yesterday, counts=False)
    shown = opened(page, fair, "/conflicts")
    assert "Kaputt" in shown.text
    assert "Morgen" in shown.text
    assert "Probe" not in shown.text
    assert "2 scans before the day of the fair were a rehearsal" in shown.text


def test_the_samples_say_what_a_phone_must_answer(page: PageClient, fair: Fair) -> None:
    assert "belong to a shift" in opened(page, fair, "/samples").text
    make_shift(fair)
    shown = opened(page, fair, "/samples")
    assert [one.text for one in shown.root.all("h2")] == [
        "1. Come in",
        "2. Waiting list",
        "3. Not valid",
    ]
    assert len(shown.root.all("svg", role="img")) == 3
    assert "SAMP LE00 0001" in shown.text
