"""Route problems and plans are read strictly, and written as they are read."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given

from bench.plans import KNOWN, load
from bench.plans.made import mixed
from jobfair.shuttle.files import FileFault, Node
from jobfair.shuttle.planning.reading import read_plan, read_problem
from jobfair.shuttle.planning.travel import Haversine, Matrix, great_circle_m
from jobfair.shuttle.planning.types import FAIR, Leg, RouteProblem
from jobfair.shuttle.planning.writing import plan_json, problem_json
from tests.unit.shuttle.planning.problems import plan_of, problems

GIVEN = mixed(1, stops=3)
PLAN: dict[str, Any] = {
    "kind": "route-plan",
    "problem": GIVEN["name"],
    "cost_m": 0,
    "unserved": [{"stop": "S0", "groups": [[1, 0]]}],
    "trips": [{"bus": "bus8w1", "calls": [{"stop": "S0", "groups": [[1, 0]]}]}],
}


def _changed(document: dict[str, Any], way: tuple[str | int, ...], value: object) -> Any:
    """Return a copy of the document with another value there, or with none if it is Ellipsis."""
    copy = deepcopy(document)
    place: Any = copy
    for step in way[:-1]:
        place = place[step]
    if value is ...:
        del place[way[-1]]
    else:
        place[way[-1]] = value
    return copy


@pytest.mark.parametrize(
    ("way", "value", "said"),
    [
        (("kind",), "seat-problem", "kind: route-problem is needed"),
        (("direction",), "back", "direction: out is needed"),
        (("name",), ..., "name: is missing"),
        (("stops",), {}, "stops: a list is needed"),
        (("stops", 1), [], "stops[1]: an object is needed"),
        (("stops", 1, "id"), "S0", "stops[1].id: 'S0' is already at stops[0].id"),
        (("stops", 2, "lat"), ..., "stops[2].lat: is missing"),
        (("stops", 2, "lat"), None, "stops[2].lat: is missing"),
        (("stops", 2, "lat"), "52.1", "stops[2].lat: a number is needed"),
        (("stops", 2, "lon"), 181, "stops[2].lon: a number from -180 to 180 is needed"),
        (("stops", 0, "groups", 0, "seats"), -1, "stops[0].groups[0].seats: a whole number from 0"),
        (("stops", 0, "groups", 0, "seats"), True, "stops[0].groups[0].seats: a whole number is"),
        (("stops", 0, "groups", 0, "count"), 10**9, "stops[0].groups[0].count: a whole number"),
        (("stops", 0, "groups", 0), {"seats": 0, "wheelchairs": 0, "count": 1}, "without people"),
        (("buses", 1, "type"), "bus8w1", "buses[1].type: 'bus8w1' is already at buses[0].type"),
        (("buses", 0, "count"), 1.5, "buses[0].count: a whole number is needed"),
        (("ride_policy", "direct_factor"), "1", "ride_policy.direct_factor: a number is needed"),
        (("travel", "speed_kmh"), 0, "travel.speed_kmh: a number from 1 to 300 is needed"),
        (("fair", "lat"), ..., "fair.lat: is missing"),
        (("travel", "metres"), [[0]], "travel.seconds: is missing"),
    ],
)
def test_a_problem_that_breaks_the_format_is_refused_at_its_place(
    way: tuple[str | int, ...], value: object, said: str
) -> None:
    with pytest.raises(FileFault) as fault:
        read_problem(Node(_changed(GIVEN, way, value)))
    assert said in str(fault.value)


@pytest.mark.parametrize(
    ("way", "value", "said"),
    [
        (("problem",), "other", "problem: mixed-1 is needed"),
        (("cost_m",), "1", "cost_m: a whole number is needed"),
        (("unserved",), ..., "unserved: is missing"),
        (("unserved", 0, "reason"), "none", "unserved[0].reason: too_large or"),
        (("trips", 0, "bus"), "tram", "trips[0].bus: the problem has no bus 'tram'"),
        (("trips", 0, "calls", 0, "stop"), "X", "trips[0].calls[0].stop: the problem has no stop"),
        (("trips", 0, "calls", 0, "groups", 0), [1], "calls[0].groups[0]: at least 2 needed"),
        (("trips", 0, "calls", 0, "groups", 0), [-1, 0], "groups[0][0]: a whole number from 0"),
    ],
)
def test_a_plan_that_breaks_the_format_is_refused_at_its_place(
    way: tuple[str | int, ...], value: object, said: str
) -> None:
    problem = read_problem(Node(GIVEN))
    assert read_plan(Node(PLAN), problem).people == 1
    with pytest.raises(FileFault) as fault:
        read_plan(Node(_changed(PLAN, way, value)), problem)
    assert said in str(fault.value)


@given(problems())
def test_what_is_written_is_read_again(drawn: RouteProblem) -> None:
    text = json.dumps(problem_json(drawn))
    again = read_problem(Node(json.loads(text)))
    assert problem_json(again) == json.loads(text)
    plan = plan_of(drawn)
    assert read_plan(Node(json.loads(json.dumps(plan_json(again.name, plan)))), again) == plan


def test_the_problems_of_the_benchmark_are_read() -> None:
    assert [load(known.name).people for known in KNOWN] == [known.people for known in KNOWN]


def test_great_circles_are_as_long_as_on_a_globe() -> None:
    assert great_circle_m((0, 0), (0, 180)) == pytest.approx(6_371_000 * 3.14159265)
    roads = Haversine({"A": (52.5, 7.9), FAIR: (52.25, 8.07)}, speed_kmh=50, detour=1.3)
    metres = great_circle_m((52.5, 7.9), (52.25, 8.07)) * 1.3
    assert roads.leg("A", FAIR) == Leg(round(metres), round(round(metres) * 3.6 / 50))
    assert roads.leg("A", "A") == Leg(0, 0)
    assert roads.direct_s("A") == pytest.approx(metres * 3.6 / 50)


def test_what_a_table_lacks_is_estimated() -> None:
    roads = Haversine({"A": (52.5, 7.9), FAIR: (52.25, 8.07)})
    table = Matrix(["A", FAIR], [[0, None], [7, 0]], [[0, 3], [5, 0]], roads)
    assert table.leg("A", FAIR) == roads.leg("A", FAIR)
    assert table.leg(FAIR, "A") == Leg(7, 5)
    assert table.direct_s("A") == roads.leg("A", FAIR).seconds
