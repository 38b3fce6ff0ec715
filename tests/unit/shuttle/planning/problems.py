"""Small route problems, and the best that can be had of them, found by trying everything."""

from collections.abc import Iterator, Sequence
from itertools import permutations

from hypothesis import strategies as st

from jobfair.shuttle.planning.checker import check_plan, plan_cost
from jobfair.shuttle.planning.reasons import unserved_of
from jobfair.shuttle.planning.travel import Haversine
from jobfair.shuttle.planning.types import (
    FAIR,
    BusType,
    Call,
    Group,
    RidePolicy,
    RoutePlan,
    RouteProblem,
    Stop,
    Trip,
)

PLACE = (52.25, 8.07)
POLICY = RidePolicy(max_ride_s=2400, direct_factor=1.25, stop_s=60, board_s_per_person=15)
ONE = Group(1)
WHEELCHAIR = Group(0, 1)


def bus(name: str = "bus", seats: int = 10, wheelchairs: int = 1, count: int = 2) -> BusType:
    """Return a kind of bus."""
    return BusType(name, seats, wheelchairs, count, fixed_cost_m=5000)


def stop(name: str, north: float, east: float, *groups: Group) -> Stop:
    """Return a stop so many kilometres from the fair."""
    lat, lon = PLACE[0] + north / 111.2, PLACE[1] + east / 68.1
    return Stop(name, f"Stop {name}", lat, lon, groups)


def problem(
    stops: Sequence[Stop], buses: Sequence[BusType] = (bus(),), policy: RidePolicy = POLICY
) -> RouteProblem:
    """Return a problem of these stops and buses."""
    points = {one.id: (one.lat, one.lon) for one in stops} | {FAIR: PLACE}
    return RouteProblem("small", tuple(stops), tuple(buses), policy, Haversine(points), PLACE)


def plan_of(given: RouteProblem, *trips: Trip) -> RoutePlan:
    """Return the plan of these trips, with all others left over and the true cost."""
    left = {one.id: list(one.groups) for one in given.stops}
    for trip in trips:
        for call in trip.calls:
            for group in call.groups:
                left[call.stop].remove(group)
    plan = RoutePlan(trips, unserved_of(given, left), 0)
    return RoutePlan(trips, plan.unserved, plan_cost(given, plan))


groups = st.builds(Group, st.integers(0, 4), st.integers(0, 2)).filter(lambda g: g.people > 0)
distances = st.integers(-30, 30)


@st.composite
def problems(draw: st.DrawFn, most_stops: int = 6, most_groups: int = 5) -> RouteProblem:
    """Draw a problem: scarce and mixed buses, far stops, groups that fit nowhere."""
    number = draw(st.integers(0, most_stops))
    stops = [
        stop(
            f"S{index}",
            draw(distances),
            draw(distances),
            *draw(st.lists(groups, max_size=most_groups)),
        )
        for index in range(number)
    ]
    buses = [
        BusType(f"B{index}", draw(st.integers(1, 8)), draw(st.integers(0, 2)), count, cost)
        for index, (count, cost) in enumerate(
            draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9000)), max_size=3))
        )
    ]
    policy = RidePolicy(
        max_ride_s=draw(st.integers(600, 4000)),
        direct_factor=draw(st.sampled_from([1.0, 1.25, 2.0])),
        stop_s=draw(st.integers(0, 120)),
        board_s_per_person=draw(st.integers(0, 60)),
    )
    return problem(stops, buses, policy)


def best(given: RouteProblem) -> tuple[int, int]:
    """Return people and cost of the best of all plans there are for a tiny problem."""
    riders = [(one.id, group) for one in given.stops for group in one.groups]
    buses = [kind for kind in given.buses for _ in range(kind.count)]
    ranks = (
        plan_of(given, *trips).rank
        for placing in _placings(len(riders), len(buses))
        for trips in _routings(given, riders, buses, placing)
    )
    people, cost = min(ranks)
    return -people, cost


def _placings(riders: int, buses: int) -> Iterator[tuple[int, ...]]:
    """Go through the ways to put each rider on a bus, or on none (-1)."""
    if not riders:
        yield ()
        return
    for rest in _placings(riders - 1, buses):
        yield from ((*rest, bus_) for bus_ in range(-1, buses))


def _routings(
    given: RouteProblem,
    riders: list[tuple[str, Group]],
    buses: list[BusType],
    placing: tuple[int, ...],
) -> Iterator[list[Trip]]:
    """Give the cheapest trips of a placing, if each bus has a way that keeps all limits."""
    trips = []
    for number, kind in enumerate(buses):
        boarding: dict[str, tuple[Group, ...]] = {}
        for (place, group), chosen in zip(riders, placing, strict=True):
            if chosen == number:
                boarding[place] = (*boarding.get(place, ()), group)
        if boarding:
            ways = [
                Trip(kind.name, tuple(Call(place, boarding[place]) for place in way))
                for way in permutations(boarding)
            ]
            allowed = [way for way in ways if not check_plan(given, plan_of(given, way))]
            if not allowed:
                return
            trips.append(min(allowed, key=lambda way: plan_of(given, way).cost_m))
    yield trips
