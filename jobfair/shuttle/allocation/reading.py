"""Reads seat problems and allocations from JSON, and refuses what the format doesn't allow."""

from collections.abc import Collection, Iterable, Mapping

from jobfair.shuttle.allocation.problem import (
    Aim,
    Allocation,
    Departure,
    Level,
    Priority,
    Problem,
    Reason,
    Ride,
    Rides,
    Seat,
    SeatRequest,
    Stop,
    Waiting,
)
from jobfair.shuttle.files import Node, distinct
from jobfair.shuttle.rules import Direction

WAVES_MOST = 100
PLACES_MOST = 10_000
STOPS_MOST = 20_000
DEPARTURES_MOST = 20_000
REQUESTS_MOST = 200_000


def read_problem(root: Node) -> Problem:
    """Return the problem that the file states; raise FileFault at the first place with a fault."""
    root["kind"].one_of("seat-problem")
    name, waves = root["name"].text(), root["waves"].whole(1, WAVES_MOST)
    stops = tuple(map(_stop, _rows(root, "stops", STOPS_MOST)))
    known = _ids(stops)
    departures = _rows(root, "departures", DEPARTURES_MOST)
    requests = _rows(root, "requests", REQUESTS_MOST)
    return Problem(
        name=name,
        waves=waves,
        stops=stops,
        departures=tuple(_departure(node, waves, known) for node in departures),
        requests=tuple(_request(node, waves, known) for node in requests),
    )


def read_allocation(root: Node, problem: Problem) -> Allocation:
    """Return the allocation that the file states; raise FileFault where it isn't of the problem."""
    root["kind"].one_of("seat-allocation")
    root["problem"].one_of(problem.name)
    requests, departures = _ids(problem.requests), _ids(problem.departures)
    stops = _ids(problem.stops)
    seats = tuple(_seat(node, requests, stops, departures) for node in root["seats"].each())
    waitlist = tuple(
        Waiting(_known(node["request"], requests), Reason(node["reason"].one_of(*Reason)))
        for node in root["waitlist"].each()
    )
    allocation = Allocation(seats, waitlist, _levels(root))
    proven = root.find("proven")
    if proven and proven.value is not allocation.proven:
        proven.refuse("doesn't follow from the levels")
    return allocation


def _ids(rows: Iterable[Stop | Departure | SeatRequest]) -> set[str]:
    return {row.id for row in rows}


def _rows(root: Node, key: str, most: int) -> list[Node]:
    """Return the entries of a list, whose ids are distinct."""
    nodes = list(root[key].each(most=most))
    distinct([node["id"] for node in nodes])
    return nodes


def _stop(node: Node) -> Stop:
    return Stop(node["id"].text(), node["municipality"].text())


def _departure(node: Node, waves: int, stops: Collection[str]) -> Departure:
    calls = list(node["stops"].each(least=1))
    distinct(calls)
    at = node.find("at")
    return Departure(
        id=node["id"].text(),
        direction=Direction(node["direction"].one_of(*Direction)),
        wave=node["wave"].whole(most=waves - 1),
        stops=tuple(_known(call, stops) for call in calls),
        seats=node["seats"].whole(most=PLACES_MOST),
        wheelchairs=node["wheelchairs"].whole(most=PLACES_MOST),
        at=at.whole() if at else None,
    )


def _request(node: Node, waves: int, stops: Collection[str]) -> SeatRequest:
    out_wave, back_wave = _wave(node, "out_wave", waves), _wave(node, "back_wave", waves)
    if out_wave is None and back_wave is None:
        node.refuse("out_wave or back_wave is needed")
    request = SeatRequest(
        id=node["id"].text(),
        stop=_known(node["stop"], stops),
        alternatives=tuple(_known(stop, stops) for stop in node["alternatives"].each()),
        seats=node["seats"].whole(most=PLACES_MOST),
        wheelchairs=node["wheelchairs"].whole(most=PLACES_MOST),
        priority=node["priority"].whole(most=max(Priority)),
        municipality=node["municipality"].text(),
        requested=node["requested"].whole(),
        out_wave=out_wave,
        back_wave=back_wave,
        flexibility=node["flexibility"].whole(most=WAVES_MOST),
        confirmed=_confirmed(node, stops, {Direction.OUT: out_wave, Direction.BACK: back_wave}),
    )
    if not request.people:
        node.refuse("seats or wheelchairs are needed")
    return request


def _wave(node: Node, key: str, waves: int) -> int | None:
    """Return the wave, None only where that is what the file says."""
    if isinstance(node.value, dict) and node.value.get(key, waves) is None:
        return None
    return node[key].whole(most=waves - 1)


def _confirmed(
    node: Node, stops: Collection[str], waves: Mapping[Direction, int | None]
) -> Rides | None:
    """Return what is confirmed; its departures may have been cancelled since."""
    confirmed = node.find("confirmed")
    if confirmed is None:
        return None
    for way in Direction:
        ride = confirmed.find(way)
        if ride and waves[way] is None:
            ride.refuse("a ride is confirmed that isn't asked for")
    return _rides(confirmed, stops)


def _rides(node: Node, stops: Collection[str], departures: Collection[str] | None = None) -> Rides:
    """Return the rides out and back, as far as the file has them."""
    rides = {way: node.find(way) for way in Direction}
    taken = {w: _ride(ride, stops, departures) if ride else None for w, ride in rides.items()}
    return Rides(taken[Direction.OUT], taken[Direction.BACK])


def _ride(node: Node, stops: Collection[str], departures: Collection[str] | None = None) -> Ride:
    departure = node["departure"]
    name = departure.text() if departures is None else _known(departure, departures)
    return Ride(name, _known(node["stop"], stops))


def _seat(
    node: Node, requests: Collection[str], stops: Collection[str], departures: Collection[str]
) -> Seat:
    rides = _rides(node, stops, departures)
    return Seat(_known(node["request"], requests), rides)


def _levels(root: Node) -> tuple[Level, ...]:
    stated = root.find("levels")
    return tuple(map(_level, stated.each())) if stated else ()


def _level(node: Node) -> Level:
    return Level(Aim(node["name"].one_of(*Aim)), node["value"].number(), node["bound"].number())


def _known(node: Node, names: Collection[str]) -> str:
    """Return a text that is one of these ids."""
    text = node.text()
    if text not in names:
        node.refuse(f"{text!r} is unknown")
    return text
