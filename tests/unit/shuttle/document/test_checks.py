"""What a plan comes to: times that can be kept, figures, and every broken rule at once."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from jobfair.shuttle.document import (
    Document,
    PlanBus,
    PlanTrip,
    PlanWave,
    Rule,
    TripKey,
    Violation,
    change_bus,
    figures,
    shift_trip,
    straight_roads,
    times,
    vehicles,
    violations,
)
from jobfair.shuttle.fleet import SettingsInput
from jobfair.shuttle.planning.checker import Fault
from jobfair.shuttle.planning.types import Group
from jobfair.shuttle.rules import CALLS_MOST
from tests.unit.shuttle.document.plans import (
    ARRIVES,
    BACK,
    COACH,
    HOME_1,
    LEAVES,
    LINE_1,
    LINE_2,
    OUT,
    STOPS,
    TWO,
    VAN,
    call,
    documents,
    plan,
)

MINUTE = timedelta(minutes=1)


def broken(document: Document) -> list[Violation]:
    return violations(document, straight_roads(document))


def codes(document: Document) -> set[str]:
    return {violation.code for violation in broken(document)}


def wave(*trips: PlanTrip) -> Document:
    """Return a plan of one wave out with these trips."""
    return plan(waves=(PlanWave(OUT, 0, ARRIVES, trips),))


def test_a_sound_plan_breaks_nothing() -> None:
    assert broken(plan()) == []


def test_the_times_leave_room_for_driving_stopping_and_boarding() -> None:
    one = wave(PlanTrip(1, "Reisebus", (call(1, Group(4)),)))
    roads = straight_roads(one)
    told = times(one, roads)[LINE_1]
    assert told.fair_at == ARRIVES
    drive = timedelta(seconds=roads.leg("1", "").seconds)
    assert drive <= ARRIVES - told.calls[0] < drive + MINUTE


def test_home_again_the_time_is_when_the_bus_arrives() -> None:
    home = plan(waves=(PlanWave(BACK, 0, LEAVES, (PlanTrip(1, "Reisebus", (call(1, TWO),)),)),))
    roads = straight_roads(home)
    told = times(home, roads)[HOME_1]
    assert told.fair_at == LEAVES
    needed = timedelta(seconds=roads.leg("1", "").seconds)
    assert needed <= told.calls[0] - LEAVES < needed + MINUTE


def test_times_told_by_hand_are_those_of_the_timetable() -> None:
    told = wave(PlanTrip(1, "Reisebus", (call(3, minutes=50), call(1, minutes=20)), shift_min=-5))
    row = times(told, straight_roads(told))[LINE_1]
    assert row.fair_at == ARRIVES - 5 * MINUTE
    assert row.calls == (ARRIVES - 55 * MINUTE, ARRIVES - 25 * MINUTE)


@given(documents)
def test_the_times_of_a_bus_follow_each_other(document: Document) -> None:
    for key, row in times(document, straight_roads(document)).items():
        ends = [*row.calls, row.fair_at] if key.direction is OUT else [row.fair_at, *row.calls]
        assert all(start < end for start, end in pairwise(ends))
        assert all(at.second == 0 for at in ends)


def test_every_fault_is_named_with_its_place() -> None:
    crowd = tuple(Group(1) for _ in range(9))
    faults = broken(wave(PlanTrip(1, "Kleinbus", (call(1, *crowd, Group(0, 1)),), shift_min=4)))
    where = (OUT, 0, 1)
    assert Violation(Fault.SEATS, *where, bus="Kleinbus", found=9, allowed=8) in faults
    assert Violation(Fault.WHEELCHAIRS, *where, bus="Kleinbus", found=1, allowed=0) in faults
    assert Violation(Rule.LATE, *where, found=4) in faults
    assert len(faults) == 3


def test_a_ride_that_lasts_too_long_is_a_fault_at_its_stop() -> None:
    crowd = tuple(Group(1) for _ in range(48))
    slow = replace(plan(), policy=SettingsInput(max_ride_s=2000))
    far = replace(
        slow,
        waves=(
            PlanWave(OUT, 0, ARRIVES, (PlanTrip(1, "Reisebus", (call(6, TWO), call(1, *crowd))),)),
        ),
    )
    (fault,) = broken(far)
    assert (fault.code, fault.line, fault.stop) == (Fault.RIDE, 1, 6)
    assert fault.found > fault.allowed


def test_more_vehicles_than_there_are_is_a_fault_of_the_day() -> None:
    trips = tuple(PlanTrip(line, "Kleinbus", (call(line, TWO),)) for line in (1, 2))
    both = plan(
        waves=(PlanWave(OUT, 0, ARRIVES, trips), PlanWave(OUT, 1, LEAVES, trips)),
        buses=(VAN, COACH),
    )
    assert vehicles(both) == {"Kleinbus": 4}
    assert broken(both) == [Violation(Rule.VEHICLES, bus="Kleinbus", found=4, allowed=2)]
    rounds = tuple(
        replace(one, trips=tuple(replace(t, block=t.line) for t in one.trips)) for one in both.waves
    )
    assert broken(replace(both, waves=rounds)) == []


def test_stops_without_a_place_are_faults_and_stop_nothing() -> None:
    nowhere = replace(STOPS[0], lat=None, lon=None)
    lost = plan(stops=(nowhere, *STOPS[1:]))
    assert {(f.code, f.direction, f.stop) for f in broken(lost)} == {
        (Rule.NO_PLACE, OUT, 1),
        (Rule.NO_PLACE, BACK, 1),
    }
    assert times(lost, straight_roads(lost))[LINE_1].calls[1] < ARRIVES


def test_lines_and_calls_have_their_limits() -> None:
    twice = wave(PlanTrip(1, "Reisebus", (call(1),)), PlanTrip(1, "Reisebus", (call(2),)))
    assert codes(twice) == {Rule.LINE_TWICE}
    assert codes(wave(PlanTrip(100, "Reisebus", (call(1),)))) == {Rule.LINE_MOST}
    many = tuple(replace(STOPS[0], id=n) for n in range(1, CALLS_MOST + 2))
    busy = wave(PlanTrip(1, "Reisebus", tuple(call(stop.id) for stop in many)))
    assert codes(replace(busy, stops=many)) == {Rule.CALLS_MOST}
    assert codes(wave(PlanTrip(1, "Reisebus", ()))) == {Rule.NO_CALLS}


def test_a_bus_home_must_not_leave_before_its_time() -> None:
    assert codes(shift_trip(plan(), HOME_1, -1)) == {Rule.EARLY}
    assert codes(shift_trip(plan(), HOME_1, 1)) == set()
    assert codes(shift_trip(plan(), LINE_1, -1)) == set()


@pytest.mark.parametrize(("minutes", "found"), [(5, {Rule.TIGHT}), (60, set())])
def test_times_told_by_hand_that_no_bus_can_keep_are_a_fault(minutes: int, found: set[str]) -> None:
    assert codes(wave(PlanTrip(1, "Reisebus", (call(1, TWO, minutes=minutes),)))) == found


def test_the_figures_are_those_of_all_trips() -> None:
    document = plan()
    found = figures(document, straight_roads(document))
    assert (found.people, found.left, found.vehicles) == (12, 2, 3)
    assert found.places == 52 + 8 + 52
    assert found.trips[LINE_1].people == 4
    assert (found.trips[LINE_1].seats, found.trips[LINE_1].wheelchairs) == (3, 1)
    assert found.km == pytest.approx(sum(trip.km for trip in found.trips.values()))
    assert found.longest_s == max(trip.longest_s for trip in found.trips.values())
    assert found.cost_cents == 2 * 40000 + 15000 + round(200 * found.km)


def test_a_plan_whose_bus_is_unknown_still_has_its_figures() -> None:
    unknown = plan(buses=(PlanBus("Reisebus", 50, 2, 3, 0),))
    assert codes(unknown) == {Fault.UNKNOWN_BUS}
    assert figures(unknown, straight_roads(unknown)).places == 104


@given(documents)
def test_any_plan_has_times_figures_and_faults(document: Document) -> None:
    roads = straight_roads(document)
    keys = {TripKey(w.direction, trip.line, w.number) for w, trip in document.trips()}
    assert set(times(document, roads)) == set(figures(document, roads).trips) == keys
    allowed = {*Rule, *Fault} - {Fault.COST, Fault.DEMAND, Fault.UNKNOWN_STOP}
    assert {fault.code for fault in violations(document, roads)} <= allowed


def test_another_bus_changes_the_places() -> None:
    changed = change_bus(plan(), LINE_2, "Reisebus")
    assert figures(changed, straight_roads(changed)).places == 3 * 52
