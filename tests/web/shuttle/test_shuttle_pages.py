"""The timetable, the lists of those who go along, and the organiser's pages about buses."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee
from jobfair.checkin.rules import DeviceKind, Outcome
from jobfair.checkin.rules import Direction as Way
from jobfair.core.actor import Role
from jobfair.core.clock import frozen
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.shuttle.models import Departure, Stop
from jobfair.shuttle.operations import RideWish, request_rides
from jobfair.shuttle.queries import counts, get_departure, list_departures, list_stops
from jobfair.shuttle.rules import Direction, Ways
from tests.client import PageClient
from tests.factories import (
    NOW,
    make_departure,
    make_device,
    make_fair,
    make_household,
    make_scan,
    make_shift,
    make_stop,
    signed_in,
)

KEY = "4-out-0"


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Make a fair with one bus of four seats there and one back."""
    made = make_fair(slug="fair-2026")
    stops = [make_stop(name="Bramsche, Bahnhof", note="Bussteig 1"), make_stop(name="Engter")]
    make_departure(made, stops, line=4, seats=4)
    make_departure(made, stops, line=4, seats=4, direction=Direction.BACK, fair_at=made.ends_at)
    return made


def ride(fair: Fair, people: int, **given: Any) -> None:
    """Let a household ask for both rides."""
    stop = min(list_stops(), key=lambda one: one.id)
    household = make_household(fair, adults=people, children=0, **given)
    with transaction():
        request_rides(RideWish(fair.id, household.id, Ways.BOTH, stop.id, 0, 0, people), now=NOW)


def test_everybody_sees_all_stops_and_times(fair: Fair, page: PageClient) -> None:
    seen = page.get("/fair-2026/shuttle?lang=en")
    for words in ("Line 4", "Bramsche, Bahnhof", "Bussteig 1", "Engter", "09:40", "16:10"):
        assert words in seen.text
    assert seen.link("Bramsche") == "#m-03459014"
    page.get("/fair-2026/shuttle?lang=ar")


def test_nobody_is_asked_to_book_when_the_fair_is_over(fair: Fair, page: PageClient) -> None:
    assert "You book your seats" in page.get("/fair-2026/shuttle?lang=en").text
    with frozen(fair.ends_at):
        seen = page.get("/fair-2026/shuttle?lang=en").text
    assert "This fair is over" in seen
    assert "You book your seats" not in seen


def test_a_fair_without_buses_says_so(app: Flask, page: PageClient) -> None:
    make_fair(slug="quiet-2026")
    assert "not known yet" in page.get("/quiet-2026/shuttle?lang=en").text


def test_a_draft_is_seen_by_its_organiser_only(app: Flask, page: PageClient) -> None:
    draft = make_fair(slug="draft-2026", phase=Phase.DRAFT)
    page.get("/draft-2026/shuttle", 404)
    signed_in(app, Role.ORGANISER, draft.id)
    page.get("/draft-2026/shuttle")


def test_an_attendant_has_the_list_of_those_with_seats(
    app: Flask, fair: Fair, page: PageClient
) -> None:
    ride(fair, 3, phone="0151 1111111")
    ride(fair, 2, phone="0151 2222222")
    signed_in(app, Role.ATTENDANT, fair.id)
    lists = page.get("/door/fair-2026/buses?lang=en")
    assert "3 of 4 seats taken" in lists.text
    seen = page.get(f"/door/fair-2026/buses/{KEY}?lang=en")
    assert "0 of 3 on board" in seen.text
    assert "0151" not in seen.text
    assert "Коваленко" in seen.text
    assert "Nobody at this stop" in seen.text
    page.get("/door/fair-2026/buses/4-back-0")
    page.get("/door/fair-2026/buses/5-out-0", 404)
    page.get("/door/fair-2026/buses/nonsense", 404)


