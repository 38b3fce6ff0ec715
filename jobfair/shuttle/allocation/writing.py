"""Writes seat problems and allocations as JSON."""

from typing import Any

from jobfair.shuttle.allocation.problem import Allocation, Problem, Ride, Rides

Json = dict[str, Any]


def problem_json(problem: Problem) -> Json:
    """Return the problem as it is written to a file."""
    return {
        "kind": "seat-problem",
        "name": problem.name,
        "waves": problem.waves,
        "stops": [{"id": stop.id, "municipality": stop.municipality} for stop in problem.stops],
        "departures": [
            {
                "id": departure.id,
                "direction": departure.direction,
                "wave": departure.wave,
                "stops": list(departure.stops),
                "seats": departure.seats,
                "wheelchairs": departure.wheelchairs,
            }
            | ({} if departure.at is None else {"at": departure.at})
            for departure in problem.departures
        ],
        "requests": [
            {
                "id": request.id,
                "stop": request.stop,
                "alternatives": list(request.alternatives),
                "seats": request.seats,
                "wheelchairs": request.wheelchairs,
                "priority": request.priority,
                "municipality": request.municipality,
                "requested": request.requested,
                "out_wave": request.out_wave,
                "back_wave": request.back_wave,
                "flexibility": request.flexibility,
                "confirmed": request.confirmed and _rides(request.confirmed),
            }
            for request in problem.requests
        ],
    }


def allocation_json(problem: str, allocation: Allocation) -> Json:
    """Return the allocation of the problem of this name as it is written to a file."""
    return {
        "kind": "seat-allocation",
        "problem": problem,
        "proven": allocation.proven,
        "levels": [
            {"name": level.aim, "value": _number(level.value), "bound": _number(level.bound)}
            for level in allocation.levels
        ],
        "seats": [{"request": seat.request, **_rides(seat.rides)} for seat in allocation.seats],
        "waitlist": [
            {"request": waiting.request, "reason": waiting.reason}
            for waiting in allocation.waitlist
        ],
    }


def _rides(rides: Rides) -> Json:
    return {"out": rides.out and _ride(rides.out), "back": rides.back and _ride(rides.back)}


def _ride(ride: Ride) -> Json:
    return {"departure": ride.departure, "stop": ride.stop}


def _number(value: float) -> float:
    """Return the value, a whole one as a whole number."""
    return int(value) if value == int(value) else value
