"""The checker finds each fault, names its place, and finds nothing in plans that are right."""

from dataclasses import replace

import pytest

from jobfair.shuttle.planning.checker import Fault, Violation, check_plan, rides
from jobfair.shuttle.planning.timetable import mirror
from jobfair.shuttle.planning.types import (
    Call,
    Direction,
    Group,
    Reason,
    RoutePlan,
    Trip,
    Unserved,
)
from jobfair.shuttle.planning.words import SENTENCES, in_words
from tests.unit.shuttle.planning.problems import ONE, WHEELCHAIR, bus, plan_of, problem, stop

FAMILY = Group(4)
GIVEN = problem([stop("A", 20, 0, ONE, ONE, FAMILY), stop("B", 10, 0, ONE, WHEELCHAIR)])
GOOD = plan_of(GIVEN, Trip("bus", (Call("A", (ONE, ONE, FAMILY)), Call("B", (ONE, WHEELCHAIR)))))


def test_a_plan_without_fault_has_none() -> None:
    assert check_plan(GIVEN, GOOD) == []
    assert check_plan(GIVEN, mirror(GIVEN, GOOD)) == []
    assert GOOD.people == 8


def test_cost_is_the_way_from_the_first_stop_and_the_bus() -> None:
    legs = [GIVEN.travel.leg("A", "B"), GIVEN.travel.leg("B", "")]
    assert GOOD.cost_m == 5000 + sum(leg.metres for leg in legs)


def test_a_ride_lasts_from_boarding_to_the_fair() -> None:
    drive_a, drive_b = GIVEN.travel.leg("A", "B").seconds, GIVEN.travel.leg("B", "").seconds
    (_, from_a, limit), (_, from_b, _) = rides(GIVEN, GOOD.trips[0], Direction.OUT)
    assert from_b == 2 * 15 + drive_b
    assert from_a == 6 * 15 + drive_a + 60 + from_b
    assert limit == max(2400, int(1.25 * GIVEN.travel.direct_s("A")))


def _with(trip: Trip, **changes: object) -> RoutePlan:
    return replace(GOOD, trips=(trip,), **changes)


A, B = GOOD.trips[0].calls
ONLY_A = plan_of(GIVEN, Trip("bus", (A,)))
FAULTS = {
    Fault.UNKNOWN_BUS: (_with(Trip("tram", (A, B))), {"trip": 0, "bus": "tram"}),
    Fault.UNKNOWN_STOP: (_with(Trip("bus", (Call("C", ()),))), {"trip": 0, "stop": "C"}),
    Fault.NO_CALLS: (
        replace(GOOD, trips=(*GOOD.trips, Trip("bus", ())), cost_m=GOOD.cost_m + 5000),
        {"trip": 1},
    ),
    Fault.COST: (
        replace(GOOD, cost_m=GOOD.cost_m + 1),
        {"found": GOOD.cost_m + 1, "allowed": GOOD.cost_m},
    ),
    Fault.DEMAND: (replace(ONLY_A, unserved=()), {"stop": "B", "found": 0, "allowed": 2}),
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_found_alone(code: Fault) -> None:
    plan, facts = FAULTS[code]
    assert check_plan(GIVEN, plan) == [Violation(code, **facts)]


def test_a_stop_called_at_twice_is_found() -> None:
    trip = Trip("bus", (Call("A", (FAMILY,)), B, Call("A", (ONE, ONE))))
    plan = plan_of(replace(GIVEN, policy=replace(GIVEN.policy, max_ride_s=9000)), trip)
    found = check_plan(replace(GIVEN, policy=replace(GIVEN.policy, max_ride_s=9000)), plan)
    assert found == [Violation(Fault.CALLS_TWICE, 0, "A", found=2, allowed=1)]


def test_full_buses_are_found_by_seats_and_by_wheelchair_places() -> None:
    small = replace(GIVEN, buses=(bus(seats=6, wheelchairs=0),))
    assert check_plan(small, GOOD) == [
        Violation(Fault.SEATS, 0, None, "bus", 7, 6),
        Violation(Fault.WHEELCHAIRS, 0, None, "bus", 1, 0),
    ]


def test_more_buses_than_there_are_are_found() -> None:
    plan = plan_of(GIVEN, Trip("bus", (A,)), Trip("bus", (B,)))
    assert check_plan(GIVEN, plan) == []
    one = replace(GIVEN, buses=(bus(count=1),))
    assert check_plan(one, plan) == [Violation(Fault.FLEET, bus="bus", found=2, allowed=1)]


def test_a_ride_that_is_too_long_is_found_at_its_stop() -> None:
    (_, ride, _), _ = rides(GIVEN, GOOD.trips[0], Direction.OUT)
    exact = replace(GIVEN, policy=replace(GIVEN.policy, max_ride_s=ride))
    assert check_plan(exact, GOOD) == []
    less = replace(GIVEN, policy=replace(GIVEN.policy, max_ride_s=ride - 1, direct_factor=1.0))
    assert check_plan(less, GOOD) == [Violation(Fault.RIDE, 0, "A", None, ride, ride - 1)]
    assert [v.code for v in check_plan(less, mirror(less, GOOD))] == [Fault.RIDE]


def test_groups_must_not_be_divided_nor_counted_twice() -> None:
    divided = Call("A", (ONE, ONE, Group(3), ONE))
    found = check_plan(GIVEN, _with(Trip("bus", (divided, B))))
    assert found == [Violation(Fault.DEMAND, stop="A", found=6, allowed=6)]
    twice = replace(GOOD, unserved=(Unserved("B", (ONE,), Reason.TOO_FEW_BUSES),))
    assert check_plan(GIVEN, twice) == [Violation(Fault.DEMAND, stop="B", found=3, allowed=2)]


def test_every_fault_has_words_on_one_line() -> None:
    assert set(SENTENCES) == set(Fault)
    for code in Fault:
        line = in_words(Violation(code, 1, "A", "bus", 7, 6))
        assert line.isprintable()
        assert "None" not in line
