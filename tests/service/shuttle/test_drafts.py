"""Plans from demand, from the timetable and by hand; what is missing for one is said."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.core.actor import SYSTEM, Role
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.fairs.models import Fair
from jobfair.shuttle.document import (
    TripKey,
    read_document,
    shift_trip,
    times,
    violations,
)
from jobfair.shuttle.models import RoadTable, ShuttlePlan, Stop
from jobfair.shuttle.planning import planner
from jobfair.shuttle.planning.types import Call, Group, RoutePlan, RouteProblem, Trip
from jobfair.shuttle.queries.demand import demand_of, frame_of
from jobfair.shuttle.queries.drafts import open_plan, timetable_document
from jobfair.shuttle.roads import RoadsFault, RoadTimes
from jobfair.shuttle.rules import DemandSource, Direction, PlanState, RequestState, Roads, Ways
from jobfair.shuttle.service import plans, roads
from jobfair.shuttle.service.plans import (
    copy_plan,
    delete_plan,
    edit_plan,
    make_plan,
    plan_from_timetable,
    plan_wish,
)
from jobfair.shuttle.service.runs import begin_next_run
from jobfair.shuttle.service.work import Errand
from jobfair.shuttle.solving import Cancelled
from tests.factories import (
    FAIR_STARTS,
    NOW,
    actor_of,
    make_bus_type,
    make_departure,
    make_fair,
    make_household,
    make_request,
    make_ride,
    make_run,
    make_shuttle_settings,
    make_stop,
    make_user,
    make_wave,
)
from tests.factories import (
    make_plan as stored_plan,
)

OUT, BACK = Direction.OUT, Direction.BACK
LINE_1, HOME_1 = TripKey(OUT, 1, 0), TripKey(BACK, 1, 0)
MINUTE = timedelta(minutes=1)
VENUE = {"lat": 52.25, "lon": 8.07}


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Give a fair with buses and a wave."""
    fair = make_fair(**VENUE)
    make_bus_type(fair, name="Reisebus")
    make_wave(fair)
    return fair


