"""The organiser's pages about plans: asked for, looked at, changed by hand, published."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from jobfair.core.actor import Role
from jobfair.core.db import transaction
from jobfair.fairs.models import Fair
from jobfair.shuttle.document import Document, TripKey, read_document
from jobfair.shuttle.models import Stop
from jobfair.shuttle.operations import RideWish, request_rides
from jobfair.shuttle.queries import counts, latest_run, list_departures, list_plans
from jobfair.shuttle.rules import Direction, PlanState, RunKind, RunState, Ways
from tests.client import Page, PageClient
from tests.factories import (
    FAIR_STARTS,
    NOW,
    make_bus_type,
    make_departure,
    make_fair,
    make_household,
    make_plan,
    make_run,
    make_shuttle_settings,
    make_stop,
    make_wave,
)

DESK = "/desk/fair-2026/shuttle/plan"
LINE_1 = TripKey(Direction.OUT, 1, 0)


@pytest.fixture
def fair(app: Flask, page: PageClient) -> Fair:
    """Make a fair with all that a plan needs, and sign its organiser in."""
    made = make_fair(slug="fair-2026", lat=52.25, lon=8.07)
    make_bus_type(made, name="Reisebus")
    make_bus_type(made, name="Kleinbus", seats=8, wheelchairs=0, count=2)
    make_wave(made, arrives_at=FAIR_STARTS)
    page.sign_in(Role.ORGANISER, made.id)
    return made


@pytest.fixture
def stops(fair: Fair) -> list[Stop]:
    """Make three stops."""
    places = {"Bramsche, Bahnhof": 52.41, "Engter": 52.36, "Alfhausen": 52.5}
    return [make_stop(name=name, lat=lat, lon=7.97) for name, lat in places.items()]


@pytest.fixture
def buses(fair: Fair, stops: list[Stop]) -> None:
    """Make two buses there and one back go."""
    make_departure(fair, stops[:2], line=1, seats=50, wheelchairs=2)
    make_departure(fair, stops[2:], line=2, seats=8, wheelchairs=0)
    home = {"direction": Direction.BACK, "fair_at": FAIR_STARTS + timedelta(hours=3)}
    make_departure(fair, stops[:2], line=1, seats=50, wheelchairs=2, **home)


@pytest.fixture
def draft(buses: None, page: PageClient) -> str:
    """Begin a draft with the timetable, and return its address."""
    page.get(f"{DESK}?lang=en")
    return page.submit("timetable").url


def ride(fair: Fair, stop: Stop, people: int) -> None:
    """Let a household ask for both rides."""
    household = make_household(fair, adults=people, children=0)
    with transaction():
        wish = RideWish(fair.id, household.id, Ways.BOTH, stop.id, 0, 0, people)
        request_rides(wish, now=NOW)


def document(fair: Fair) -> Document:
    """Return the newest plan."""
    return read_document(list_plans(fair.id)[0].document)


def change(
    page: PageClient, draft: str, form: str, fields: dict[str, str], status: int = 200
) -> Page:
    """Change line 1 of the draft on its page."""
    page.get(f"{draft.partition('?')[0]}/lines/1-out-0?lang=en")
    return page.submit(f"do-{form}", fields, status=status)


def test_one_ride_is_counted_as_one(fair: Fair, page: PageClient) -> None:
    make_wave(fair, number=1, arrives_at=None, returns_at=FAIR_STARTS + timedelta(hours=2))
    make_wave(fair, number=2, arrives_at=None, returns_at=FAIR_STARTS + timedelta(hours=3))
    assert "1 ride there · 3 rides back" in page.get(f"{DESK}?lang=en").text


def test_what_is_missing_is_named_with_its_page(app: Flask, page: PageClient) -> None:
    fair = make_fair(slug="fair-2026", lat=None, lon=None)
    page.sign_in(Role.ORGANISER, fair.id)
    seen = page.get(f"{DESK}?lang=en")
    assert "The fair has no place on the map yet." in seen.text
    assert "Please say first what is missing" in seen.text
    assert not seen.root.all("form", id="run")
    for words, address in {
        "Place of the fair": "/desk/fair-2026/settings",
        "Buses that can be had": "/desk/fair-2026/shuttle/fleet",
        ": Stops": "/desk/fair-2026/shuttle/stops",
    }.items():
        assert seen.link(words) == address


@pytest.mark.usefixtures("stops")
def test_a_plan_is_asked_for_watched_and_cancelled(fair: Fair, page: PageClient) -> None:
    page.get(f"{DESK}?lang=en")
    seen = page.submit("run", {"source": "estimate", "seconds": "20"})
    assert "It begins in a moment." in seen.text
    run = latest_run(fair.id, RunKind.PLAN)
    assert run
    assert run.wish == {"source": "estimate", "seconds": 20}
    part = page.open(f"{DESK}/progress?lang=en").get_json()
    assert "Cancel it" in part["html"]
    assert "next" not in part
    page.get(f"{DESK}?lang=en")
    assert "It was cancelled." in page.submit("cancel").text


@pytest.mark.usefixtures("stops")
def test_a_plan_under_way_says_that_it_is_being_cancelled(fair: Fair, page: PageClient) -> None:
    told = {"wave": 1, "waves": 1, "people": 1, "wanted": 1, "cost_cents": 0}
    make_run(fair, state=RunState.RUNNING, progress=told)
    page.get(f"{DESK}?lang=en")
    seen = page.submit("cancel")
    assert "It is being cancelled." in seen.text
    assert "Cancel it" not in seen.text


@pytest.mark.usefixtures("stops")
def test_a_page_that_waited_becomes_the_one_with_the_new_plan(fair: Fair, page: PageClient) -> None:
    made = make_plan(fair)
    run = make_run(fair, state=RunState.DONE, plan_id=made.id, ended_at=NOW)
    part = page.open(f"{DESK}/progress?lang=en").get_json()
    assert part == {"next": f"{DESK}?run={run.id}#result"}
    seen = page.get(f"{DESK}?run={run.id}&lang=en")
    assert seen.root.all(id="result")[0].get("tabindex") == "-1"
    assert seen.link("Look at the plan") == f"{DESK}/{made.id}"
    assert "One plan is worked out at a time." not in seen.text
    assert seen.link("Plan ") == f"{DESK}/{made.id}"
    assert seen.root.all("symbol", id="i-next")


@pytest.mark.usefixtures("stops")
def test_progress_and_failures_are_in_words(fair: Fair, page: PageClient) -> None:
    told = {"wave": 1, "waves": 2, "people": 40, "wanted": 50, "cost_cents": 120_055}
    make_run(fair, state=RunState.RUNNING, progress=told, started_at=NOW, seen_at=NOW)
    words = "Wave 1 of 2: 40 of 50 people ride, for 1,200 €."
    assert words in page.get(f"{DESK}?lang=en").text
    assert page.open(f"{DESK}/progress?lang=en").get_json()["said"] == words


@pytest.mark.usefixtures("stops")
def test_a_run_that_failed_says_why(fair: Fair, page: PageClient) -> None:
    make_run(fair, state=RunState.FAILED, error="no_optimiser", ended_at=NOW)
    assert "The optimiser is not installed on this server." in page.get(f"{DESK}?lang=en").text


def test_the_timetable_becomes_a_draft_with_all_figures(
    fair: Fair, stops: list[Stop], draft: str, page: PageClient
) -> None:
    assert draft.startswith(f"{DESK}/")
    seen = page.get(f"{draft}?lang=en")
    for words in (
        "10 minutes between Engter and the fair",
        "Line 1",
        "Bramsche",
        "Engter",
        "Alfhausen",
    ):
        assert words in seen.text
    wide, phone = [svg for svg in seen.root.all("svg") if svg.get("role") == "img"]
    assert "Alfhausen" in wide.text
    assert "Alfhausen" in phone.text
    page.get(f"{draft}?lang=en&wave=back-0")
    page.get(f"{draft}?wave=nonsense&lang=de")
    assert page.get(f"{DESK}?lang=en").link("Plan") == draft


def test_a_stop_moves_to_another_line(
    fair: Fair, stops: list[Stop], draft: str, page: PageClient
) -> None:
    bramsche = str(stops[0].id)
    seen = change(page, draft, "move", {"stop": bramsche, "line": "2", "position": "1"})
    assert "Changed." in seen.text
    lines = {trip.line: trip.stops for trip in document(fair).waves[0].trips}
    assert lines == {1: (stops[1].id,), 2: (stops[2].id, stops[0].id)}


def test_violations_are_shown_at_once_with_links(
    fair: Fair, stops: list[Stop], page: PageClient, buses: None
) -> None:
    ride(fair, stops[0], 9)
    page.get(f"{DESK}?lang=en")
    address = page.submit("timetable").url
    seen = change(page, address, "bus", {"bus": "Kleinbus"})
    assert "Line 1: 9 people need seats, the bus has 8." in seen.text
    assert seen.link("Line 1: 9 people").endswith("?wave=out-0#line-1")
    assert len(seen.root.all("tr", **{"class": "is-over"})) >= 1
    seen = change(page, address, "shift", {"way": "1", "minutes": "7"})
    assert "Line 1: the bus arrives 7 minutes too late." in seen.text


def test_stops_are_taken_out_and_added_and_nobody_is_lost(
    fair: Fair, stops: list[Stop], page: PageClient, buses: None
) -> None:
    ride(fair, stops[0], 3)
    page.get(f"{DESK}?lang=en")
    address = page.submit("timetable").url
    seen = change(page, address, "take-out", {"gone": str(stops[0].id)})
    assert "taken off a bus by hand" in seen.text
    assert "3 people" in seen.text
    change(page, address, "add", {"more": str(stops[0].id), "place": "0"})
    wave = document(fair).waves[0]
    assert wave.unserved == ()
    assert wave.trips[0].calls[0].people == 3


def test_lines_are_deleted_and_added(fair: Fair, draft: str, page: PageClient) -> None:
    change(page, draft, "delete", {})
    assert [trip.line for trip in document(fair).waves[0].trips] == [2]
    seen = page.submit("line", {"new_bus": "Reisebus"})
    assert "It halts nowhere yet." in seen.text
    assert "the bus halts nowhere" in seen.text
    assert len(document(fair).waves[0].trips) == 2


def test_minutes_that_are_no_number_are_refused_and_stay(draft: str, page: PageClient) -> None:
    seen = change(page, draft, "shift", {"way": "1", "minutes": "500"}, status=422)
    assert "from 1 to 120" in seen.text
    assert any(one.get("value") == "500" for one in seen.root.all("input"))


def test_minutes_without_digits_are_refused_once(draft: str, page: PageClient) -> None:
    seen = change(page, draft, "shift", {"way": "1", "minutes": "five"}, status=422)
    assert "Please check 1 entry" in seen.text
    assert "Please write a number in digits." in seen.text
    assert "from 1 to 120" not in seen.text


def test_a_ride_takes_as_long_in_figures_as_in_violations(
    fair: Fair, stops: list[Stop], page: PageClient
) -> None:
    make_shuttle_settings(fair, max_ride_s=600, direct_factor=1.0)
    aside = make_stop(name="Fürstenau", lat=52.52, lon=7.67)
    make_departure(fair, [stops[2], aside], line=1)
    page.get(f"{DESK}?lang=en")
    seen = page.get(f"{page.submit('timetable').url}?lang=en")
    (told,) = re.findall(r"from or to Alfhausen takes (\d+) minutes", seen.text)
    assert f"longest ride {told} min" in seen.text


def test_who_has_no_later_bus_is_counted(fair: Fair, stops: list[Stop], page: PageClient) -> None:
    make_wave(fair, number=1, arrives_at=None, returns_at=FAIR_STARTS + timedelta(hours=5))
    home = {"direction": Direction.BACK, "line": 1}
    make_departure(fair, stops, line=1)
    make_departure(fair, stops, fair_at=FAIR_STARTS + timedelta(hours=3), **home)
    make_departure(fair, stops[:1], wave=1, fair_at=FAIR_STARTS + timedelta(hours=5), **home)
    ride(fair, stops[0], 4)
    ride(fair, stops[1], 3)
    ride(fair, stops[2], 2)
    page.get(f"{DESK}?lang=en")
    draft = page.submit("timetable").url
    for path in (draft, f"{draft}/publish"):
        seen = page.get(f"{path}?lang=en")
        assert "5 people have no later bus home" in seen.text
        assert "Engter (3) · Alfhausen (2)" in seen.text
    page.get(f"{draft}?lang=en")
    page.submit("copy")
    assert "Stops without a bus in plan" in page.get(f"{DESK}/compare?lang=en").text


def test_who_wants_to_ride_when_no_bus_halts_is_counted(
    fair: Fair, stops: list[Stop], page: PageClient, buses: None
) -> None:
    ride(fair, stops[0], 3)
    page.get(f"{DESK}?lang=en")
    address = page.submit("timetable").url
    seen = change(page, address, "take-out", {"gone": str(stops[0].id)})
    assert "3 people want to be at the fair by" in seen.text
    assert "Bramsche, Bahnhof (3)" in seen.text


def test_two_who_change_a_plan_notice_each_other(
    fair: Fair, stops: list[Stop], draft: str, page: PageClient, app: Flask
) -> None:
    page.get(f"{draft}/lines/1-out-0?lang=en")
    other = PageClient(app)
    other.sign_in(Role.ORGANISER, fair.id)
    change(other, draft, "shift", {"way": "-1", "minutes": "5"})
    seen = page.submit("do-shift", {"way": "-1", "minutes": "9"}, status=422)
    assert "Somebody else" in seen.text
    assert document(fair).trip(LINE_1).shift_min == -5
    page.submit("do-shift")
    assert document(fair).trip(LINE_1).shift_min == -14


def test_a_stop_of_a_draft_stays(
    fair: Fair, stops: list[Stop], draft: str, page: PageClient
) -> None:
    spare = make_stop(name="Hesepe")
    change(page, draft, "add", {"more": str(spare.id), "place": "0"})
    page.get(f"/desk/fair-2026/shuttle/stops/{spare.id}?lang=en")
    assert "Please keep it" in page.submit("remove").text


def test_what_the_plan_does_not_have_is_not_found(draft: str, page: PageClient) -> None:
    for path in ("lines/9-out-0", "lines/1-out-7", "lines/nonsense"):
        page.get(f"{draft}/{path}", 404)
    page.get(f"{DESK}/999", 404)


def test_a_draft_is_published(fair: Fair, stops: list[Stop], draft: str, page: PageClient) -> None:
    change(page, draft, "move", {"stop": str(stops[0].id), "line": "2"})
    page.get(f"{draft}/publish?lang=en")
    assert "is the timetable now" in page.submit("publish").text
    assert list_plans(fair.id)[0].state is PlanState.PUBLISHED
    out = list_departures(fair.id, Direction.OUT)
    assert {bus.line: [call.stop_id for call in bus.calls] for bus in out} == {
        1: [stops[1].id],
        2: [stops[0].id, stops[2].id],
    }
    seen = page.get(f"{draft}?lang=en")
    assert "To change it, make a draft of it." in seen.text
    assert not seen.root.all("form", id="delete")
    assert page.submit("copy").url != draft


def test_publishing_says_first_how_many_lose_their_seats(
    fair: Fair, stops: list[Stop], page: PageClient, buses: None
) -> None:
    ride(fair, stops[0], 3)
    page.get(f"{DESK}?lang=en")
    address = page.submit("timetable").url
    change(page, address, "take-out", {"gone": str(stops[0].id)})
    page.get(f"{address}/publish?lang=en")
    seen = page.submit("publish", status=422)
    assert "3 people would lose the seats" in seen.text
    assert counts(fair.id).taken == 6
    page.submit("publish")
    assert list_plans(fair.id)[0].state is PlanState.PUBLISHED


def test_plans_are_compared_copied_and_deleted(fair: Fair, draft: str, page: PageClient) -> None:
    first = int(draft.rpartition("/")[2])
    page.get(f"{DESK}/compare?lang=en")
    page.get(f"{draft}?lang=en")
    copied = page.submit("copy")
    assert "a draft of its own" in copied.text
    change(page, copied.url, "delete", {})
    seen = page.get(f"{DESK}/compare?lang=en&plan={first}")
    assert "Kilometres with people" in seen.text
    page.get(f"{DESK}/compare?plan=nonsense&plan=999")
    page.get(f"{draft}?lang=en")
    assert "The plan is deleted." in page.submit("delete").text
    assert [row.id for row in list_plans(fair.id)] != [first]
    assert len(list_plans(fair.id)) == 1


def test_plans_are_compared_by_what_changes_for_riders(
    fair: Fair, stops: list[Stop], page: PageClient, buses: None
) -> None:
    ride(fair, stops[0], 3)
    ride(fair, stops[1], 2)
    page.get(f"{DESK}?lang=en")
    first = page.submit("timetable").url
    same = page.submit("copy").url
    assert "Nothing changes for anybody." in page.get(f"{DESK}/compare?lang=en").text
    change(page, same, "take-out", {"gone": str(stops[0].id)})
    change(page, same, "shift", {"way": "-1", "minutes": "5"})
    seen = page.get(f"{DESK}/compare?lang=en")
    numbers = [address.partition("?")[0].rpartition("/")[2] for address in (first, same)]
    assert f"From plan {numbers[0]} to plan {numbers[1]}" in seen.text
    assert "No bus any more: 3 people · Other times: 2 people" in seen.text
    rows = [row.text for row in seen.root.all(id="out-0")[0].all("tr")[1:]]
    assert [" ".join(row.split()) for row in rows] == [
        "Bramsche, Bahnhof (3) 09:40 no bus any more",
        "Engter (2) 09:50 09:45",
    ]


@pytest.mark.parametrize("role", [Role.DOOR, Role.ATTENDANT])
def test_others_see_no_plans(fair: Fair, draft: str, page: PageClient, role: Role) -> None:
    page.sign_in(role, fair.id)
    for path in (DESK, draft, f"{draft}/publish", f"{DESK}/compare"):
        page.get(path, 403)
