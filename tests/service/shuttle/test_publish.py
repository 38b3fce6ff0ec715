"""A plan becomes the timetable: whoever can keeps a seat, the others come first and are told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.audit.models import AuditEntry
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict
from jobfair.fairs.models import Fair
from jobfair.mail.models import OutboxMail
from jobfair.shuttle.document import (
    Document,
    PlanStop,
    TripKey,
    add_stop,
    add_trip,
    change_bus,
    delete_trip,
    read_document,
    shift_trip,
    take_out_stop,
    write_document,
)
from jobfair.shuttle.models import Departure, Ride, RideRequest, ShuttlePlan, ShuttleRun, Stop
from jobfair.shuttle.operations import lock_departures, promote
from jobfair.shuttle.queries import journey_of, list_departures
from jobfair.shuttle.queries.demand import frame_of
from jobfair.shuttle.queries.drafts import timetable_document
from jobfair.shuttle.rules import Direction, PlanState, RequestState, RunKind, RunState
from jobfair.shuttle.service.performing import PERFORM
from jobfair.shuttle.service.plans import copy_plan, edit_plan, plan_from_timetable
from jobfair.shuttle.service.publish import publish_plan
from jobfair.shuttle.service.runs import begin_next_run
from jobfair.shuttle.service.work import do_run
from tests.factories import (
    FAIR_STARTS,
    NOW,
    make_bus_type,
    make_departure,
    make_device,
    make_fair,
    make_household,
    make_plan,
    make_request,
    make_ride,
    make_shift,
    make_stop,
    make_wave,
)

OUT, BACK = Direction.OUT, Direction.BACK
OUT_1, OUT_2, HOME_1 = TripKey(OUT, 1, 0), TripKey(OUT, 2, 0), TripKey(BACK, 1, 0)
MINUTE = timedelta(minutes=1)
Change = Callable[[Document], Document]


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Give a fair with two kinds of buses: line 1 out and home by two stops, line 2 out by one."""
    fair = make_fair(lat=52.25, lon=8.07)
    make_bus_type(fair, name="Reisebus", wheelchairs=1)
    make_bus_type(fair, name="Kleinbus", seats=4, wheelchairs=0)
    make_wave(fair)
    stops = [make_stop(name="Engter"), make_stop(name="Bramsche")]
    home_at = FAIR_STARTS + 180 * MINUTE
    make_departure(fair, stops, line=1, wheelchairs=1)
    make_departure(fair, stops[:1], line=2, wheelchairs=1)
    make_departure(fair, stops, line=1, wheelchairs=1, direction=BACK, fair_at=home_at)
    return fair


def stop_named(name: str) -> Stop:
    return session().scalars(sa.select(Stop).where(Stop.name == name)).one()


def rider(fair: Fair, stop: str, line: int = 1) -> int:
    """Make a household of three ride out with that line and home with line 1."""
    request = make_request(make_household(fair), stop_named(stop), state=RequestState.SEATED)
    for departure in list_departures(fair.id):
        if departure.line == (line if departure.direction is OUT else 1):
            make_ride(request, departure)
    return request.household_id


def published(fair: Fair, change: Change, people: int = 0, now: datetime = NOW) -> ShuttlePlan:
    """Have the timetable with that change be published."""
    row = plan_from_timetable(fair.id, actor=SYSTEM, now=NOW)
    edit_plan(fair.id, row.id, 0, change, actor=SYSTEM, now=NOW)
    publish_plan(fair.id, row.id, 1, actor=SYSTEM, now=now, people=people)
    return row


def buses(fair: Fair) -> dict[TripKey, Departure]:
    return {TripKey(one.direction, one.line, one.wave): one for one in list_departures(fair.id)}


def mails() -> list[str]:
    return list(session().scalars(sa.select(OutboxMail.kind).order_by(OutboxMail.id)))


def lines_of(household_id: int) -> tuple[int | None, int | None]:
    journey = journey_of(household_id)
    assert journey is not None
    return (
        journey.out.line if journey.out else None,
        journey.back.line if journey.back else None,
    )


def assert_counted() -> None:
    """Have every departure count exactly who rides on it."""
    for departure in session().scalars(sa.select(Departure)):
        rides = session().scalars(sa.select(Ride).where(Ride.departure_id == departure.id)).all()
        assert departure.taken == sum(ride.people - ride.wheelchairs for ride in rides)


