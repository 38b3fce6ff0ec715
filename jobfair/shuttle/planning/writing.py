"""Writes route problems and plans as JSON."""

from collections import Counter
from typing import Any

from jobfair.shuttle.planning.travel import Haversine
from jobfair.shuttle.planning.types import FAIR, Groups, RoutePlan, RouteProblem, Stop

ESTIMATE = Haversine({})


def problem_json(problem: RouteProblem) -> dict[str, Any]:
    """Return the problem as it is written to a file."""
    policy = problem.policy
    return {
        "kind": "route-problem",
        "name": problem.name,
        "direction": "out",
        "fair": {"lat": problem.fair[0], "lon": problem.fair[1]},
        "ride_policy": {
            "max_ride_s": policy.max_ride_s,
            "direct_factor": policy.direct_factor,
            "stop_s": policy.stop_s,
            "board_s_per_person": policy.board_s_per_person,
        },
        "travel": _travel(problem),
        "stops": [_stop(stop) for stop in problem.stops],
        "buses": [
            {
                "type": bus.name,
                "seats": bus.seats,
                "wheelchairs": bus.wheelchairs,
                "count": bus.count,
                "fixed_cost_m": bus.fixed_cost_m,
            }
            for bus in problem.buses
        ],
    }


def _travel(problem: RouteProblem) -> dict[str, Any]:
    roads = problem.travel
    if isinstance(roads, Haversine):
        return {"speed_kmh": roads.speed_kmh, "detour": roads.detour}
    places = [*problem.stop, FAIR]
    legs = [[roads.leg(a, b) for b in places] for a in places]
    return {
        "speed_kmh": ESTIMATE.speed_kmh,
        "detour": ESTIMATE.detour,
        "metres": [[leg.metres for leg in row] for row in legs],
        "seconds": [[leg.seconds for leg in row] for row in legs],
    }


def _stop(stop: Stop) -> dict[str, Any]:
    counts = sorted(Counter(stop.groups).items())
    return {
        "id": stop.id,
        "name": stop.name,
        "lat": stop.lat,
        "lon": stop.lon,
        "groups": [
            {"seats": group.seats, "wheelchairs": group.wheelchairs, "count": count}
            for group, count in counts
        ],
    }


def plan_json(name: str, plan: RoutePlan) -> dict[str, Any]:
    """Return the plan of the problem of that name as it is written to a file."""
    return {
        "kind": "route-plan",
        "problem": name,
        "cost_m": plan.cost_m,
        "finished": plan.finished,
        "unserved": [
            {"stop": row.stop, "reason": row.reason.value, "groups": _pairs(row.groups)}
            for row in plan.unserved
        ],
        "trips": [
            {
                "bus": trip.bus,
                "calls": [{"stop": c.stop, "groups": _pairs(c.groups)} for c in trip.calls],
            }
            for trip in plan.trips
        ],
    }


def _pairs(groups: Groups) -> list[list[int]]:
    return [[group.seats, group.wheelchairs] for group in groups]
