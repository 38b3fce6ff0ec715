"""The organiser's pages about arrival windows."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from jobfair.attendees.rules import HouseholdState
from jobfair.core.actor import Role
from jobfair.core.db import session
from jobfair.fairs import queries
from jobfair.fairs.models import ArrivalWindow, Fair
from tests.client import PageClient
from tests.factories import FAIR_STARTS, make_fair, make_household, make_window, signed_in

TYPED = {"starts": "10.00", "ends": "١١", "label": "Ukrainisch", "capacity": "٦٠"}


@pytest.fixture(autouse=True)
def _organiser(app: Flask) -> None:
    signed_in(app, Role.ORGANISER)


def only_window(fair: Fair) -> ArrivalWindow:
    session().rollback()
    session().expire_all()
    (window,) = queries.list_windows(fair.id)
    return window


def test_a_window_is_added_as_people_type_it(page: PageClient) -> None:
    fair = make_fair(capacity=100)
    page.get(f"/desk/{fair.slug}/settings?lang=en")
    page.follow("Arrival windows")
    shown = page.submit("window", TYPED)
    window = only_window(fair)
    assert (window.starts_at, window.label, window.capacity) == (FAIR_STARTS, "Ukrainisch", 60)
    assert window.ends_at == datetime(2026, 11, 28, 10, tzinfo=UTC)
    assert "The windows have 60 places, the fair has 100. Nobody can take the others" in shown.text


@pytest.mark.parametrize(
    ("capacity", "said"), [(100, "as many places as the fair: 100"), (101, "nobody else can come")]
)
def test_what_the_sum_of_the_places_means_is_said(
    page: PageClient, capacity: int, said: str
) -> None:
    fair = make_fair(capacity=100)
    make_window(fair, capacity=capacity)
    assert said in page.get(f"/desk/{fair.slug}/settings/windows?lang=en").text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"starts": ""}, "when the window begins"),
        ({"starts": "early"}, "like this: 14:00"),
        ({"ends": "9:30"}, "must end after it begins"),
        ({"starts": "7", "ends": "8"}, "The fair isn't on at this time"),
        ({"capacity": "-1"}, "from 0 to 100,000"),
        ({"capacity": ""}, "how many people"),
        ({"label": "x" * 81}, "shorter text"),
        ({"ends": "10:45", "label": "Arabisch"}, "with this time and name already"),
    ],
)
def test_a_fault_is_named_and_nothing_typed_is_lost(
    page: PageClient, typed: dict[str, str], fault: str
) -> None:
    fair = make_fair()
    make_window(fair, label="Arabisch")
    page.get(f"/desk/{fair.slug}/settings/windows?lang=en")
    answer = page.submit("window", TYPED | typed, status=422)
    assert fault in answer.root.all("div", role="alert")[0].text
    shown = {e.get("name"): e.get("value") for e in answer.root.all("input")}
    assert shown["label"] == (TYPED | typed)["label"]
    assert only_window(fair).label == "Arabisch"


def test_a_window_is_changed_and_removed(page: PageClient) -> None:
    fair = make_fair()
    make_window(fair, label="Arabisch")
    page.get(f"/desk/{fair.slug}/settings/windows?lang=en")
    page.follow("Change")
    page.submit("window", {"label": "Dari", "capacity": "5"})
    assert (only_window(fair).label, only_window(fair).capacity) == ("Dari", 5)
    page.follow("Change")
    answer = page.submit("remove")
    assert "The window is removed." in answer.text
    assert "There is no arrival window yet." in answer.text


def test_a_window_that_was_chosen_stays(page: PageClient) -> None:
    fair = make_fair()
    window = make_window(fair, capacity=10)
    make_household(fair, window_id=window.id, state=HouseholdState.WAITLISTED)
    page.get(f"/desk/{fair.slug}/settings/windows/{window.id}?lang=en")
    answer = page.submit("remove")
    assert "Households have chosen this window." in answer.text
    make_household(fair, window_id=window.id)
    shown = page.get(f"/desk/{fair.slug}/settings/windows/{window.id}?lang=en")
    assert "3 of 10 places are taken." in shown.text
    assert "Remove the window" not in shown.text
    answer = page.submit("window", {"capacity": "2"}, status=422)
    assert "3 places of this window are taken" in answer.text
    answer = page.submit("window", {"capacity": "10", "starts": "10:30"}, status=422)
    assert "3 people have been told this time" in answer.text


def test_a_window_of_another_fair_is_not_there(page: PageClient) -> None:
    ours, theirs = make_fair(), make_window(make_fair())
    page.get(f"/desk/{ours.slug}/settings/windows/{theirs.id}", status=404)