@pytest.fixture
def stop(app: Flask) -> Stop:
    """Give a stop in Bramsche."""
    return make_stop()


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have one bus call at all stops, instead of asking the optimiser."""

    def plan(problem: RouteProblem, **_how: Any) -> RoutePlan:
        calls = tuple(Call(stop.id, stop.groups) for stop in problem.stops if stop.groups)
        return RoutePlan((Trip(problem.buses[0].name, calls),), (), 0)

    monkeypatch.setattr(planner, "plan", plan)


def errand(fair: Fair, source: DemandSource = DemandSource.REQUESTS, **given: Any) -> Errand:
    """Return a run of the planner that is under way."""
    make_run(fair, wish=plan_wish(source, 4), **given)
    run = begin_next_run(NOW)
    assert run is not None
    return Errand(run.id, fair.id, run.asked_by, run.wish, lambda: NOW)


def asks(fair: Fair, stop: Stop, **given: Any) -> None:
    """Have a household of three ask for the bus at that stop."""
    make_request(make_household(fair), stop, **given)


def test_households_are_planned_whole_in_the_wave_that_they_want(fair: Fair, stop: Stop) -> None:
    make_wave(fair, number=3, returns_at=None)
    asks(fair, stop, wheelchairs=1)
    asks(fair, stop, people=2, out_wave=4, back_wave=0)
    asks(fair, stop, people=1, ways=Ways.OUT, out_wave=1)
    asks(fair, stop, people=9, state=RequestState.RESTING)
    asks(fair, stop, people=9, state=RequestState.CANCELLED)
    frame = frame_of(fair.id)
    assert [(wave.direction, wave.number) for wave in frame.waves] == [
        (OUT, 0),
        (OUT, 3),
        (BACK, 0),
    ]
    assert demand_of(fair.id, frame, DemandSource.REQUESTS) == {
        0: {stop.id: (Group(2, 1), Group(1))},
        1: {stop.id: (Group(2),)},
        2: {stop.id: (Group(2, 1), Group(2))},
    }


def test_before_anybody_asks_the_demand_is_estimated(fair: Fair, stop: Stop) -> None:
    other = make_stop(municipality="03459024")
    make_stop(municipality="03459024", lat=None, lon=None)
    make_shuttle_settings(fair, riders=60)
    frame = frame_of(fair.id)
    found = demand_of(fair.id, frame, DemandSource.ESTIMATE)
    people = {
        index: sum(g.people for row in asked.values() for g in row)
        for index, asked in found.items()
    }
    assert people == {0: 60, 1: 60}
    assert set(found[0]) == {stop.id, other.id}


def test_the_estimate_follows_the_last_fair(fair: Fair, stop: Stop) -> None:
    other = make_stop(municipality="03459024")
    year = timedelta(days=365)
    earlier, later = (
        make_fair(starts_at=starts, ends_at=starts + timedelta(hours=4))
        for starts in (FAIR_STARTS - year, FAIR_STARTS + year)
    )
    for _ in range(30):
        asks(earlier, stop, people=10)
        asks(later, other, people=10)
    found = demand_of(fair.id, frame_of(fair.id), DemandSource.ESTIMATE)
    here, there = (sum(g.people for g in found[0][one.id]) for one in (stop, other))
    assert here + there == 300
    assert here > 4 * there


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ("UPDATE fair SET lat = NULL, lon = NULL", "plan_without_fair_place"),
        ("UPDATE bus_type SET count = 0", "plan_without_buses"),
        ("DELETE FROM wave", "plan_without_waves"),
        ("UPDATE stop SET lat = NULL, lon = NULL", "plan_without_stops"),
    ],
)
def test_what_is_missing_for_a_plan_is_said(
    fair: Fair, stop: Stop, missing: str, code: str
) -> None:
    asks(fair, stop)
    with transaction() as current:
        current.execute(sa.text(missing))
    with pytest.raises(Invalid, match=code):
        make_plan(errand(fair))


def test_without_riders_there_is_nothing_to_plan(fair: Fair, stop: Stop) -> None:
    with pytest.raises(Invalid, match="plan_without_riders"):
        make_plan(errand(fair))


def test_a_server_without_the_optimiser_says_so(
    fair: Fair, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "OPTIMISER", "no_such_package")
    asks(fair, stop)
    with pytest.raises(Invalid, match="no_optimiser"):
        make_plan(errand(fair))


def test_the_optimiser_makes_a_draft_without_faults(fair: Fair, stop: Stop) -> None:
    far = make_stop(lat=52.6, lon=7.9)
    for _ in range(2):
        asks(fair, stop)
        asks(fair, far, wheelchairs=1)
    user = make_user(Role.ORGANISER)
    one = errand(fair, asked_by=user.id)
    one.wish = {"source": "requests", "seconds": 1}
    found = open_plan(fair.id, make_plan(one))
    assert (found.row.state, found.row.source) == (PlanState.DRAFT, DemandSource.REQUESTS)
    assert (found.row.made_by, found.row.roads) == (user.id, Roads.DIRECT)
    assert violations(found.document, found.roads) == []
    assert [trip.people for _wave, trip in found.document.trips()] == [12, 12]
    assert one.progress["people"] == 12


@pytest.mark.usefixtures("_quick")
def test_whoever_cancels_gets_no_draft(fair: Fair, stop: Stop) -> None:
    asks(fair, stop)
    one = errand(fair)
    with transaction() as current:
        current.execute(sa.text("UPDATE shuttle_run SET cancel_asked = :yes"), {"yes": True})
    with pytest.raises(Cancelled):
        make_plan(one)
    assert session().scalar(sa.select(sa.func.count()).select_from(ShuttlePlan)) == 0


@pytest.fixture
def routing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Set a server for road times, which tells an hour for every way; give who was asked."""
    app.config["JOBFAIR"] = replace(app.config["JOBFAIR"], routing_url="http://127.0.0.1:9")
    asked: list[str] = []

    def fetch(url: str, straight: Any, pulse: Any) -> RoadTimes:
        asked.append(url)
        places = list(straight.points)
        return RoadTimes(
            places, [[1000 for _ in places]] * len(places), [[3600 for _ in places]] * len(places)
        )

    monkeypatch.setattr(roads, "fetch", fetch)
    return asked


@pytest.mark.usefixtures("_quick")
def test_the_server_is_asked_once_for_the_same_places(
    fair: Fair, stop: Stop, routing: list[str]
) -> None:
    asks(fair, stop)
    first = make_plan(errand(fair))
    with transaction() as current:
        current.execute(sa.text("UPDATE shuttle_run SET state = 'done'"))
    make_plan(errand(fair))
    assert len(routing) == 1
    found = open_plan(fair.id, first)
    assert found.row.roads is Roads.SERVER
    told = times(found.document, found.roads)[LINE_1]
    assert told.fair_at - told.calls[0] == 60 * MINUTE


@pytest.mark.usefixtures("_quick")
def test_road_times_that_no_plan_counts_on_are_forgotten(
    fair: Fair, stop: Stop, routing: list[str]
) -> None:
    asks(fair, stop)
    plan_id = make_plan(errand(fair))
    delete_plan(fair.id, plan_id, actor=SYSTEM, now=NOW)
    make_stop()
    with transaction() as current:
        current.execute(sa.text("UPDATE shuttle_run SET state = 'done'"))
    make_plan(errand(fair))
    assert session().scalar(sa.select(sa.func.count()).select_from(RoadTable)) == 1


