"""A plan as it is stored: JSON, read as strictly as a file."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from jobfair.shuttle.document.types import (
    Document,
    Left,
    PlanBus,
    PlanCall,
    PlanStop,
    PlanTrip,
    PlanWave,
)
from jobfair.shuttle.files import Node
from jobfair.shuttle.fleet import SettingsInput
from jobfair.shuttle.planning.types import Group, Groups
from jobfair.shuttle.rules import Direction

MINUTES_MOST = 24 * 60


def write_document(plan: Document) -> dict[str, Any]:
    """Return the plan as it is stored."""
    return {
        "fair": list(plan.fair),
        "waves": [_wave_json(wave) for wave in plan.waves],
        "stops": [asdict(stop) for stop in plan.stops],
        "buses": [asdict(bus) for bus in plan.buses],
        "policy": asdict(plan.policy),
        "roads": plan.roads,
    }


def _wave_json(wave: PlanWave) -> dict[str, Any]:
    return {
        "direction": wave.direction.value,
        "number": wave.number,
        "at": wave.at.isoformat(),
        "trips": [_trip_json(trip) for trip in wave.trips],
        "unserved": [
            {"stop": left.stop, "groups": _pairs(left.groups), "reason": left.reason}
            for left in wave.unserved
        ],
    }


def _trip_json(trip: PlanTrip) -> dict[str, Any]:
    return {
        "line": trip.line,
        "bus": trip.bus,
        "shift_min": trip.shift_min,
        "block": trip.block,
        "calls": [
            {"stop": call.stop, "groups": _pairs(call.groups), "minutes": call.minutes}
            for call in trip.calls
        ],
    }


def _pairs(groups: Groups) -> list[list[int]]:
    return [[group.seats, group.wheelchairs] for group in groups]


def read_document(stored: dict[str, Any]) -> Document:
    """Return the plan that is stored; raise FileFault at the first place that isn't one."""
    root = Node(stored)
    lat, lon = (node.number(-180, 180) for node in root["fair"].each(least=2))
    return Document(
        fair=(lat, lon),
        waves=tuple(_wave(node) for node in root["waves"].each()),
        stops=tuple(_stop(node) for node in root["stops"].each()),
        buses=tuple(_bus(node) for node in root["buses"].each()),
        policy=_policy(root["policy"]),
        roads=_text(root["roads"]),
    )


def _wave(node: Node) -> PlanWave:
    return PlanWave(
        direction=Direction(node["direction"].one_of(*Direction)),
        number=node["number"].whole(),
        at=_instant(node["at"]),
        trips=tuple(_trip(trip) for trip in node["trips"].each()),
        unserved=tuple(_left(left) for left in node["unserved"].each()),
    )


def _trip(node: Node) -> PlanTrip:
    block = node.find("block")
    return PlanTrip(
        line=node["line"].whole(least=1),
        bus=node["bus"].text(),
        shift_min=node["shift_min"].whole(-MINUTES_MOST, MINUTES_MOST),
        block=None if block is None else block.whole(),
        calls=tuple(_call(call) for call in node["calls"].each()),
    )


def _call(node: Node) -> PlanCall:
    minutes = node.find("minutes")
    fixed = None if minutes is None else minutes.whole(most=MINUTES_MOST)
    return PlanCall(node["stop"].whole(), _groups(node["groups"]), fixed)


def _left(node: Node) -> Left:
    return Left(node["stop"].whole(), _groups(node["groups"]), node["reason"].text())


def _groups(node: Node) -> Groups:
    pairs = (list(row.each(least=2)) for row in node.each())
    return tuple(Group(seats.whole(), wheelchairs.whole()) for seats, wheelchairs in pairs)


def _stop(node: Node) -> PlanStop:
    lat, lon = node.find("lat"), node.find("lon")
    return PlanStop(
        id=node["id"].whole(),
        name=node["name"].text(),
        municipality=node["municipality"].text(),
        lat=None if lat is None else lat.number(-90, 90),
        lon=None if lon is None else lon.number(-180, 180),
    )


def _bus(node: Node) -> PlanBus:
    return PlanBus(
        name=node["name"].text(),
        seats=node["seats"].whole(),
        wheelchairs=node["wheelchairs"].whole(),
        count=node["count"].whole(),
        cost_cents=node["cost_cents"].whole(),
    )


def _policy(node: Node) -> SettingsInput:
    riders = node.find("riders")
    return SettingsInput(
        max_ride_s=node["max_ride_s"].whole(),
        direct_factor=node["direct_factor"].number(),
        stop_s=node["stop_s"].whole(),
        board_s=node["board_s"].whole(),
        speed_kmh=node["speed_kmh"].number(),
        detour=node["detour"].number(),
        km_cents=node["km_cents"].whole(least=1),
        riders=None if riders is None else riders.whole(),
    )


def _text(node: Node) -> str:
    return node.text() if node.value else ""


def _instant(node: Node) -> datetime:
    try:
        at = datetime.fromisoformat(node.text())
    except ValueError:
        node.refuse("a time is needed")
    if at.tzinfo is None:
        node.refuse("a time with its zone is needed")
    return at
