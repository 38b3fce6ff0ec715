"""A plan's waves as the planner knows them: problems and route plans; and back again."""

from collections.abc import Mapping
from dataclasses import replace

from jobfair.shuttle.document.types import Document, Left, PlanBus, PlanTrip, PlanWave
from jobfair.shuttle.fleet import SettingsInput
from jobfair.shuttle.planning import checker
from jobfair.shuttle.planning.travel import Haversine
from jobfair.shuttle.planning.types import (
    FAIR,
    BusType,
    Call,
    Direction,
    Groups,
    Reason,
    RidePolicy,
    RoutePlan,
    RouteProblem,
    Stop,
    TravelTimes,
    Trip,
    Unserved,
)

FIXED_MOST_M = 10_000_000


def straight_roads(plan: Document) -> Haversine:
    """Return road times between the places of the plan, as the crow flies times the detour."""
    points = {
        str(stop.id): (stop.lat, stop.lon)
        for stop in plan.stops
        if stop.lat is not None and stop.lon is not None
    }
    return Haversine({**points, FAIR: plan.fair}, plan.policy.speed_kmh, plan.policy.detour)


def problem_of(plan: Document, wave: PlanWave, roads: TravelTimes) -> RouteProblem:
    """Return the problem that the wave is one answer to: its own people, at stops with a place."""
    asked: dict[int, Groups] = {}
    rows = [(call.stop, call.groups) for trip in wave.trips for call in trip.calls]
    rows += [(left.stop, left.groups) for left in wave.unserved]
    for stop, groups in rows:
        asked[stop] = asked.get(stop, ()) + groups
    return route_problem(plan, asked, roads)


def route_problem(plan: Document, asked: Mapping[int, Groups], roads: TravelTimes) -> RouteProblem:
    """Return the problem of carrying these people, as far as their stops have a place."""
    stops = tuple(
        Stop(str(stop.id), stop.name, stop.lat, stop.lon, asked[stop.id])
        for stop in plan.stops
        if stop.id in asked and stop.lat is not None and stop.lon is not None
    )
    buses = tuple(_bus_type(bus, plan.policy) for bus in plan.buses)
    return RouteProblem("shuttle", stops, buses, policy_of(plan.policy), roads, plan.fair)


def policy_of(settings: SettingsInput) -> RidePolicy:
    """Return the limits of a ride as the planner knows them."""
    return RidePolicy(
        max_ride_s=settings.max_ride_s,
        direct_factor=settings.direct_factor,
        stop_s=settings.stop_s,
        board_s_per_person=settings.board_s,
    )


def _bus_type(bus: PlanBus, settings: SettingsInput) -> BusType:
    """Return the kind of bus; what it costs for the day is told as so many metres driven."""
    fixed = min(FIXED_MOST_M, round(1000 * bus.cost_cents / settings.km_cents))
    return BusType(bus.name, bus.seats, bus.wheelchairs, bus.count, fixed)


def route_trip(problem: RouteProblem, trip: PlanTrip) -> Trip:
    """Return the trip as the planner knows it, without calls at stops that have no place."""
    calls = ((str(call.stop), call.groups) for call in trip.calls)
    return Trip(trip.bus, tuple(Call(stop, who) for stop, who in calls if stop in problem.stop))


def calling(problem: RouteProblem, wave: PlanWave) -> list[PlanTrip]:
    """Return the trips that call at a stop with a place: the others are none for the planner."""
    return [trip for trip in wave.trips if route_trip(problem, trip).calls]


def route_plan_of(problem: RouteProblem, wave: PlanWave) -> RoutePlan:
    """Return the wave's calling trips as the planner knows them, with their true cost."""
    plan = RoutePlan(
        trips=tuple(route_trip(problem, trip) for trip in calling(problem, wave)),
        unserved=tuple(
            Unserved(str(left.stop), left.groups, _reason(left))
            for left in wave.unserved
            if str(left.stop) in problem.stop
        ),
        cost_m=0,
        direction=Direction(wave.direction),
    )
    known = all(trip.bus in problem.bus for trip in plan.trips)
    return replace(plan, cost_m=checker.plan_cost(problem, plan)) if known else plan


def _reason(left: Left) -> Reason:
    """Return the planner's reason; it knows none of those that only the plan has."""
    return Reason(left.reason) if left.reason in set(Reason) else Reason.TOO_FEW_BUSES
