"""What a supervisor looks after from the phone: conflicts, last scans, the door as it stands.

`GET /fairs/{fair}/conflicts` and `…/live`, `POST …/last-scan`.
"""

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import fields
from marshmallow.validate import Regexp

from jobfair.attendees.models import Attendee
from jobfair.checkin.api.document import answers
from jobfair.checkin.api.fields import Body
from jobfair.checkin.api.guard import answer, for_devices, inside
from jobfair.checkin.api.reading import read_body
from jobfair.checkin.api.sent import HASH
from jobfair.checkin.api.shapes import Conflicts, LastScan
from jobfair.checkin.api.shapes import Live as LiveShape
from jobfair.checkin.api.shaping import EXAMPLE_HASH
from jobfair.checkin.conflicts import ConflictSeen, ScanSeen, list_conflicts
from jobfair.checkin.crew import DeviceNow
from jobfair.checkin.duty import Duty
from jobfair.checkin.last import find_last_scan
from jobfair.checkin.live import Live, StationNow, live_counts
from jobfair.checkin.ports import BusNow
from jobfair.checkin.roster.answer import show_coming
from jobfair.checkin.rules import Right
from jobfair.checkin.wire import show_time
from jobfair.core.clock import now
from jobfair.fairs.queries import get_fair

blueprint = Blueprint("desk", __name__, description="What a supervisor looks after")


class BadgeMark(Body):
    """A badge, as the device knows it."""

    hash = fields.String(required=True, validate=Regexp(HASH), metadata={"example": EXAMPLE_HASH})


@blueprint.get("/fairs/<fair>/conflicts")
@answers(blueprint, Conflicts)
@for_devices(Right.OVERRIDE)
@inside
def conflicts(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Return the conflicts that nobody has resolved, the oldest first."""
    shown = [_show_conflict(seen) for seen in list_conflicts(duty.fair_id)]
    return answer({"now": show_time(now()), "conflicts": shown})


@blueprint.post("/fairs/<fair>/last-scan")
@answers(blueprint, LastScan, "badge_unreadable", takes=BadgeMark, example={"hash": EXAMPLE_HASH})
@for_devices(Right.UNDO)
@inside
def last_scan(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Return by which scan the holder of a badge last went through a door, so as to undo it."""
    sent, at = read_body(BadgeMark(), "badge_unreadable"), now()
    seen = find_last_scan(duty, sent["hash"], at)
    shown = seen and {
        "id": str(seen.scan.id),
        "direction": seen.scan.direction,
        **_show_scan(seen),
    }
    return answer({"now": show_time(at), "scan": shown})


@blueprint.get("/fairs/<fair>/live")
@answers(blueprint, LiveShape)
@for_devices(Right.OVERRIDE)
@inside
def live(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Return how the door stands: who came and is inside, by five minutes, room and station."""
    return answer(_show_live(live_counts(get_fair(duty.fair_id), now())))


def _show_conflict(seen: ConflictSeen) -> dict[str, Any]:
    return {
        "id": seen.conflict.id,
        "kind": seen.conflict.kind,
        "badge": seen.person and _show_person(seen.person),
        "scan": _show_scan(seen.scan),
        "other": seen.other and _show_scan(seen.other),
        "made_at": show_time(seen.conflict.made_at),
    }


def _show_person(person: Attendee) -> dict[str, str]:
    return {
        "name": person.latin_name,
        "given": person.given_name,
        "own_script": person.own_name,
    }


def _show_scan(seen: ScanSeen) -> dict[str, str]:
    at = show_time(seen.scan.scanned_at)
    return {"at": at, "station": seen.scan.station, "device": seen.device}


def _show_live(live: Live) -> dict[str, Any]:
    return {
        "now": show_time(live.at),
        "rehearsal": live.rehearsal,
        "expected": live.expected,
        "came": live.came,
        "inside": live.inside,
        "limit": live.limit,
        "recent": live.recent,
        "conflicts": live.conflicts,
        "rooms": [
            {"name": room.name, "inside": room.inside, "limit": room.limit} for room in live.rooms
        ],
        "stations": [_show_station(station) for station in live.stations],
        "arrivals": [{"at": show_time(at), "people": people} for at, people in live.arrivals],
        "devices": [_show_device(device) for device in live.devices],
        "buses": [show_coming(bus) for bus in live.buses],
        "leaving": [_show_leaving(bus) for bus in live.leaving],
    }


def _show_leaving(bus: BusNow) -> dict[str, Any]:
    return {
        "id": bus.departure_id,
        "line": bus.line,
        "name": bus.name,
        "leaves_at": show_time(bus.fair_at),
        "late": bus.late,
        "expected": bus.expected,
        "missing": bus.missing,
    }


def _show_station(station: StationNow) -> dict[str, Any]:
    slots = [
        {"at": show_time(at), "entered": entered, "left": left}
        for at, entered, left in station.slots
    ]
    return {
        "name": station.name,
        "entered": station.entered,
        "left": station.left,
        "slots": slots,
    }


def _show_device(device: DeviceNow) -> dict[str, Any]:
    return {
        "id": device.id,
        "name": device.name,
        "place": device.place,
        "standing": device.standing,
        "seen_at": device.seen_at and show_time(device.seen_at),
        "unsent": device.unsent,
        "battery": device.battery,
        "silent": device.silent,
    }
