"""Plans keep every limit, are the best where that can be known, and don't depend on chance."""

from dataclasses import replace
from time import monotonic
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.plans import KNOWN, Known, load
from bench.plans.bounds import people_bound
from bench.plans.made import families, mixed, remote, scarce
from jobfair.shuttle.files import Node
from jobfair.shuttle.planning import solver
from jobfair.shuttle.planning.checker import check_plan
from jobfair.shuttle.planning.planner import plan
from jobfair.shuttle.planning.reading import read_plan, read_problem
from jobfair.shuttle.planning.reasons import obstacle
from jobfair.shuttle.planning.travel import Matrix
from jobfair.shuttle.planning.types import (
    FAIR,
    Direction,
    Group,
    Leg,
    Reason,
    RidePolicy,
    RoutePlan,
    RouteProblem,
)
from jobfair.shuttle.planning.writing import problem_json
from jobfair.shuttle.solving import Cancelled
from tests.unit.shuttle.planning.problems import ONE, best, bus, problem, problems, stop

LONG = 60.0
SOME = settings(max_examples=25, deadline=None)


def _solve(given_: RouteProblem, patience: int = 150, seed: int = 1) -> RoutePlan:
    wish = {"until": monotonic() + LONG, "seed": seed, "patience": patience}
    told: list[dict[str, Any]] = []
    result = solver.solve({"problem": problem_json(given_), **wish}, told.append)
    ranks = [read_plan(Node(one["plan"]), given_).rank for one in told]
    assert ranks == sorted(set(ranks), reverse=True)
    return read_plan(Node(result["plan"]), given_)


@SOME
@given(problems())
def test_any_plan_keeps_every_limit_and_states_its_cost(drawn: RouteProblem) -> None:
    found = _solve(drawn)
    assert check_plan(drawn, found) == []
    assert found.people <= people_bound(drawn)


@SOME
@given(problems())
def test_whoever_is_left_over_is_so_for_the_reason_told(drawn: RouteProblem) -> None:
    found = _solve(drawn)
    idle = {
        kind.name: kind.count - sum(trip.bus == kind.name for trip in found.trips)
        for kind in drawn.buses
    }
    for row in found.unserved:
        for group in row.groups:
            why = obstacle(drawn, drawn.stop[row.stop], group)
            assert row.reason is (why or Reason.TOO_FEW_BUSES)
            fetching = [
                kind
                for kind in drawn.buses
                if idle[kind.name] and kind.holds(group.seats, group.wheelchairs)
            ]
            assert why is not None or fetching == []


@SOME
@given(problems(most_stops=3, most_groups=1), st.integers(1, 2))
def test_tiny_problems_are_solved_as_by_trying_everything(drawn: RouteProblem, count: int) -> None:
    small = replace(drawn, buses=tuple(replace(kind, count=count) for kind in drawn.buses[:1]))
    found = _solve(small)
    assert (found.people, found.cost_m) == best(small)


REASONS = {
    Reason.TOO_LARGE: stop("A", 5, 0, Group(11)),
    Reason.NO_WHEELCHAIR_PLACES: stop("A", 5, 0, Group(3, 2)),
    Reason.TOO_FAR: stop("A", 60, 0, Group(2)),
}


@pytest.mark.parametrize("reason", REASONS)
def test_those_whom_no_bus_could_carry_are_listed_with_the_reason(reason: Reason) -> None:
    policy = RidePolicy(direct_factor=1.0, max_ride_s=2400)
    given_ = problem([REASONS[reason], stop("B", 4, 0, ONE)], policy=policy)
    found = _solve(given_)
    (left,) = found.unserved
    assert (left.stop, left.reason, found.people) == ("A", reason, 1)


def test_scarce_buses_carry_as_many_as_they_hold() -> None:
    stops = [stop(name, north, 0, *[ONE] * 9) for name, north in (("A", 9), ("B", 8))]
    given_ = problem(stops, [bus(count=1, seats=11)])
    found = _solve(given_)
    assert found.people == 11
    assert {row.reason for row in found.unserved} == {Reason.TOO_FEW_BUSES}


@pytest.mark.parametrize(
    "given_",
    [
        problem([]),
        problem([stop("A", 9, 0)]),
        problem([stop("A", 9, 0, ONE)], []),
        problem([stop("A", 9, 0, ONE)], [bus(count=0)]),
    ],
)
def test_nothing_to_drive_is_an_empty_plan(given_: RouteProblem) -> None:
    found = _solve(given_)
    assert (found.trips, found.cost_m, check_plan(given_, found)) == ((), 0, [])


def test_one_stop_is_one_trip() -> None:
    given_ = problem([stop("A", 9, 0, ONE, ONE)])
    (trip,) = _solve(given_).trips
    assert [(call.stop, call.groups) for call in trip.calls] == [("A", (ONE, ONE))]


def test_roads_that_differ_by_direction_are_planned_as_they_are() -> None:
    straight = problem([stop("A", 9, 0, ONE), stop("B", 10, 0, ONE)], [bus(count=1)])
    places = ["A", "B", FAIR]
    metres = [[0, 9000, 20000], [1000, 0, 90000], [1, 1, 0]]
    seconds = [[cell // 14 for cell in row] for row in metres]
    given_ = replace(straight, travel=Matrix(places, metres, seconds, straight.travel))
    assert given_.travel.leg("B", "A") == Leg(1000, 71)
    found = _solve(given_)
    assert [call.stop for call in found.trips[0].calls] == ["B", "A"]
    assert (found.cost_m, found.direction) == (5000 + 1000 + 20000, Direction.OUT)


@pytest.mark.parametrize("known", [known for known in KNOWN if known.people < 1000])
def test_a_short_search_comes_near_the_best_known(known: Known) -> None:
    found = _solve(load(known.name), patience=500)
    assert found.people == known.people
    assert found.cost_m <= 1.05 * known.cost_m


@pytest.mark.parametrize("make", [mixed, scarce, families, remote])
def test_hard_problems_of_our_own_are_planned_without_fault(make) -> None:
    given_ = read_problem(Node(make(3)))
    found = _solve(given_, patience=150)
    assert check_plan(given_, found) == []
    assert found.people >= 0.97 * people_bound(given_) or make is remote


def test_the_same_seed_gives_the_same_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    given_ = read_problem(Node(mixed(4, stops=15)))
    plans = []
    for hash_seed in ("0", "1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", hash_seed)
        plans.append(plan(given_, seconds=LONG, seed=7, patience=200))
    assert plans[0].trips
    assert plans.count(plans[0]) == 3


def test_whoever_cancels_gets_the_best_so_far() -> None:
    given_ = read_problem(Node(mixed(5)))
    told: list[RoutePlan] = []
    found = plan(given_, seconds=LONG, on_progress=told.append, cancelled=lambda: bool(told))
    assert (found.finished, found.trips) == (False, told[-1].trips)
    assert check_plan(given_, found) == []
    with pytest.raises(Cancelled):
        plan(given_, seconds=LONG, cancelled=lambda: True)