def test_buses_that_have_left_come_last(app: Flask, page: PageClient) -> None:
    early = {"starts_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(hours=5)}
    running = make_fair(slug="running-2026", **early)
    signed_in(app, Role.ATTENDANT, running.id)
    stop = make_stop(name="Melle")
    make_departure(running, [stop], line=1, fair_at=running.starts_at)
    back = {"direction": Direction.BACK, "fair_at": running.ends_at}
    make_departure(running, [stop], line=2, **back)
    words = page.get("/door/running-2026/buses?lang=en").text
    assert words.index("Line 2") < words.index("Have left") < words.index("Line 1")


@pytest.mark.parametrize("role", [Role.DOOR, Role.EXHIBITOR])
def test_others_have_no_list(app: Flask, fair: Fair, page: PageClient, role: Role) -> None:
    signed_in(app, role, fair.id)
    page.get(f"/door/fair-2026/buses/{KEY}", 403)
    page.get(f"/door/fair-2026/buses/{KEY}/manifest.pdf", 403)
    page.get("/desk/fair-2026/shuttle/", 403)


def test_an_attendant_of_another_fair_has_no_list(app: Flask, fair: Fair, page: PageClient) -> None:
    signed_in(app, Role.ATTENDANT, make_fair().id)
    page.get(f"/door/fair-2026/buses/{KEY}", 403)


def test_the_list_on_paper_has_as_many_pages_as_it_needs(
    app: Flask, fair: Fair, page: PageClient
) -> None:
    with transaction() as current:
        for departure in list_departures(fair.id):
            current.get_one(Departure, departure.id).seats = 100
    for number in range(20):
        ride(fair, 4, phone=f"0151 {number:07}")
    signed_in(app, Role.ATTENDANT, fair.id)
    answer = page.open(f"/door/fair-2026/buses/{KEY}/manifest.pdf?lang=en")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="bus-{KEY}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    document = pypdfium2.PdfDocument(BytesIO(answer.get_data()))
    pages = [one.get_textpage().get_text_range() for one in document]
    assert len(pages) == 4
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of 4" in text
        assert "80 people" in text
    assert "(continued)" in pages[1]
    assert sum(text.count("Kovalenko") for text in pages) == 80


def test_whoever_got_on_without_a_seat_is_counted_on_the_list(
    app: Flask, fair: Fair, page: PageClient
) -> None:
    household = make_household(fair, adults=1, children=0)
    person = (
        session().scalars(sa.select(Attendee).where(Attendee.household_id == household.id)).one()
    )
    bus = get_departure(fair.id, KEY)
    on_board = {"direction": Way.BOARD, "outcome": Outcome.BOARDED, "departure_id": bus.id}
    make_scan(person, "", **on_board)
    signed_in(app, Role.ATTENDANT, fair.id)
    assert "1 of 1 on board" in page.get(f"/door/fair-2026/buses/{KEY}?lang=en").text


BUS = {"direction": "out", "line": "7", "wave": "1", "seats": "50", "wheelchairs": "2"}
DESK = "/desk/fair-2026/shuttle"


@pytest.fixture
def organiser(app: Flask, fair: Fair) -> None:
    """Sign an organiser in."""
    signed_in(app, Role.ORGANISER, fair.id)


def stop_id(name: str) -> int:
    """Return the id of the stop of that name."""
    return next(stop.id for stop in list_stops() if stop.name == name)


@pytest.mark.usefixtures("organiser")
def test_the_organiser_sees_load_and_how_many_wait(fair: Fair, page: PageClient) -> None:
    ride(fair, 3)
    ride(fair, 2)
    seen = page.get(f"{DESK}/?lang=en")
    assert "3 of 4" in seen.text
    assert seen.link("in 1 household") == f"{DESK}/waiting"


@pytest.mark.usefixtures("organiser")
def test_a_bus_is_added(fair: Fair, page: PageClient) -> None:
    page.get(f"{DESK}/new?lang=en")
    calls = {
        "calls-0-stop": stop_id("Engter"),
        "calls-0-at": "9.50",
        "calls-2-stop": stop_id("Bramsche, Bahnhof"),
        "calls-2-at": "9:30",
    }
    page.submit("bus", {**BUS, "fair_at": "10:15", **calls})
    made = get_departure(fair.id, "7-out-0")
    assert (made.seats, made.wheelchairs) == (50, 2)
    assert [call.stop.name for call in made.calls] == ["Bramsche, Bahnhof", "Engter"]
    assert [f"{call.at:%H:%M}" for call in made.calls] == ["08:30", "08:50"]


@pytest.mark.usefixtures("organiser")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"line": "4"}, "has a bus with this number"),
        ({"seats": "0"}, "from 1 to 200"),
        ({"fair_at": "09:00"}, "before it has left the last stop"),
        ({"fair_at": "soon"}, "Please write the time like this"),
        ({"calls-0-at": ""}, "when the bus is at this stop"),
        ({"calls-1-at": "09:45"}, "choose the stop"),
        ({"calls-0-stop": "0", "calls-0-at": ""}, "at least one stop"),
    ],
)
def test_what_can_not_be_is_refused_and_kept(
    fair: Fair, page: PageClient, fields: dict[str, str], words: str
) -> None:
    page.get(f"{DESK}/new?lang=en")
    bus = {**BUS, "fair_at": "10:15", "calls-0-stop": stop_id("Engter"), "calls-0-at": "09:40"}
    refused = page.submit("bus", {**bus, **fields}, status=422)
    assert words in refused.text
    wheelchairs = refused.root.all("input", name="wheelchairs")[0]
    assert wheelchairs.get("value") == "2"
    assert len(list_departures(fair.id)) == 2


