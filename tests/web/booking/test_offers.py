"""Offers are answered on the household's own page: the one that was seen, and once."""

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Household
from jobfair.attendees.queries import get_whole_household
from jobfair.attendees.rules import HouseholdState
from jobfair.core.db import session, transaction
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.places.models import Offer
from jobfair.places.operations import serve_waiting
from jobfair.places.rules import OfferState
from jobfair.web.links import token_for
from tests.client import PageClient
from tests.factories import NOW, make_household, make_window


@pytest.fixture
def waiting(fair: Fair) -> Household:
    """A household that waits for the full morning while the afternoon is offered to it."""
    morning = make_window(fair, label="Morning", capacity=3)
    make_window(fair, label="Afternoon", ends_at=fair.ends_at)
    make_household(fair, window_id=morning.id)
    household = make_household(
        fair, window_id=morning.id, state=HouseholdState.WAITLISTED, lang="en"
    )
    with transaction():
        serve_waiting(fair.id, now=NOW)
    return household


@pytest.fixture
def mine(app: Flask, waiting: Household) -> str:
    with app.test_request_context():
        return f"/my/{token_for('my', waiting.id, waiting.link_version)}"


def test_who_waits_says_whether_to_be_asked_first(page: PageClient, mine: str) -> None:
    shown = page.get(mine)
    assert "You get them at once." in shown.text
    form = page.get(f"{mine}/change/waiting")
    assert [one.get("name") for one in form.root.all("input", checked="")] == ["take_at_once"]
    shown = page.submit(fields={"take_at_once": None})
    assert "We ask you first." in shown.text
    form = page.get(f"{mine}/change/waiting")
    assert form.root.all("input", checked="") == []
    assert "You get them at once." in page.submit(fields={"take_at_once": "y"}).text


def state_of(household: Household) -> HouseholdState:
    return get_whole_household(household.id).state


def test_offer_says_what_differs_and_is_accepted(
    page: PageClient, waiting: Household, mine: str
) -> None:
    shown = page.get(mine)
    assert "There are 3 places for you" in shown.text
    assert "Afternoon" in shown.text
    back = page.submit(button="Yes, we come")
    assert "You are registered" in back.text
    stored = get_whole_household(waiting.id)
    assert stored.state is HouseholdState.REGISTERED
    assert stored.window is not None
    assert stored.window.label == "Afternoon"


def test_declined_offer_lets_the_household_wait_on(
    page: PageClient, waiting: Household, mine: str
) -> None:
    page.get(mine)
    back = page.submit(1)
    assert "You wait on." in back.text
    assert "There are 3 places for you" not in back.text
    assert state_of(waiting) is HouseholdState.WAITLISTED
    taken = session().scalars(sa.select(ArrivalWindow.taken).order_by(ArrivalWindow.id)).all()
    assert taken == [3, 0]


def test_accepted_in_two_browsers_is_one_answer(
    app: Flask, waiting: Household, mine: str, fair: Fair
) -> None:
    first, second = PageClient(app), PageClient(app)
    first.get(mine)
    second.get(mine)
    first.submit(button="Yes, we come")
    back = second.submit(button="Yes, we come")
    assert "You are registered" in back.text
    assert "no longer open" not in back.text
    assert session().scalar(sa.select(Fair.places_taken)) == 6
    assert session().scalars(sa.select(Offer.state)).all() == [OfferState.ACCEPTED]


def test_offer_that_is_gone_is_said(page: PageClient, waiting: Household, mine: str) -> None:
    page.get(mine)
    with transaction() as current:
        current.execute(sa.update(Offer).values(state=OfferState.EXPIRED, answered_at=NOW))
    assert "This offer is no longer open." in page.submit(button="Yes, we come").text
    assert state_of(waiting) is HouseholdState.WAITLISTED


def test_only_the_offer_that_was_seen_can_be_accepted(
    page: PageClient, waiting: Household, mine: str
) -> None:
    token = page.get(mine).csrf_token
    for forged in ("", "999", "x"):
        page.post(f"{mine}/offer/accept", {"csrf_token": token, "offer": forged})
    assert state_of(waiting) is HouseholdState.WAITLISTED
    page.post(f"{mine}/offer/accept", {"offer": "1"})
    assert state_of(waiting) is HouseholdState.WAITLISTED


def test_an_offer_of_another_window_keeps_nobody_from_adding_a_person(
    page: PageClient, fair: Fair, waiting: Household
) -> None:
    full = make_window(fair, label="Noon", capacity=3)
    dated = make_household(fair, lang="en", window_id=full.id)
    undated = make_household(fair, lang="en")
    assert state_of(waiting) is HouseholdState.WAITLISTED
    for one, said in ((dated, "There is no free place"), (undated, "places free")):
        shown = page.get(f"/my/{token_for('my', one.id, one.link_version)}/people/new?lang=en")
        assert said in shown.text
