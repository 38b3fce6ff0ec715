"""The organiser's page of who waits for places."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from jobfair.attendees.models import Household
from jobfair.attendees.rules import HouseholdState
from jobfair.core.actor import Role
from jobfair.core.clock import frozen
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from tests.client import Page, PageClient
from tests.factories import (
    FAIR_STARTS,
    NOW,
    make_fair,
    make_household,
    make_offer,
    make_partner,
    make_window,
    signed_in,
)

WAITS = HouseholdState.WAITLISTED
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _organiser(app: Flask) -> None:
    signed_in(app, Role.ORGANISER)


def waiting(page: PageClient, fair: Fair) -> Page:
    return page.get(f"/desk/{fair.slug}/waiting?lang=en")


def rows(shown: Page) -> list[list[str]]:
    return [[cell.text for cell in row.all("th", "td")] for row in shown.root.all("tr")[1:]]


def state_of(household: Household) -> HouseholdState:
    session().rollback()
    return session().get_one(Household, household.id, populate_existing=True).state


def test_where_nobody_waits_the_rule_is_said(page: PageClient) -> None:
    shown = waiting(page, make_fair())
    assert "passed over at most 3 times" in shown.text
    assert "Nobody waits for places." in shown.text


def test_who_waits_is_listed_first_come_first_with_the_reason(page: PageClient) -> None:
    fair = make_fair(capacity=10, places_taken=8)
    partner = make_partner(fair)
    later = make_household(fair, adults=2, children=2, state=WAITS, partner_id=partner.id)
    make_household(fair, adults=3, children=0, state=WAITS, waiting_since=NOW - HOUR, passed_over=2)
    make_household(make_fair(), state=WAITS)
    first, second = rows(waiting(page, fair))
    assert (first[0], first[2], first[4]) == ("1", "3", "2 of 3")
    assert first[5].startswith("3 places needed, 2 free.")
    assert partner.name in second[1]
    assert (second[0], second[2]) == ("2", "4")
    assert second[5].startswith("4 places needed, 2 free.")
    assert page.last
    page.follow(second[1].removesuffix(f" {partner.name}"))
    assert page.last.url.endswith(f"/people/{later.id}")


def test_a_full_window_and_a_held_offer_are_said(page: PageClient) -> None:
    fair = make_fair()
    full = make_window(fair, label="Arabisch", capacity=4, taken=4)
    other = make_window(fair, label="Deutsch")
    make_household(fair, state=WAITS, window_id=full.id)
    asked = make_household(fair, state=WAITS, window_id=full.id)
    make_offer(asked, window_id=other.id)
    first, second = rows(waiting(page, fair))
    assert first[3] == "10:00–11:00 Arabisch"
    assert "3 places needed, 0 free in this window." in first[6]
    assert "Offered another window: 10:00–11:00 Deutsch" in second[6]
    assert "Nobody has told them yet." in second[6]
    told = make_household(fair, state=WAITS, window_id=full.id, take_at_once=False)
    make_offer(told, window_id=full.id, told_at=NOW, expires_at=NOW + 48 * HOUR)
    third = rows(waiting(page, fair))[2]
    assert "Offered what they asked for" in third[6]
    assert "They can answer until Nov 12, 2026, 10:00 ." in third[6]


@pytest.mark.parametrize(
    ("phase", "now"), [(Phase.RUNNING, FAIR_STARTS), (Phase.OPEN, FAIR_STARTS + HOUR)]
)
def test_who_is_there_is_given_places_on_the_day(
    page: PageClient, phase: Phase, now: datetime
) -> None:
    fair = make_fair(phase=phase, capacity=10, on_site_from=FAIR_STARTS + HOUR)
    household = make_household(fair, state=WAITS)
    with frozen(now):
        assert "Today places go to those who are here." in waiting(page, fair).text
        answer = page.submit(f"give-{household.id}")
    assert state_of(household) is HouseholdState.REGISTERED
    assert "They have places now and can come in." in answer.text


def test_where_nothing_is_free_nobody_is_given_places(page: PageClient) -> None:
    fair = make_fair(phase=Phase.RUNNING, capacity=4, places_taken=2)
    household = make_household(fair, state=WAITS)
    waiting(page, fair)
    answer = page.submit(f"give-{household.id}", status=422)
    assert "There are not enough places: 2 are still free." in answer.text
    assert state_of(household) is WAITS


def test_before_the_day_nobody_jumps_the_line(page: PageClient) -> None:
    fair = make_fair(on_site_from=FAIR_STARTS)
    household = make_household(fair, state=WAITS)
    shown = waiting(page, fair)
    assert "Is here" not in shown.text
    token = shown.csrf_token
    page.post(f"/desk/{fair.slug}/waiting/{household.id}/give", {"csrf_token": token}, status=404)
    assert state_of(household) is WAITS


def test_a_household_of_another_fair_is_not_there(page: PageClient) -> None:
    fair, other = make_fair(phase=Phase.RUNNING), make_fair(phase=Phase.RUNNING)
    ours, theirs = make_household(fair, state=WAITS), make_household(other, state=WAITS)
    token = waiting(page, fair).csrf_token
    page.post(f"/desk/{fair.slug}/waiting/{theirs.id}/give", {"csrf_token": token}, status=404)
    assert (state_of(ours), state_of(theirs)) == (WAITS, WAITS)