@pytest.mark.usefixtures("organiser")
def test_more_seats_help_those_who_wait(fair: Fair, page: PageClient) -> None:
    ride(fair, 3)
    ride(fair, 2)
    for key in (KEY, "4-back-0"):
        page.get(f"{DESK}/{key}?lang=en")
        page.submit("bus", {"seats": "6"})
    assert counts(fair.id).waiting_households == 0
    page.get(f"{DESK}/{KEY}?lang=en")
    refused = page.submit("bus", {"seats": "4"}, status=422)
    assert "2 people would lose the seats" in refused.text
    assert refused.root.all("input", name="seats")[0].get("value") == "4"
    page.submit("bus", button="Save, although people lose their seats")
    assert counts(fair.id).waiting_people == 2


@pytest.mark.usefixtures("organiser")
def test_a_bus_without_riders_is_taken_out(fair: Fair, page: PageClient) -> None:
    page.get(f"{DESK}/{KEY}?lang=en")
    page.follow("Take the bus out")
    page.submit("remove")
    assert [one.direction for one in list_departures(fair.id)] == [Direction.BACK]


@pytest.mark.usefixtures("organiser")
def test_a_bus_with_riders_is_taken_out_when_it_was_said_how_many(
    fair: Fair, page: PageClient
) -> None:
    ride(fair, 2)
    page.get(f"{DESK}/{KEY}/remove?lang=en")
    assert "2 people would lose the seats" in page.submit("remove", status=422).text
    assert len(list_departures(fair.id)) == 2
    ride(fair, 1)
    assert "3 people would lose the seats" in page.submit("remove", status=422).text
    page.submit("remove")
    assert [one.direction for one in list_departures(fair.id)] == [Direction.BACK]
    assert counts(fair.id).waiting_people == 3


@pytest.mark.usefixtures("organiser")
def test_a_bus_with_a_phone_stays(fair: Fair, page: PageClient) -> None:
    bus = list_departures(fair.id, Direction.OUT)[0]
    make_device(make_shift(fair), kind=DeviceKind.ATTENDANT, departure_id=bus.id)
    page.get(f"{DESK}/{KEY}/remove?lang=en")
    assert "A phone is set up for this bus" in page.submit("remove", status=422).text
    assert len(list_departures(fair.id)) == 2


@pytest.mark.usefixtures("organiser")
def test_stops_are_added_and_changed(fair: Fair, page: PageClient) -> None:
    page.get(f"{DESK}/stops/new?lang=en")
    stop = {"municipality": "03459024", "name": "Melle, Markt", "place": "52,2031, 8,3391"}
    page.submit("stop", stop)
    made: Stop = next(one for one in list_stops() if one.name == "Melle, Markt")
    assert (made.lat, made.lon, made.step_free) == (52.2031, 8.3391, False)
    page.get(f"{DESK}/stops/{made.id}?lang=en")
    page.submit("stop", {"note": "Am Rathaus", "step_free": "y"})
    assert "Am Rathaus" in page.get(f"{DESK}/stops?lang=en").text
    page.get(f"{DESK}/stops/new?lang=en")
    assert "with this name" in page.submit("stop", stop, status=422).text
    swapped = {**stop, "name": "Melle, Bahnhof", "place": "8.3391, 52.2031"}
    assert "Please write the place as numbers" in page.submit("stop", swapped, status=422).text
    page.get(f"{DESK}/stops/99999", 404)
