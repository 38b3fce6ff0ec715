"""The desk's pages of the buses on the day: each bus now, the way home, lists from paper."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import HouseholdState
from jobfair.checkin.models import Scan
from jobfair.checkin.rules import Direction as Way
from jobfair.checkin.rules import Outcome
from jobfair.core.actor import Role
from jobfair.core.clock import frozen
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.shuttle.models import BusAnswer, Delay, Departure
from jobfair.shuttle.queries import get_departure
from jobfair.shuttle.rules import Direction, RequestState
from jobfair.shuttle.sightings import Answer
from tests import factories as make
from tests.client import PageClient

NOW = make.NOW
HOME = NOW + timedelta(hours=4)
DESK = "/desk/fair-2026/shuttle"


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Make a fair on its day, whose organiser is signed in, with line 4 there and back."""
    made = make.make_fair(
        slug="fair-2026", phase=Phase.RUNNING, starts_at=NOW, ends_at=NOW + timedelta(hours=5)
    )
    stops = [make.make_stop(name="Bramsche, Bahnhof"), make.make_stop(name="Engter")]
    for direction, at in ((Direction.OUT, NOW), (Direction.BACK, HOME)):
        make.make_departure(made, stops, line=4, seats=50, direction=direction, fair_at=at)
    make.signed_in(app, Role.ORGANISER)
    return made


@pytest.fixture
def family(fair: Fair) -> Household:
    """Give a family of two with seats there and back, from Engter."""
    made = make.make_household(fair, 2, 0, phone="0541 4711")
    stop = get_departure(fair.id, "4-out-0").calls[1].stop
    request = make.make_request(made, stop, state=RequestState.SEATED, people=2)
    for key in ("4-out-0", "4-back-0"):
        make.make_ride(request, get_departure(fair.id, key))
    return made


def people_of(household: Household) -> list[Attendee]:
    query = sa.select(Attendee).where(Attendee.household_id == household.id)
    return list(session().scalars(query.order_by(Attendee.position)))


def scanned(person: Attendee, bus: Departure | None = None, **given: object) -> None:
    """Have the person be scanned at the house's door, or get on a bus."""
    code = session().scalar(sa.select(BadgeCode.code).where(BadgeCode.attendee_id == person.id))
    at_bus = {"departure_id": bus.id, "direction": Way.BOARD} if bus else {}
    at_bus |= {"outcome": Outcome.BOARDED} if bus else {}
    make.make_scan(person, code or "", **at_bus | given)


def test_each_bus_is_shown_as_it_stands(fair: Fair, family: Household, page: PageClient) -> None:
    scanned(people_of(family)[0], get_departure(fair.id, "4-out-0"))
    seen = page.get(f"{DESK}/live?lang=en")
    assert "1 of 2 on board" in seen.text
    assert "1 person has come by bus." in seen.text
    assert "on time" in seen.text
    with frozen(NOW + timedelta(hours=1)):
        words = page.get(f"{DESK}/live?lang=en").text
    assert words.index("Back home") < words.index("Have arrived") < words.index("To the fair")


def test_a_bus_is_late_in_one_tap(fair: Fair, page: PageClient) -> None:
    with frozen(NOW - timedelta(minutes=15)):
        page.get(f"{DESK}/live?lang=en")
        assert "10 minutes late" in page.submit("late-4-out-0-10").text
        (delay,) = session().scalars(sa.select(Delay))
        assert (delay.minutes, delay.position) == (10, 1)
        page.submit("late-4-out-0--5")
    assert "5 minutes late" in page.get(f"{DESK}/live?lang=en").text


def test_before_the_day_nothing_is_late(fair: Fair, page: PageClient) -> None:
    with frozen(NOW - timedelta(days=2)):
        page.get(f"{DESK}/live?lang=en")
        assert "on the day of the fair only" in page.submit("late-4-out-0-5").text
    assert session().scalars(sa.select(Delay)).all() == []


def test_the_way_home_names_who_is_missing(fair: Fair, family: Household, page: PageClient) -> None:
    here, gone = people_of(family)
    scanned(here, station="Haupteingang")
    scanned(gone)
    scanned(gone, get_departure(fair.id, "4-back-0"), scanned_at=HOME)
    with frozen(HOME - timedelta(minutes=14)):
        assert "1 person is missing on a bus." in page.get(f"{DESK}/live?lang=en").text
        seen = page.get(f"{DESK}/home?lang=en")
        assert "last seen at 10:00" in seen.text
        assert "0541 4711" not in seen.text
    with frozen(HOME):
        seen = page.get(f"{DESK}/home?lang=en")
        assert "The last bus is about to leave" in seen.text
        assert seen.link("0541 4711") == "tel:05414711"
        assert "Left at 14:00" in page.submit("left-4-back-0").text
        page.submit(f"answer-last-{here.id}", button="otherwise")
        (given,) = session().scalars(sa.select(BusAnswer))
        assert (given.attendee_id, given.answer) == (here.id, Answer.OTHERWISE)
        assert "Nobody whose bus has gone is left" in page.get(f"{DESK}/home?lang=en").text