@pytest.mark.usefixtures("_quick")
def test_where_the_server_fails_the_plan_says_so(
    fair: Fair, stop: Stop, routing: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_asked: Any) -> RoadTimes:
        raise RoadsFault("TimeoutError")

    monkeypatch.setattr(roads, "fetch", fail)
    asks(fair, stop)
    found = open_plan(fair.id, make_plan(errand(fair)))
    assert found.row.roads is Roads.FALLBACK
    assert violations(found.document, found.roads) == []


def timetable(fair: Fair, stop: Stop) -> None:
    """Make a bus go out and home with three riders, for whom three more wait."""
    out = make_departure(fair, [stop], line=1, wheelchairs=2)
    home_at = FAIR_STARTS + 180 * MINUTE
    home = make_departure(fair, [stop], line=1, direction=BACK, fair_at=home_at, wheelchairs=1)
    riding = make_request(make_household(fair), stop, wheelchairs=1, state=RequestState.SEATED)
    make_ride(riding, out)
    make_ride(riding, home)
    asks(fair, stop)


def test_the_timetable_becomes_a_plan_with_its_times_and_riders(fair: Fair, stop: Stop) -> None:
    timetable(fair, stop)
    plan = timetable_document(fair.id)
    out, home = plan.trip(LINE_1), plan.trip(HOME_1)
    assert [(call.groups, call.minutes) for call in out.calls] == [((Group(2, 1),), 10)]
    assert [(call.groups, call.minutes) for call in home.calls] == [((Group(2, 1),), 10)]
    assert plan.wave(OUT, 0).at == FAIR_STARTS
    assert [left.groups for left in plan.wave(OUT, 0).unserved] == [(Group(3),)]
    assert (out.bus, home.bus) == ("Reisebus", "50 + 1")
    assert plan.bus["50 + 1"].count == 1


def test_without_buses_there_is_no_timetable_to_take(fair: Fair) -> None:
    with pytest.raises(Invalid, match="plan_without_timetable"):
        plan_from_timetable(fair.id, actor=SYSTEM, now=NOW)


def test_a_draft_is_changed_by_one_after_the_other(fair: Fair, stop: Stop) -> None:
    timetable(fair, stop)
    user = make_user(Role.ORGANISER)
    actor = actor_of(user, Role.ORGANISER)
    row = plan_from_timetable(fair.id, actor=actor, now=NOW)
    assert (row.source, row.made_by, row.version) == (DemandSource.HAND, user.id, 0)

    def later(plan: Any) -> Any:
        return shift_trip(plan, LINE_1, -5)

    changed = edit_plan(fair.id, row.id, 0, later, actor=actor, now=NOW)
    assert changed.version == 1
    assert read_document(changed.document).trip(LINE_1).shift_min == -5
    with pytest.raises(Conflict, match="plan_changed"):
        edit_plan(fair.id, row.id, 0, later, actor=actor, now=NOW)
    with pytest.raises(NotFound):
        edit_plan(make_fair().id, row.id, 1, later, actor=actor, now=NOW)


def test_plans_are_copied_and_deleted(fair: Fair, stop: Stop) -> None:
    timetable(fair, stop)
    row = plan_from_timetable(fair.id, actor=SYSTEM, now=NOW)
    copy = copy_plan(fair.id, row.id, actor=SYSTEM, now=NOW)
    assert copy.document == row.document
    make_run(fair, plan_id=row.id, state="done")
    delete_plan(fair.id, row.id, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        open_plan(fair.id, row.id)
    assert open_plan(fair.id, copy.id).row.state is PlanState.DRAFT


def test_the_published_plan_is_the_timetable_as_it_is_now(fair: Fair, stop: Stop) -> None:
    timetable(fair, stop)
    stale = plan_from_timetable(fair.id, actor=SYSTEM, now=NOW).document
    row = stored_plan(fair, state=PlanState.PUBLISHED, document=stale)
    with transaction() as current:
        current.execute(sa.text("UPDATE departure SET line = 7"))
    assert {trip.line for _wave, trip in open_plan(fair.id, row.id).document.trips()} == {7}
    with pytest.raises(Conflict, match="plan_published"):
        delete_plan(fair.id, row.id, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict, match="plan_published"):
        edit_plan(fair.id, row.id, 0, lambda plan: plan, actor=SYSTEM, now=NOW)
    draft = copy_plan(fair.id, row.id, actor=SYSTEM, now=NOW)
    assert {trip.line for _wave, trip in read_document(draft.document).trips()} == {7}
