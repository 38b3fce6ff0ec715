"""The step of the bus: where from, when there and home, and what a wish would bring."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from jobfair.booking.forms import BusForm, cleaned_into
from jobfair.booking.models import RegistrationDraft
from jobfair.booking.rules import RideInput, ride_of, typed_ride
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.shuttle.models import Departure, Stop
from jobfair.shuttle.queries import BusChoices, StopChoice, WaveChoice
from jobfair.shuttle.rules import RequestState, Ways
from jobfair.web.filters import local
from tests.client import Page, PageClient
from tests.factories import (
    FAIR_STARTS,
    NOW,
    make_departure,
    make_household,
    make_stop,
    make_wave,
    make_window,
)
from tests.web.booking.conftest import BRAMSCHE, wish

HOUR = timedelta(hours=1)
POSSIBLE = st.fixed_dictionaries(
    {
        "stop": st.sampled_from(["1", "2", "no"]),
        "arrive": st.sampled_from(["0", "1"]),
        "ways": st.sampled_from(["both", "out"]),
        "back": st.sampled_from(["fit", "0", "1"]),
        "flexible": st.sampled_from(["0", "1", "20"]),
        "also": st.lists(st.sampled_from(["1", "2", "x"]), max_size=2),
        "wheelchairs": st.sampled_from(["0", "2"]),
        "prams": st.sampled_from(["0", "1"]),
        "seatless": st.sampled_from(["come", "only"]),
    }
)
WRONG = [
    {name: value}
    for name in ("stop", "arrive", "ways", "back", "flexible", "wheelchairs", "prams", "seatless")
    for value in ("7", "-1", "x", "")
]
CHOICES = BusChoices(
    [StopChoice(key, f"Stop {key}", "Bramsche", "", False, None, None) for key in (1, 2)],
    [WaveChoice(wave, FAIR_STARTS + wave * HOUR, None) for wave in (0, 1)],
    [WaveChoice(wave, FAIR_STARTS + (3 + wave) * HOUR, None) for wave in (0, 1)],
    {},
)
START = "/osnabrueck-2026/register"
Walk = Callable[..., Page]


@pytest.fixture
def to_bus(page: PageClient, who: Walk) -> Walk:
    """Walk to the step of the bus, as a household of these people from Bramsche."""

    def walk(*names: tuple[str, str], window: int | None = None) -> Page:
        who(*(names or (("Amal", "Haddad"), ("Lina", "Haddad"))))
        shown = page.submit(fields={"municipality": BRAMSCHE}, button="next")
        if window is not None:
            shown = page.submit(fields={"window": str(window)}, button="next")
        return shown

    return walk


def test_two_questions_are_enough(
    page: PageClient, fair: Fair, bramsche: Stop, to_bus: Walk, to_summary: Walk
) -> None:
    shown = to_bus()
    assert "Where do you get on the bus?" in shown.text
    assert "When do you want to be at the fair?" not in shown.text, "there is one bus only"
    page.submit(fields={"stop": str(bramsche.id)}, button="next")
    summary = to_summary(lang="en")
    assert "There are 2 seats for you on the bus" in summary.text
    page.submit(fields={"consent": "y"}, button="go")
    made = wish()
    assert (made.state, made.ways, made.flexibility) == (RequestState.SEATED, Ways.BOTH, 1)
    assert (made.only_by_bus, made.wheelchairs, made.prams) == (False, 0, 0)


def test_who_waits_for_places_is_promised_no_seats(
    page: PageClient, fair: Fair, bramsche: Stop, to_bus: Walk, to_summary: Walk
) -> None:
    make_household(fair, 20, 0)
    to_bus()
    page.submit(fields={"stop": str(bramsche.id)}, button="next")
    summary = to_summary(lang="en").text
    assert "We look for seats on the bus as soon as you have places at the fair." in summary
    assert "seats for you on the bus" not in summary
    assert "To the fair: line" not in summary


def test_all_that_is_behind_more_is_stored(
    page: PageClient, fair: Fair, bramsche: Stop, to_bus: Walk, to_summary: Walk
) -> None:
    other = make_stop(name="Engter, Kirche")
    make_departure(fair, [other], line=5, wave=1, wheelchairs=1, fair_at=FAIR_STARTS + HOUR)
    to_bus()
    said = {"stop": str(bramsche.id), "also": [str(other.id)], "flexible": "20"}
    more = {"wheelchairs": "1", "prams": "2", "seatless": "only", "back": "1", "arrive": "1"}
    page.submit(fields=said | more, button="next")
    summary = to_summary(lang="en")
    assert "waiting list, place 1" in summary.text
    assert "No bus has enough room for all of you together." in summary.text
    assert "You can only come with the bus" in summary.text
    assert "1 wheelchair" in summary.text
    assert "2 prams" in summary.text
    page.submit(fields={"consent": "y"}, button="go")
    made = wish()
    assert (made.wheelchairs, made.prams, made.only_by_bus) == (1, 2, True)
    assert (made.out_wave, made.back_wave, made.flexibility) == (1, 1, 20)
    assert [one.stop_id for one in made.alternatives] == [other.id]


def test_wheelchairs_are_counted_where_people_say_that_they_need_them(
    page: PageClient, fair: Fair, bramsche: Stop, to_bus: Walk
) -> None:
    to_bus()
    page.submit(fields={"stop": str(bramsche.id)}, button="next")
    shown = page.submit(button="next")
    key = shown.root.all("input", name="wheelchair")[0].get("value")
    page.submit(fields={"wheelchair": [key]}, button="next")
    page.submit(fields={"email": "", "phone": "", "lang": "en"}, button="next")
    page.submit(fields={"consent": "y"}, button="go")
    assert wish().wheelchairs == 1


def test_the_arrival_window_chooses_the_bus_and_others_are_marked(
    page: PageClient, fair: Fair, bramsche: Stop, to_bus: Walk
) -> None:
    make_departure(fair, [bramsche], line=4, wave=1, fair_at=FAIR_STARTS + 3 * HOUR)
    late = make_window(fair, starts_at=FAIR_STARTS + 3 * HOUR, ends_at=FAIR_STARTS + 4 * HOUR)
    shown = to_bus(window=late.id)
    chosen = [one for one in shown.root.all("input", name="arrive") if "checked" in one.attributes]
    assert [one.get("value") for one in chosen] == ["1"]
    assert shown.text.count("Not in your arrival time") == 1


def test_a_stop_without_a_bus_at_that_time_is_refused_and_nothing_is_lost(
    page: PageClient, fair: Fair, bramsche: Stop, to_bus: Walk
) -> None:
    other = make_stop(name="Engter, Kirche")
    make_departure(fair, [other], line=5, wave=3, fair_at=FAIR_STARTS + HOUR)
    to_bus()
    said = {"stop": str(other.id), "arrive": "0", "prams": "2", "also": [], "flexible": "1"}
    shown = page.submit(fields=said, button="next", status=422)
    assert "No bus goes from this stop at this time." in shown.text
    (prams,) = shown.root.all("select", name="prams")
    assert [one.get("value") for one in prams.all("option") if "selected" in one.attributes] == [
        "2"
    ]
    page.submit(fields={"arrive": "3", "ways": "out"}, button="next")


def test_the_chosen_stop_is_no_other_stop(
    page: PageClient, fair: Fair, bramsche: Stop, to_bus: Walk
) -> None:
    other = make_stop(name="Engter, Kirche")
    make_departure(fair, [other], line=5)
    both = [str(bramsche.id), str(other.id)]
    assert _other_stops(to_bus()) == both, "none is chosen yet"
    page.submit(fields={"stop": both[0], "also": both}, button="next")
    assert _other_stops(page.get(f"{START}/bus")) == both[1:]
    draft = session().scalars(sa.select(RegistrationDraft)).one()
    ride = ride_of(draft.data["bus"])
    assert ride is not None
    assert ride.alternatives == (other.id,)


def _other_stops(shown: Page) -> list[str | None]:
    """Return the other stops that can be seen."""
    labels = [one for one in shown.root.all("label") if "hidden" not in one.attributes]
    return [box.get("value") for one in labels for box in one.all("input", name="also")]


def test_the_way_home_is_asked_openly_and_said_before_sending(
    page: PageClient, fair: Fair, bramsche: Stop, to_bus: Walk, to_summary: Walk
) -> None:
    shown = to_bus()
    more = shown.root.all("details")
    assert len(shown.root.all("input", name="back")) == 2
    assert not any(one.all("input", name="back") for one in more)
    page.submit(fields={"stop": str(bramsche.id), "back": "1"}, button="next")
    at = local(FAIR_STARTS + 5 * HOUR, fair.time_zone)
    words = f"Home: line 4 , {at:%H:%M} , to Bramsche, Bahnhof"
    assert to_summary(lang="en").text.count(words) == 2, "as the answer and as what is sure"


def test_what_belongs_to_each_arrival_is_told_with_its_times(
    page: PageClient, fair: Fair, bramsche: Stop, to_bus: Walk, to_summary: Walk
) -> None:
    zone = fair.time_zone
    there, home = FAIR_STARTS + HOUR, FAIR_STARTS + 5 * HOUR
    make_departure(fair, [bramsche], wave=1, fair_at=there)
    pair = f"At the fair at {local(there, zone):%H:%M} , bus home at {local(home, zone):%H:%M}"
    assert pair in to_bus().text
    page.submit(fields={"stop": str(bramsche.id), "arrive": "1"}, button="next")
    assert f"Home: line 4 , {local(home, zone):%H:%M}" in to_summary(lang="en").text


def test_with_two_arrivals_each_stop_says_when_its_bus_is_there(
    page: PageClient, fair: Fair, bramsche: Stop, to_bus: Walk, to_summary: Walk
) -> None:
    zone, later = fair.time_zone, FAIR_STARTS + HOUR
    other = make_stop(name="Engter, Kirche")
    make_departure(fair, [other], line=5, seats=1, taken=1)
    make_departure(fair, [other], line=5, wave=1, fair_at=later)
    make_departure(fair, [bramsche], line=4, wave=1, fair_at=later)
    shown = to_bus().text
    first, second = (f"At the fair at {local(at, zone):%H:%M}" for at in (FAIR_STARTS, later))
    assert shown.index(first) < shown.index(second), "Engter's first bus is full"
    assert shown.count("Full at some stops") == 1, "the first bus is full at one of the stops"
    page.submit(fields={"stop": str(bramsche.id), "arrive": "1"}, button="next")
    assert second in to_summary(lang="en").text


@pytest.mark.parametrize(
    ("arrivals", "free", "homes"),
    [
        (1, [9, 9, 9], [2]),
        (1, [9, 2, 1], [1]),
        (2, [9, 9, 9], [1, 2]),
        (2, [9, 9], [0, 1]),
        (3, [9, 9], [0, 0, 1]),
        (2, [9, 9, 1], [1, 1]),
        (1, [], []),
    ],
)
def test_who_says_nothing_goes_home_with_the_last_bus_that_has_room(
    app: Flask, arrivals: int, free: list[int], homes: list[int]
) -> None:
    choices = BusChoices(
        CHOICES.stops,
        [WaveChoice(wave, FAIR_STARTS + wave * HOUR, None) for wave in range(arrivals)],
        [WaveChoice(wave, FAIR_STARTS + (4 + wave) * HOUR, left) for wave, left in enumerate(free)],
        {},
    )
    with app.test_request_context():
        form = BusForm(choices, 2, meta={"csrf": False})
        assert [home.wave for _there, home in form.round_trips] == homes
        if arrivals == 1:
            assert form.back.data == (str(homes[0]) if homes else None)


@pytest.mark.parametrize(
    ("chosen", "fits"),
    [
        ({"arrive": "0", "back": "0"}, True),
        ({"arrive": "1", "back": "0"}, False),
        ({"arrive": "1", "back": "1"}, True),
        ({"arrive": "1", "back": "0", "ways": "back"}, True),
        ({"arrive": "1", "back": "0", "ways": "out"}, True),
    ],
)
def test_no_bus_home_leaves_before_one_arrives(
    app: Flask, chosen: dict[str, str], fits: bool
) -> None:
    early = [WaveChoice(wave, FAIR_STARTS + (2 * wave + 1) * HOUR, None) for wave in (0, 1)]
    typed = {"stop": "1", "ways": "both", "flexible": "0", "seatless": "come", **chosen}
    more = {"wheelchairs": "0", "prams": "0"}
    with app.test_request_context():
        form = BusForm(
            replace(CHOICES, returns=early),
            2,
            formdata=MultiDict(typed | more),
            meta={"csrf": False},
        )
        assert form.validate() is fits
        assert set(form.errors) == (set() if fits else {"back"})


def test_once_the_lists_are_fixed_no_day_that_is_over_is_named(
    page: PageClient, fair: Fair, bramsche: Stop, to_bus: Walk, to_summary: Walk
) -> None:
    shown = to_bus()
    assert "We tell you by" in shown.text
    assert shown.root.all("input", name="seatless")
    with transaction() as current:
        current.execute(sa.update(Departure).values(taken=Departure.seats))
    page.submit(fields={"stop": str(bramsche.id), "seatless": "only"}, button="next")
    assert "You can only come with the bus" in to_summary(lang="en").text
    with transaction() as current:
        current.execute(sa.update(Fair).values(shuttle_decided_by=NOW))
    summary = page.get(f"{START}/summary").text
    assert "You can only come with the bus" not in summary
    assert "You keep your places at the fair in any case." in summary
    shown = page.get(f"{START}/bus")
    assert "We tell you by" not in shown.text
    assert "If seats become free before the bus leaves, we tell you." in shown.text
    assert not shown.root.all("input", name="seatless")


def test_before_the_timetable_wishes_are_taken(
    page: PageClient, fair: Fair, to_bus: Walk, to_summary: Walk
) -> None:
    stop = make_stop(name="Bramsche, Bahnhof")
    make_stop(name="Ohne Ort", lat=None, lon=None)
    for number in (0, 1):
        at = FAIR_STARTS + number * HOUR
        make_wave(fair, number=number, arrives_at=at, returns_at=at + 3 * HOUR)
    shown = to_bus()
    assert "The timetable is not made yet." in shown.text
    assert "Ohne Ort" in shown.text
    page.submit(fields={"stop": str(stop.id), "arrive": "1"}, button="next")
    summary = to_summary(lang="en")
    assert "The buses are not planned yet" in summary.text
    own = page.submit(fields={"consent": "y"}, button="go")
    assert "We plan the buses when we know who wants to ride." in own.text
    assert (wish().out_wave, wish().back_wave) == (1, 1)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(POSSIBLE, st.one_of(st.just({}), st.sampled_from(WRONG)))
def test_whatever_is_sent_is_a_possible_wish_or_refused(
    app: Flask, possible: dict[str, Any], wrong: dict[str, str]
) -> None:
    typed = possible | wrong
    with app.test_request_context():
        form = BusForm(CHOICES, 2, formdata=MultiDict(typed), meta={"csrf": False})
        if not form.validate():
            assert form.errors
            return
        ride = ride_of(cleaned_into(form))
        assert (ride is None) == (typed["stop"] == "no")
        if ride is not None:
            assert ride.stop_id in (1, 2)
            assert (ride.out_wave is None) == (ride.ways is Ways.BACK)
            assert (ride.back_wave is None) == (ride.ways is Ways.OUT)
            assert {ride.out_wave, ride.back_wave} <= {None, 0, 1}
            assert ride.wheelchairs <= 2
            assert ride_of(cleaned_into(_again(ride))) == ride


def _again(ride: RideInput) -> BusForm:
    """Return the form as it shows that wish, and as it is sent when nobody touches it."""
    form = BusForm(CHOICES, 2, formdata=MultiDict(typed_ride(ride)), meta={"csrf": False})
    assert form.validate(), form.errors
    return form
