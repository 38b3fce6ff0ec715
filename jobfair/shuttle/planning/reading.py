"""Reads route problems and plans from JSON, and refuses what the format doesn't allow."""

from jobfair.shuttle.files import Node, distinct
from jobfair.shuttle.planning.travel import Haversine, Matrix, Table
from jobfair.shuttle.planning.types import (
    FAIR,
    BusType,
    Call,
    Group,
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

STOPS_MOST = 2000
BUSES_MOST = 1000
PEOPLE_MOST = 100_000
DAY_S = 86_400
FIXED_MOST = 10_000_000
METRES_MOST = 40_000_000


def read_problem(root: Node) -> RouteProblem:
    """Return the problem that the file states; raise FileFault at the first place with a fault."""
    root["kind"].one_of("route-problem")
    if (direction := root.find("direction")) is not None:
        direction.one_of("out")
    name = root["name"].text()
    stops = _stops(root["stops"])
    buses = list(root["buses"].each(most=BUSES_MOST))
    distinct([node["type"] for node in buses])
    problem = RouteProblem(
        name=name,
        stops=stops,
        buses=tuple(_bus(node) for node in buses),
        policy=_policy(root["ride_policy"]),
        travel=_travel(root, stops),
        fair=_point(root["fair"]),
    )
    if problem.people > PEOPLE_MOST:
        root["stops"].refuse(f"at most {PEOPLE_MOST} people are planned at once")
    return problem


def _stops(node: Node) -> tuple[Stop, ...]:
    nodes = list(node.each(most=STOPS_MOST))
    distinct([stop["id"] for stop in nodes])
    return tuple(map(_stop, nodes))


def _stop(node: Node) -> Stop:
    name = node.find("name")
    groups: list[Group] = []
    for row in node["groups"].each():
        group = _group(row, row["seats"], row["wheelchairs"])
        groups += [group] * row["count"].whole(most=PEOPLE_MOST)
        if len(groups) > PEOPLE_MOST:
            row["count"].refuse(f"at most {PEOPLE_MOST} people are planned at once")
    lat, lon = _point(node)
    id_ = node["id"].text()
    return Stop(id_, id_ if name is None else name.text(), lat, lon, tuple(groups))


def _group(node: Node, seats: Node, wheelchairs: Node) -> Group:
    group = Group(seats.whole(most=PEOPLE_MOST), wheelchairs.whole(most=PEOPLE_MOST))
    if not group.people:
        node.refuse("a group without people")
    return group


def _point(node: Node) -> tuple[float, float]:
    return node["lat"].number(-90, 90), node["lon"].number(-180, 180)


def _bus(node: Node) -> BusType:
    return BusType(
        name=node["type"].text(),
        seats=node["seats"].whole(most=PEOPLE_MOST),
        wheelchairs=node["wheelchairs"].whole(most=PEOPLE_MOST),
        count=node["count"].whole(most=BUSES_MOST),
        fixed_cost_m=node["fixed_cost_m"].whole(most=FIXED_MOST),
    )


def _policy(node: Node) -> RidePolicy:
    return RidePolicy(
        max_ride_s=node["max_ride_s"].whole(most=DAY_S),
        direct_factor=node["direct_factor"].number(most=100),
        stop_s=node["stop_s"].whole(most=DAY_S),
        board_s_per_person=node["board_s_per_person"].whole(most=DAY_S),
    )


def _travel(root: Node, stops: tuple[Stop, ...]) -> TravelTimes:
    node = root["travel"]
    points = {stop.id: (stop.lat, stop.lon) for stop in stops} | {FAIR: _point(root["fair"])}
    roads = Haversine(points, node["speed_kmh"].number(1, 300), node["detour"].number(1, 10))
    if (metres := node.find("metres")) is None:
        return roads
    places = list(points)
    seconds = node["seconds"]
    return Matrix(
        places,
        _table(metres, len(places), METRES_MOST),
        _table(seconds, len(places), DAY_S),
        roads,
    )


def _table(node: Node, size: int, most: int) -> Table:
    rows = [[_cell(cell, most) for cell in row.each()] for row in node.each()]
    if [len(row) for row in rows] != [size] * size:
        node.refuse(f"{size} rows of {size} numbers are needed: the stops, then the fair")
    return rows


def _cell(node: Node, most: int) -> int | None:
    return None if node.value is None else node.whole(most=most)


def read_plan(root: Node, problem: RouteProblem) -> RoutePlan:
    """Return the plan that the file states; its stops and buses are those of the problem."""
    root["kind"].one_of("route-plan")
    root["problem"].one_of(problem.name)
    return RoutePlan(
        trips=tuple(_trip(node, problem) for node in root["trips"].each()),
        unserved=tuple(_unserved(node, problem) for node in root["unserved"].each()),
        cost_m=root["cost_m"].whole(most=10**12),
        finished=(finished := root.find("finished")) is None or finished.value is not False,
    )


def _trip(node: Node, problem: RouteProblem) -> Trip:
    if (bus := node["bus"].text()) not in problem.bus:
        node["bus"].refuse(f"the problem has no bus {bus!r}")
    calls = (Call(_stop_id(call, problem), _groups(call)) for call in node["calls"].each())
    return Trip(bus, tuple(calls))


def _unserved(node: Node, problem: RouteProblem) -> Unserved:
    reason = node.find("reason")
    why = Reason.TOO_FEW_BUSES if reason is None else Reason(reason.one_of(*Reason))
    return Unserved(_stop_id(node, problem), _groups(node), why)


def _stop_id(node: Node, problem: RouteProblem) -> str:
    if (stop := node["stop"].text()) not in problem.stop:
        node["stop"].refuse(f"the problem has no stop {stop!r}")
    return stop


def _groups(node: Node) -> Groups:
    rows = ((row, list(row.each(least=2))) for row in node["groups"].each())
    return tuple(_group(row, *numbers[:2]) for row, numbers in rows)
