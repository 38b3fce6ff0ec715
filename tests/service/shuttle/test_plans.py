"""Buses and stops: added, changed, copied, taken out; what can be chosen from them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee
from jobfair.audit.models import AuditEntry
from jobfair.core.actor import Role
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.fairs.models import Fair
from jobfair.shuttle.models import Departure, RideRequest, Stop
from jobfair.shuttle.operations import (
    RideWish,
    add_departures,
    add_stops,
    copy_departures,
    request_rides,
)
from jobfair.shuttle.queries import (
    back_choices,
    bus_choices,
    get_departure,
    get_manifest,
    has_shuttle,
    list_departures,
    list_waiting,
    timetable,
)
from jobfair.shuttle.rules import (
    CallInput,
    DepartureInput,
    Direction,
    RequestState,
    StopInput,
    WaitReason,
    Ways,
)
from jobfair.shuttle.service import (
    add_departure,
    add_stop,
    edit_departure,
    edit_stop,
    remove_departure,
)
from tests.factories import (
    NOW,
    actor_of,
    make_departure,
    make_fair,
    make_household,
    make_stop,
    make_user,
)

MINUTE = timedelta(minutes=1)
BRAMSCHE, WALLENHORST, MELLE, DISSEN, GLANDORF = (
    "03459014",
    "03459033",
    "03459024",
    "03459012",
    "03459016",
)


def plan_of(departure: Departure, **given: Any) -> DepartureInput:
    """Return the departure as it is planned, but for what is given."""
    plan = DepartureInput(
        departure.direction,
        departure.line,
        departure.wave,
        departure.seats,
        departure.fair_at,
        tuple(CallInput(call.stop_id, call.at) for call in departure.calls),
    )
    return replace(plan, **given)


def ride(fair: Fair, stop: Stop, people: int = 2, **wish: Any) -> RideRequest:
    """Let a new household ask for rides."""
    household = make_household(fair, adults=people, children=0, email="")
    values = {"ways": Ways.OUT, "out_wave": 0, "back_wave": None, "flexibility": 1, **wish}
    with transaction():
        return request_rides(
            RideWish(fair.id, household.id, stop_id=stop.id, people=people, **values), now=NOW
        )


def bus(fair: Fair, stops: list[Stop], **given: Any) -> Departure:
    """Make a departure and load it with its calls."""
    made = make_departure(fair, stops, **{"line": 1, **given})
    return get_departure(fair.id, f"{made.line}-{made.direction}-{made.wave}")


def organiser() -> Any:
    """Return who and when."""
    return {"actor": actor_of(make_user(Role.ORGANISER), Role.ORGANISER), "now": NOW}


def test_more_seats_carry_those_who_wait(app: Flask) -> None:
    fair, stop = make_fair(), make_stop()
    departure = bus(fair, [stop], seats=3)
    first, second = ride(fair, stop), ride(fair, stop)
    assert second.state is RequestState.WAITING
    edit_departure(departure.id, plan_of(departure, seats=4), **organiser())
    assert session().get_one(RideRequest, second.id).state is RequestState.SEATED
    entry = session().scalars(sa.select(AuditEntry)).one()
    assert (entry.action, entry.fields, entry.fair_id) == ("departure.edit", ["seats"], fair.id)
    assert first.state is RequestState.SEATED


def test_one_more_bus_carries_those_who_wait(app: Flask) -> None:
    fair, stop = make_fair(), make_stop()
    departure = bus(fair, [stop], line=1, seats=1)
    waiting = ride(fair, stop)
    add_departure(fair.id, plan_of(departure, wave=1, seats=2), **organiser())
    assert session().get_one(RideRequest, waiting.id).state is RequestState.SEATED
    with pytest.raises(Conflict, match="departure_exists"):
        add_departure(fair.id, plan_of(departure), **organiser())


def test_times_and_stops_change_but_not_under_those_who_board_there(app: Flask) -> None:
    fair, stops = make_fair(), [make_stop(), make_stop(), make_stop()]
    departure = bus(fair, stops[:2])
    ride(fair, stops[0])
    early = CallInput(stops[0].id, departure.fair_at - 60 * MINUTE)
    new = CallInput(stops[2].id, departure.fair_at - 30 * MINUTE)
    changed = edit_departure(departure.id, plan_of(departure, calls=(new, early)), **organiser())
    calls = get_departure(fair.id, f"{changed.line}-out-0").calls
    assert [(call.stop_id, call.at) for call in calls] == [
        (early.stop_id, early.at),
        (new.stop_id, new.at),
    ]
    with pytest.raises(Conflict, match="riders_affected"):
        edit_departure(departure.id, plan_of(departure, calls=(new,)), **organiser())
    late = plan_of(departure, calls=(early,), fair_at=early.at)
    with pytest.raises(Invalid, match="departure_late"):
        edit_departure(departure.id, late, **organiser())


def test_a_bus_is_taken_out_when_nobody_rides(app: Flask) -> None:
    fair, stop = make_fair(), make_stop()
    used, unused = bus(fair, [stop], line=1), bus(fair, [stop], line=2)
    ride(fair, stop)
    with pytest.raises(Conflict, match="riders_affected"):
        remove_departure(used.id, **organiser())
    remove_departure(unused.id, **organiser())
    assert [departure.line for departure in list_departures(fair.id)] == [1]
    with pytest.raises(NotFound):
        remove_departure(unused.id, **organiser())


def test_a_stop_has_its_name_once_in_a_municipality(app: Flask) -> None:
    plan = StopInput(BRAMSCHE, "Bramsche, Markt", 52.41, 7.97)
    stop = add_stop(plan, **organiser())
    with pytest.raises(Conflict, match="stop_exists"):
        add_stop(plan, **organiser())
    edited = edit_stop(stop.id, replace(plan, step_free=True), **organiser())
    assert edited.step_free
    other = make_stop()
    with pytest.raises(Conflict, match="stop_exists"):
        edit_stop(other.id, plan, **organiser())


def test_adding_known_stops_gives_them_back(app: Flask) -> None:
    plans = [StopInput(BRAMSCHE, f"Bramsche, {n}", 52.4, 7.9) for n in range(3)]
    with transaction():
        first = add_stops(plans)
    with transaction():
        again = add_stops([*reversed(plans), StopInput(MELLE, "Melle, Markt", 52.2, 8.3)])
    assert [stop.id for stop in again[:3]] == [stop.id for stop in reversed(first)]


def test_a_copied_fair_has_the_same_buses_at_the_same_time_of_the_clock(app: Flask) -> None:
    winter = make_fair()
    summer = make_fair(
        starts_at=winter.starts_at + timedelta(days=200),
        ends_at=winter.ends_at + timedelta(days=200),
    )
    stops = [make_stop(), make_stop()]
    departure = bus(winter, stops, seats=30)
    ride(winter, stops[0])
    with transaction():
        copy_departures(winter.id, summer.id)
    copied = list_departures(summer.id)[0]
    assert (copied.seats, copied.taken, copied.line) == (30, 0, departure.line)
    assert copied.fair_at == departure.fair_at + timedelta(days=200, hours=-1)
    assert [call.stop_id for call in copied.calls] == [stop.id for stop in stops]


def test_stops_of_the_municipality_come_first_then_the_nearest(app: Flask) -> None:
    fair = make_fair()
    near = make_stop(municipality=WALLENHORST, lat=52.35, lon=8.02)
    own = make_stop(municipality=BRAMSCHE, lat=52.42, lon=7.98)
    far = [
        make_stop(municipality=place, lat=lat, lon=lon)
        for place, lat, lon in ((MELLE, 52.2, 8.34), (DISSEN, 52.11, 8.2), (GLANDORF, 52.08, 8.0))
    ]
    departure = bus(fair, [*far, near, own], seats=2)
    choices = bus_choices(fair.id, BRAMSCHE).stops
    assert [choice.stop_id for choice in choices][:2] == [own.id, near.id]
    assert len(choices) == 4
    buses = [choice.bus for choice in choices if choice.bus]
    assert buses[0].fair_at == departure.fair_at
    assert buses[0].leaves_at == departure.fair_at - 10 * MINUTE
    assert [bus.free for bus in buses] == [2, 2, 2, 2]


def test_the_bus_that_is_shown_is_the_one_with_room_for_all(app: Flask) -> None:
    fair, stop = make_fair(), make_stop()
    bus(fair, [stop], line=1, seats=1)
    bus(fair, [stop], line=2, seats=4)
    shown = [bus_choices(fair.id, BRAMSCHE, people).stops[0].bus for people in (1, 3, 5)]
    assert [(one.line, one.free) for one in shown if one] == [(1, 1), (2, 4), (1, 1)]


def test_waves_home_say_what_holds_for_every_stop(app: Flask) -> None:
    fair, stops = make_fair(), [make_stop(), make_stop()]
    for wave, seats in ((1, 9), (0, 5)):
        at = fair.ends_at + wave * timedelta(hours=1)
        back = {"direction": Direction.BACK, "wave": wave, "fair_at": at}
        bus(fair, stops, line=1, seats=seats, **back)
        bus(fair, stops[:1], line=2, seats=7, **back)
    both = back_choices(fair.id, [stop.id for stop in stops])
    assert [(choice.wave, choice.free) for choice in both] == [(0, 5), (1, 9)]
    assert [choice.free for choice in back_choices(fair.id, [stops[0].id])] == [7, 9]
    assert both[0].at == fair.ends_at
    assert back_choices(fair.id, []) == []


def test_who_waits_for_one_full_way_is_listed(app: Flask) -> None:
    fair, stop = make_fair(), make_stop()
    bus(fair, [stop], line=1, seats=9)
    bus(fair, [stop], line=1, seats=1, direction=Direction.BACK, fair_at=fair.ends_at)
    ride(fair, stop, ways=Ways.BOTH, back_wave=0)
    (waiting,) = list_waiting(fair.id, NOW)
    assert waiting.reason is WaitReason.PARTY_TOO_LARGE
    assert len(waiting.household.people) == 2


def test_a_manifest_has_riders_only(app: Flask) -> None:
    fair, stops = make_fair(), [make_stop(), make_stop()]
    departure = bus(fair, stops, seats=4)
    riding = ride(fair, stops[1], 3)
    ride(fair, stops[1], 2)
    manifest = get_manifest(fair.id, f"{departure.line}-out-0")
    assert [stop.people for stop in manifest.stops] == [0, 3]
    assert manifest.people == 3
    (group,) = manifest.stops[1].groups
    assert {one.person.household_id for one in group.people} == {riding.household_id}
    with pytest.raises(NotFound):
        get_manifest(make_fair().id, f"{departure.line}-out-0")


def test_a_manifest_is_in_the_order_of_the_alphabet(app: Flask) -> None:
    fair, stop = make_fair(), make_stop()
    bus(fair, [stop])
    for name in ("Şahin", "Zimmer", "Öztürk", "Ross"):
        request = ride(fair, stop, 1)
        with transaction() as current:
            person = current.scalars(
                sa.select(Attendee).where(Attendee.household_id == request.household_id)
            ).one()
            person.family_name = name
    groups = get_manifest(fair.id, "1-out-0").stops[0].groups
    names = [group.people[0].person.family_name for group in groups]
    assert names == ["Öztürk", "Ross", "Şahin", "Zimmer"]


def test_the_timetable_has_each_line_with_all_its_times(app: Flask) -> None:
    fair, stops = make_fair(), [make_stop(), make_stop(), make_stop()]
    assert not has_shuttle(fair.id)
    out = bus(fair, stops[:2], line=4)
    for wave in (1, 0):
        at = fair.ends_at + wave * timedelta(hours=1)
        bus(fair, stops[1:], line=4, wave=wave, direction=Direction.BACK, fair_at=at)
    (line,) = timetable(fair.id)
    assert has_shuttle(fair.id)
    assert [stop.stop_id for stop in line.stops] == [stops[0].id, stops[1].id, stops[2].id]
    assert line.arrives == (out.fair_at,)
    assert line.leaves == (fair.ends_at, fair.ends_at + timedelta(hours=1))
    assert [len(stop.out) for stop in line.stops] == [1, 1, 0]
    assert [len(stop.back) for stop in line.stops] == [0, 2, 2]


def test_adding_many_buses_is_all_or_nothing(app: Flask) -> None:
    fair, stop = make_fair(), make_stop()
    good = DepartureInput(
        Direction.OUT, 1, 0, 50, fair.starts_at, (CallInput(stop.id, fair.starts_at - MINUTE),)
    )
    with pytest.raises(Conflict, match="departure_exists"), transaction():
        add_departures(fair.id, [good, good])
    assert list_departures(fair.id) == []