@pytest.mark.parametrize(
    ("answer", "words"),
    [("not_found", "Not found"), ("later_bus", "No later bus goes to this stop.")],
)
def test_an_answer_that_leaves_somebody_behind_looks_so(
    fair: Fair, family: Household, page: PageClient, answer: str, words: str
) -> None:
    left = people_of(family)[0]
    scanned(left)
    with frozen(HOME):
        page.get(f"{DESK}/home?lang=en")
        page.submit("left-4-back-0")
        page.submit(f"answer-last-{left.id}", button=answer)
        seen = page.get(f"{DESK}/home?lang=en")
    shown = seen.root.all("span", class_="jf-state jf-state--no jf-wrapline")
    assert any(state.text == words for state in shown)


def test_the_parts_that_change_are_given_alone(
    fair: Fair, family: Household, page: PageClient
) -> None:
    scanned(people_of(family)[0])
    with frozen(HOME - timedelta(minutes=5)):
        for path in ("live", "home"):
            part = page.open(f"{DESK}/{path}/part?lang=en").get_json()
            assert "1 person is missing on a bus." in part["said"]
            assert "<h1" not in part["html"]
        assert "1 person has to be reached." in part["said"]


def test_a_list_of_paper_is_entered(fair: Fair, family: Household, page: PageClient) -> None:
    first, second = people_of(family)
    scanned(first, get_departure(fair.id, "4-out-0"))
    page.get(f"{DESK}/4-out-0/ticks?lang=en")
    page.submit("ticks", {"boarded": [str(second.id)], "at": "10:50"}, status=422)
    page.submit("ticks", {"boarded": [str(second.id)], "at": "09:40"})
    query = sa.select(Scan).where(Scan.user_id.is_not(None))
    (scan,) = session().scalars(query)
    assert (scan.attendee_id, scan.direction, scan.outcome) == (
        second.id,
        Way.BOARD,
        Outcome.BOARDED,
    )
    assert scan.scanned_at == NOW - timedelta(minutes=20)
    seen = page.get(f"{DESK}/4-out-0/ticks?lang=en")
    boxes = {box.get("value"): box for box in seen.root.all("input", name="boarded")}
    assert boxes[str(first.id)].get("disabled") is not None
    assert "2 of 2 on board" in page.get(f"{DESK}/live?lang=en").text


def test_a_list_is_entered_in_the_order_of_the_paper(fair: Fair, page: PageClient) -> None:
    stop = get_departure(fair.id, "4-out-0").calls[0].stop
    for name in ("Zahra", "Anna"):
        home = make.make_household(fair, 0, 0)
        make.make_attendee(home, family_name=name)
        request = make.make_request(home, stop, state=RequestState.SEATED, people=1)
        make.make_ride(request, get_departure(fair.id, "4-out-0"))
    words = page.get(f"{DESK}/4-out-0/ticks?lang=en").text
    assert words.index("Anna") < words.index("Zahra")


def test_whoever_is_written_on_an_empty_line_is_entered(
    fair: Fair, family: Household, page: PageClient
) -> None:
    household = make.make_household(fair, 0, 0)
    gone = make.make_household(fair, 0, 0, state=HouseholdState.CANCELLED)
    people = [
        make.make_attendee(home, given_name=name, name_key=f"{name.lower()} bondar")
        for home, name in ((household, "Kateryna"), (household, "Mykola"), (gone, "Halyna"))
    ]
    page.get(f"{DESK}/4-out-0/ticks?lang=en")
    for words, fault in (("Halyna", "Nobody is found."), ("Bondar", "Several people are found.")):
        refused = page.submit("ticks", {"added": words, "at": "09:40"}, status=422)
        assert fault in refused.text
    page.submit("ticks", {"added": "Mykola", "at": "09:40"})
    code = session().scalar(sa.select(BadgeCode.code).where(BadgeCode.attendee_id == people[0].id))
    page.get(f"{DESK}/4-out-0/ticks?lang=en")
    page.submit("ticks", {"added": code, "at": "09:45"})
    seen = page.get(f"{DESK}/4-out-0/ticks?lang=en")
    boxes = seen.root.all("input", name="boarded")
    ticked = [box.get("value") for box in boxes if "checked" in box.attributes]
    assert ticked == [str(person.id) for person in people[:2]]


def test_the_desk_is_warned_on_its_first_pages(
    fair: Fair, family: Household, page: PageClient
) -> None:
    scanned(people_of(family)[0])
    with frozen(HOME - timedelta(minutes=10)):
        today = page.get("/desk/fair-2026?lang=en")
        assert "1 person is missing on a bus" in today.text
        assert today.link("See who").endswith("/shuttle/home")
        door = page.get("/desk/fair-2026/door?lang=en")
        assert "1 person is missing." in door.text


def test_attendants_see_no_telephone_numbers(app: Flask, fair: Fair, page: PageClient) -> None:
    make.signed_in(app, Role.ATTENDANT, fair.id)
    for path in ("live", "home", "home/part", "4-out-0/ticks"):
        page.get(f"{DESK}/{path}", 403)
