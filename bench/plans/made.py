"""Route problems of our own making, each hard in its way."""

from collections.abc import Callable
from math import ceil
from random import Random
from typing import Any

FAIR = {"name": "Fair", "lat": 52.25, "lon": 8.07}
POLICY = {"max_ride_s": 4500, "direct_factor": 1.25, "stop_s": 60, "board_s_per_person": 15}
TRAVEL = {"speed_kmh": 50, "detour": 1.3}
SPREAD = 0.4
Problem = dict[str, Any]
Rows = list[dict[str, Any]]


def _singles(rng: Random, people: int) -> Rows:
    wheelchairs = sum(rng.random() < 0.02 for _ in range(people))
    rows = [{"seats": 1, "wheelchairs": 0, "count": people - wheelchairs}]
    return rows + [{"seats": 0, "wheelchairs": 1, "count": wheelchairs}] * bool(wheelchairs)


def _families(rng: Random, people: int) -> Rows:
    sizes: list[int] = []
    while sum(sizes) < people:
        sizes.append(rng.choice([1, 1, 2, 3, 4, 5, 7, 11]))
    rows = [{"seats": size, "wheelchairs": 0, "count": sizes.count(size)} for size in set(sizes)]
    return rows + [{"seats": 2, "wheelchairs": 1, "count": 1}] * (rng.random() < 0.2)


def _problem(
    name: str, seed: int, stops: int, buses: Rows, groups: Callable[[Random, int], Rows]
) -> Problem:
    rng = Random(seed)
    return {
        "kind": "route-problem",
        "name": f"{name}-{seed}",
        "direction": "out",
        "fair": FAIR,
        "ride_policy": POLICY,
        "travel": TRAVEL,
        "stops": [
            {
                "id": f"S{number}",
                "name": f"Stop {number}",
                "lat": round(FAIR["lat"] + rng.uniform(-SPREAD, SPREAD), 5),
                "lon": round(FAIR["lon"] + 1.6 * rng.uniform(-SPREAD, SPREAD), 5),
                "groups": groups(rng, rng.choice([2, 4, 6, 8, 12, 20, 35])),
            }
            for number in range(stops)
        ],
        "buses": buses,
    }


def _bus(seats: int, wheelchairs: int, count: int, cost: int = 15000) -> dict[str, Any]:
    return {
        "type": f"bus{seats}w{wheelchairs}",
        "seats": seats,
        "wheelchairs": wheelchairs,
        "count": count,
        "fixed_cost_m": cost,
    }


def mixed(seed: int, stops: int = 40) -> Problem:
    """Return a problem with buses of every size, whose cost doesn't follow their places."""
    buses = [_bus(8, 1, 9, 2000), _bus(16, 0, 6, 9000), _bus(28, 2, 6, 26000)]
    buses += [_bus(50, 2, 6, 18000), _bus(78, 1, 3, 40000)]
    return _problem("mixed", seed, stops, buses, _singles)


def scarce(seed: int, stops: int = 40) -> Problem:
    """Return a problem whose buses hold about two thirds of the people."""
    problem = _problem("scarce", seed, stops, [], _singles)
    people = sum(row["count"] for stop in problem["stops"] for row in stop["groups"])
    each = ceil(people * 2 / 3 / 100)
    problem["buses"] = [_bus(50, 2, each), _bus(30, 1, each), _bus(20, 2, each)]
    return problem


def families(seed: int, stops: int = 40) -> Problem:
    """Return a problem with groups of up to eleven, which must not be divided, in tight buses."""
    problem = _problem("families", seed, stops, [], _families)
    rows = [row for stop in problem["stops"] for row in stop["groups"]]
    seats = sum(row["seats"] * row["count"] for row in rows)
    each = ceil(seats * 1.04 / 100)
    problem["buses"] = [_bus(50, 2, each), _bus(30, 2, each), _bus(20, 2, each)]
    return problem


def remote(seed: int, stops: int = 40) -> Problem:
    """Return a problem in which no bus serves some stops in time, and some groups fit nowhere."""
    buses = [_bus(30, 0, 20), _bus(12, 1, 20, 5000)]
    problem = _problem("remote", seed, stops, buses, _families)
    problem["ride_policy"] = POLICY | {"max_ride_s": 2400, "direct_factor": 1.0}
    problem["stops"][0]["groups"].append({"seats": 31, "wheelchairs": 0, "count": 1})
    problem["stops"][1]["groups"].append({"seats": 14, "wheelchairs": 1, "count": 1})
    return problem