def test_a_draft_of_a_fair_without_buses_becomes_its_timetable(app: Flask) -> None:
    empty = make_fair(lat=52.25, lon=8.07)
    make_bus_type(empty, name="Reisebus")
    make_wave(empty)
    stop = make_stop()
    waiting = make_request(make_household(empty, take_at_once=True), stop)
    frame = frame_with_trip(empty, stop)
    row = make_plan(empty, document=write_document(frame))
    publish_plan(empty.id, row.id, 0, actor=SYSTEM, now=NOW)
    going = buses(empty)
    assert set(going) == {OUT_1, HOME_1}
    assert (going[OUT_1].seats, going[OUT_1].wheelchairs, going[OUT_1].bus) == (50, 2, "Reisebus")
    assert going[OUT_1].block == going[HOME_1].block is not None
    assert going[OUT_1].fair_at == FAIR_STARTS
    assert lines_of(waiting.household_id) == (None, None)
    with transaction():
        promote(lock_departures(empty.id), now=NOW)
    allocate(empty)
    assert lines_of(waiting.household_id) == (1, 1)


def allocate(fair: Fair) -> None:
    """Do the run of the allocation that was asked for."""
    run = begin_next_run(NOW)
    assert run is not None
    assert (run.fair_id, run.kind) == (fair.id, RunKind.SEATS)
    do_run(run, PERFORM[run.kind], lambda: NOW)
    session().expire_all()
    assert session().get_one(ShuttleRun, run.id).error == ""


def frame_with_trip(fair: Fair, stop: Stop) -> Document:
    """Return a plan of one bus out and home by that stop."""
    from_there = PlanStop(stop.id, stop.name, stop.municipality, stop.lat, stop.lon)
    plan = replace(frame_of(fair.id), stops=(from_there,))
    for direction in Direction:
        plan = add_trip(plan, direction, 0, "Reisebus")
    (out, home) = plan.waves
    home = replace(home, trips=(replace(home.trips[0], line=1),))
    plan = replace(plan, waves=(out, home))
    return add_stop(add_stop(plan, OUT_1, from_there), HOME_1, from_there)


def test_the_former_plan_is_replaced_and_seats_are_allocated(fair: Fair) -> None:
    first = published(fair, lambda plan: shift_trip(plan, OUT_1, -5))
    second = copy_plan(fair.id, first.id, actor=SYSTEM, now=NOW)
    publish_plan(fair.id, second.id, 0, actor=SYSTEM, now=NOW)
    states = session().scalars(sa.select(ShuttlePlan.state).order_by(ShuttlePlan.id)).all()
    assert states == [PlanState.REPLACED, PlanState.PUBLISHED]
    run = session().scalars(sa.select(ShuttleRun)).one()
    assert (run.kind, run.state) == (RunKind.SEATS, RunState.QUEUED)
    done = set(session().scalars(sa.select(AuditEntry.action)))
    assert {"shuttle_plan.publish", "seats.run"} <= done


def test_only_a_draft_as_it_was_seen_is_published(fair: Fair) -> None:
    row = plan_from_timetable(fair.id, actor=SYSTEM, now=NOW)
    edit_plan(fair.id, row.id, 0, lambda plan: plan, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict, match="plan_changed"):
        publish_plan(fair.id, row.id, 0, actor=SYSTEM, now=NOW)
    publish_plan(fair.id, row.id, 1, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict, match="plan_published"):
        publish_plan(fair.id, row.id, 2, actor=SYSTEM, now=NOW)


def test_a_plan_that_can_not_be_driven_is_not_published(fair: Fair) -> None:
    with pytest.raises(Conflict, match="plan_unsound"):
        published(fair, lambda plan: add_trip(plan, OUT, 0, "Reisebus"))
    assert len(list_departures(fair.id)) == 3


def test_whoever_can_keep_a_seat_keeps_it_and_hears_nothing(fair: Fair) -> None:
    household = rider(fair, "Bramsche")
    before = session().scalars(sa.select(Ride.id).order_by(Ride.id)).all()
    published(fair, lambda plan: shift_trip(plan, OUT_1, -5))
    assert session().scalars(sa.select(Ride.id).order_by(Ride.id)).all() == before
    assert buses(fair)[OUT_1].fair_at == FAIR_STARTS - 5 * MINUTE
    assert lines_of(household) == (1, 1)
    assert mails() == []
    assert_counted()


