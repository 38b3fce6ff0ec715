"""The organiser's pages about seats: the line, the allocation, who comes first."""

import re

import pytest
from flask import Flask

from jobfair.attendees.queries import get_household
from jobfair.core.actor import Role
from jobfair.core.db import transaction
from jobfair.fairs.models import Fair
from jobfair.places.rules import OfferKind
from jobfair.shuttle.models import Stop
from jobfair.shuttle.operations import RideWish, request_rides
from jobfair.shuttle.queries import latest_run, list_waiting
from jobfair.shuttle.rules import RunKind, RunState, Ways
from tests.client import PageClient
from tests.factories import (
    NOW,
    make_departure,
    make_fair,
    make_household,
    make_offer,
    make_run,
    make_stop,
    make_wave,
)

DESK = "/desk/fair-2026/shuttle"


@pytest.fixture
def stop(app: Flask) -> Stop:
    """Make a stop."""
    return make_stop(name="Bramsche, Bahnhof")


@pytest.fixture
def fair(app: Flask, stop: Stop, page: PageClient) -> Fair:
    """Make a fair with one bus of four seats there, and sign its organiser in."""
    made = make_fair(slug="fair-2026")
    make_departure(made, [stop], line=1, seats=4, wheelchairs=0)
    page.sign_in(Role.ORGANISER, made.id)
    return made


def wish(fair: Fair, stop: Stop, people: int) -> int:
    """Let a household ask for the bus to the fair; return its id."""
    household = make_household(fair, adults=people, children=0)
    with transaction():
        asked = RideWish(
            fair_id=fair.id,
            household_id=household.id,
            ways=Ways.OUT,
            stop_id=stop.id,
            out_wave=0,
            back_wave=None,
            people=people,
        )
        request_rides(asked, now=NOW)
    return household.id


def test_the_line_says_who_waits_and_why(fair: Fair, stop: Stop, page: PageClient) -> None:
    wish(fair, stop, 3)
    wish(fair, stop, 2)
    wish(fair, stop, 6)
    seen = page.get(f"{DESK}/waiting?lang=en")
    assert "the buses are full" in seen.text
    assert "too many people for any bus" in seen.text
    assert len(seen.root.all("tbody")[0].all("tr")) == 2
    assert "in 2 households" in page.get(f"{DESK}/?lang=en").text


def test_who_has_an_offer_waits_for_no_other_reason(
    fair: Fair, stop: Stop, page: PageClient
) -> None:
    wish(fair, stop, 4)
    offered = get_household(wish(fair, stop, 2))
    wish(fair, stop, 3)
    make_offer(offered, kind=OfferKind.SEATS, people=2)
    seen = page.get(f"{DESK}/waiting?lang=en").text
    assert "the buses are full 1 household" in seen
    assert "has an offer to answer 1 household" in seen


def test_priority_is_given_at_the_page_of_the_household(
    fair: Fair, stop: Stop, page: PageClient
) -> None:
    wish(fair, stop, 3)
    first, second = wish(fair, stop, 2), wish(fair, stop, 2)
    assert [one.household.id for one in list_waiting(fair.id, NOW)] == [first, second]
    page.get(f"/desk/fair-2026/people/{second}?lang=en")
    page.follow("Their bus, and priority for seats")
    seen = page.submit("priority", {"priority": "2"})
    assert "Place 1 in line" in seen.text
    assert [one.household.id for one in list_waiting(fair.id, NOW)] == [second, first]
    assert "Has an interview" in page.get(f"{DESK}/waiting?lang=en").text


def test_a_household_with_seats_and_one_without_a_wish(
    fair: Fair, stop: Stop, page: PageClient
) -> None:
    riding, walking = wish(fair, stop, 3), make_household(fair).id
    seen = page.get(f"{DESK}/households/{riding}?lang=en")
    assert "To the fair" in seen.text
    assert "Bramsche, Bahnhof" in seen.text
    seen = page.get(f"{DESK}/households/{walking}?lang=en")
    assert "does not ride by bus" in seen.text
    elsewhere = make_household(make_fair()).id
    page.get(f"{DESK}/households/{elsewhere}", 404)


def test_the_allocation_is_asked_for_and_cancelled(fair: Fair, page: PageClient) -> None:
    page.get(f"{DESK}/waiting?lang=en")
    seen = page.submit("run")
    assert "It begins in a moment." in seen.text
    run = latest_run(fair.id, RunKind.SEATS)
    assert run
    assert run.state is RunState.QUEUED
    assert "Cancel it" in page.open(f"{DESK}/waiting/progress?lang=en").get_json()["html"]
    page.get(f"{DESK}/waiting?lang=en")
    assert "It was cancelled." in page.submit("cancel").text


def test_what_the_allocation_did_is_said(fair: Fair, page: PageClient) -> None:
    told = {"served": 3, "asked_to_move": 1, "waiting": 2, "is_proven": True}
    make_run(fair, kind=RunKind.SEATS, state=RunState.DONE, progress=told, ended_at=NOW)
    seen = page.get(f"{DESK}/waiting?lang=en")
    assert "Households with new seats or an offer: 3. Asked to move: 1." in seen.text
    assert "Still waiting after that: 2." in seen.text
    assert re.search(r"Ended on .+ at \d\d:\d\d", seen.text)
    assert "The list below is as it is now." in seen.text


def test_a_page_that_waited_becomes_the_one_with_the_new_line(fair: Fair, page: PageClient) -> None:
    run = make_run(fair, kind=RunKind.SEATS, state=RunState.DONE, ended_at=NOW)
    part = page.open(f"{DESK}/waiting/progress?lang=en").get_json()
    assert part == {"next": f"{DESK}/waiting?run={run.id}#result"}


def test_who_needs_another_bus_is_led_to_the_plans(
    fair: Fair, stop: Stop, page: PageClient
) -> None:
    wish(fair, stop, 4)
    wish(fair, stop, 2)
    seen = page.get(f"{DESK}/waiting?lang=en")
    assert "the buses are full" in seen.text
    assert "Only other buses help" not in seen.text
    other = make_fair(slug="fair-2027")
    make_wave(other)
    page.sign_in(Role.ORGANISER, other.id)
    wish(other, make_stop(name="Hesepe"), 2)
    make_departure(other, [stop])
    seen = page.get("/desk/fair-2027/shuttle/waiting?lang=en")
    assert "no bus at these stops and times" in seen.text
    assert seen.link("Only other buses help") == "/desk/fair-2027/shuttle/plan"


def test_free_seats_are_no_reason_to_wait(fair: Fair, stop: Stop, page: PageClient) -> None:
    waiting = wish(fair, stop, 5)
    assert "too many people" in page.get(f"{DESK}/waiting?lang=en").text
    make_departure(fair, [stop], line=2, seats=9, wheelchairs=0)
    for path in ("waiting", f"households/{waiting}"):
        assert "there are free seats now" in page.get(f"{DESK}/{path}?lang=en").text
