"""The organiser's pages about what plans begin with: kinds of buses, times, limits."""

import pytest
from flask import Flask

from jobfair.core.actor import Role
from jobfair.fairs.models import Fair
from jobfair.shuttle.queries import list_bus_types, list_waves, settings_of
from tests.client import PageClient
from tests.factories import (
    make_bus_type,
    make_fair,
    make_household,
    make_request,
    make_stop,
    make_wave,
)

DESK = "/desk/fair-2026/shuttle/fleet"


@pytest.fixture
def fair(app: Flask, page: PageClient) -> Fair:
    """Make a fair, and sign its organiser in."""
    made = make_fair(slug="fair-2026")
    page.sign_in(Role.ORGANISER, made.id)
    return made


def test_kinds_of_buses_are_added_changed_and_taken_out(fair: Fair, page: PageClient) -> None:
    page.get(f"{DESK}/buses/new?lang=en")
    bus = {"name": "Reisebus", "seats": "50", "wheelchairs": "2", "count": "7", "cost": "450,5"}
    assert "450.50 €" in page.submit("kind", bus).text
    (made,) = list_bus_types(fair.id)
    assert (made.seats, made.count, made.cost_cents) == (50, 7, 45050)
    page.get(f"{DESK}/buses/new?lang=en")
    assert "with this name already" in page.submit("kind", bus, status=422).text
    page.get(f"{DESK}/buses/{made.id}?lang=en")
    page.submit("kind", {"count": "3"})
    assert list_bus_types(fair.id)[0].count == 3
    page.get(f"{DESK}/buses/{made.id}?lang=en")
    page.submit("remove")
    assert list_bus_types(fair.id) == []


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Please name the kind of bus."),
        ("seats", "0", "from 1 to 200"),
        ("count", "viele", "in digits"),
        ("cost", "-1", "Please write a number, for example"),
        ("cost", "99999", "from 0 to"),
    ],
)
@pytest.mark.usefixtures("fair")
def test_a_bus_that_can_not_be_is_refused_and_stays(
    page: PageClient, field: str, typed: str, words: str
) -> None:
    page.get(f"{DESK}/buses/new?lang=en")
    bus = {"name": "Reisebus", "seats": "50", "wheelchairs": "2", "count": "7", "cost": "0"}
    seen = page.submit("kind", {**bus, field: typed}, status=422)
    assert words in seen.text
    assert any(one.get("value") == typed for one in seen.root.all("input"))


def test_times_are_added_changed_and_taken_out(fair: Fair, page: PageClient) -> None:
    page.get(f"{DESK}/waves/new?lang=en")
    seen = page.submit("wave", {"arrives": "13:40", "returns": "17:15"})
    assert "there by 13:40" in seen.text
    assert "leaves at 17:15" in seen.text
    page.get(f"{DESK}/waves/new?lang=en")
    assert "when they leave, or both" in page.submit("wave", {}, status=422).text
    assert (
        "before they have arrived"
        in page.submit("wave", {"arrives": "14:00", "returns": "13:00"}, status=422).text
    )
    page.get(f"{DESK}/waves/0?lang=en")
    page.submit("wave", {"returns": ""})
    (wave,) = list_waves(fair.id)
    assert wave.returns_at is None
    page.get(f"{DESK}/waves/0?lang=en")
    page.submit("remove")
    assert list_waves(fair.id) == []


def test_times_that_people_want_stay(fair: Fair, page: PageClient) -> None:
    make_wave(fair)
    make_request(make_household(fair), make_stop(), out_wave=0)
    page.get(f"{DESK}/waves/0?lang=en")
    assert "Please keep it" in page.submit("remove").text
    assert len(list_waves(fair.id)) == 1


def test_limits_are_kept(fair: Fair, page: PageClient) -> None:
    page.get(f"{DESK}/limits?lang=en")
    page.submit("limits-form", {"max_ride": "90", "km_cost": "1,85", "riders": "300"})
    kept = settings_of(fair.id)
    assert (kept.max_ride_s, kept.km_cents, kept.riders) == (5400, 185, 300)
    page.get(f"{DESK}/limits?lang=en")
    seen = page.submit("limits-form", {"detour": "0,5", "speed_kmh": "schnell"}, status=422)
    assert "from 1 to 3" in seen.text
    assert "Please write a number, for example" in seen.text
    page.get(f"{DESK}/limits?lang=de")


def test_only_organisers_of_the_fair_see_them(app: Flask, page: PageClient) -> None:
    fair = make_fair(slug="fair-2026")
    kind = make_bus_type(make_fair())
    page.sign_in(Role.ORGANISER, fair.id)
    page.get(f"{DESK}/buses/{kind.id}", 404)
    page.sign_in(Role.DOOR, fair.id)
    page.get(DESK, 403)