def test_whoever_rides_keeps_the_seat_when_lines_are_numbered_anew(fair: Fair) -> None:
    """A new plan may serve all stops by lines of other numbers; who rides is told of it."""
    household, other = rider(fair, "Bramsche"), rider(fair, "Engter", line=2)
    before = {one.id for one in list_departures(fair.id)}
    published(fair, swapped)
    assert {one.id for one in list_departures(fair.id)} == before
    assert (lines_of(household), lines_of(other)) == ((2, 1), (1, 1))
    assert len(buses(fair)[OUT_1].calls) == 1
    assert len(mails()) == 2
    assert_counted()


def swapped(plan: Document) -> Document:
    """Return the plan with lines 1 and 2 out numbered the other way round."""
    out, home = plan.waves
    trips = tuple(replace(trip, line=3 - trip.line) for trip in out.trips)
    return replace(plan, waves=(replace(out, trips=trips), home))


def test_other_times_are_told_to_those_who_ride_then(fair: Fair) -> None:
    rider(fair, "Engter", line=2)
    rider(fair, "Bramsche")
    published(fair, lambda plan: shift_trip(plan, OUT_2, -6))
    assert len(mails()) == 1


def test_those_whose_bus_is_gone_ride_with_another_if_there_is_one(fair: Fair) -> None:
    household = rider(fair, "Engter", line=2)
    with pytest.raises(Conflict, match="riders_affected") as refusal:
        published(fair, lambda plan: delete_trip(plan, OUT_2))
    assert refusal.value.params == {"people": 3, "waiting": 0}
    published(fair, lambda plan: delete_trip(plan, OUT_2), people=3)
    assert lines_of(household) == (1, 1)
    assert mails() == ["bus_taken_out"]
    assert_counted()


def test_those_whose_stop_is_left_out_wait_first_in_line(fair: Fair) -> None:
    household = rider(fair, "Bramsche")
    published(fair, lambda plan: take_out_stop(plan, OUT_1, stop_named("Bramsche").id), people=3)
    assert lines_of(household) == (None, None)
    request = session().scalars(sa.select(RideRequest)).one()
    assert (request.state, request.displaced_at) == (RequestState.WAITING, NOW)
    assert_counted()


def test_a_smaller_bus_keeps_those_who_asked_first(fair: Fair) -> None:
    first, second = rider(fair, "Bramsche"), rider(fair, "Bramsche")
    published(fair, lambda plan: change_bus(plan, OUT_1, "Kleinbus"), people=3)
    assert lines_of(first) == (1, 1)
    assert lines_of(second) == (None, None)
    assert_counted()


def test_a_bus_that_phones_know_of_is_named(fair: Fair) -> None:
    shift = make_shift(fair)
    make_device(shift, departure_id=buses(fair)[OUT_2].id)
    with pytest.raises(Conflict, match="plan_bus_used") as refusal:
        published(fair, lambda plan: delete_trip(plan, OUT_2))
    assert refusal.value.params == {"lines": "2"}
    assert OUT_2 in buses(fair)


def test_a_bus_that_has_left_keeps_its_riders(fair: Fair) -> None:
    family = rider(fair, "Engter", line=2)
    with pytest.raises(Conflict, match="departures_gone") as refusal:
        published(fair, lambda plan: delete_trip(plan, OUT_2), people=2, now=FAIR_STARTS)
    assert refusal.value.params == {"lines": "2"}
    assert lines_of(family)[0] == 2


def test_publishing_what_goes_already_changes_nothing(fair: Fair) -> None:
    rider(fair, "Bramsche")
    before = timetable_document(fair.id)
    row = published(fair, lambda plan: plan)
    after = timetable_document(fair.id)
    assert [wave.trips for wave in after.waves] == [
        wave.trips for wave in read_document(row.document).waves
    ]
    assert [(wave.at, [(t.line, t.bus, t.calls) for t in wave.trips]) for wave in after.waves] == [
        (wave.at, [(t.line, t.bus, t.calls) for t in wave.trips]) for wave in before.waves
    ]
    assert mails() == []


def test_a_refused_publication_leaves_all_as_it_was(fair: Fair) -> None:
    rider(fair, "Bramsche")
    row = plan_from_timetable(fair.id, actor=SYSTEM, now=NOW)
    edit_plan(fair.id, row.id, 0, lambda plan: delete_trip(plan, OUT_1), actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict, match="riders_affected"):
        publish_plan(fair.id, row.id, 1, actor=SYSTEM, now=NOW)
    with transaction() as current:
        assert current.get_one(ShuttlePlan, row.id).state is PlanState.DRAFT
    assert set(buses(fair)) == {OUT_1, OUT_2, HOME_1}
    assert mails() == []
    assert_counted()
