"""`GET /fairs/{fair}/departures`: what the phones of those who go along know of their bus."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import orjson
from flask import Response, request
from flask_smorest import Blueprint

from jobfair.attendees.models import Attendee
from jobfair.checkin.api.bus_shapes import Departures
from jobfair.checkin.api.document import answers
from jobfair.checkin.api.guard import answer, for_devices, inside
from jobfair.checkin.api.sent import Since
from jobfair.checkin.duty import Duty
from jobfair.checkin.hashes import badge_hash, household_mark
from jobfair.checkin.ports import BusPlan, Rider
from jobfair.checkin.roster.people import show_inside
from jobfair.checkin.rules import Right
from jobfair.checkin.service.boarding import BusManifest, list_manifests
from jobfair.checkin.wire import show_presence, show_time
from jobfair.core.clock import now
from jobfair.core.errors import Forbidden

CURSOR = 22

blueprint = Blueprint("departures", __name__, description="Buses and who rides on them")


@blueprint.get("/fairs/<fair>/departures")
@answers(blueprint, Departures, query=Since)
@for_devices(Right.SCAN)
@inside
def departures(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Return all departures of the device's bus with their lists, unless `since` knows them."""
    if duty.departure_id is None:
        raise Forbidden("not_allowed")
    manifests = list_manifests(duty.fair_id, duty.departures)
    shown = [show_manifest(one, duty.salt) for one in manifests]
    cursor = cursor_of(shown)
    known = request.args.get("since") == cursor
    return answer(
        {
            "cursor": cursor,
            "now": show_time(now()),
            "full": not known,
            "departures": [] if known else shown,
        }
    )


def cursor_of(shown: Sequence[dict[str, Any]]) -> str:
    """Return what is the same as long as nothing of it has changed.

    A seat that is given back leaves no trace with a time, so the content itself is compared.
    """
    return sha256(orjson.dumps(shown)).hexdigest()[:CURSOR]


def show_manifest(manifest: BusManifest, salt: bytes) -> dict[str, Any]:
    """Return a departure with its people as it is sent."""
    bus = manifest.bus
    return {
        **_show_plan(bus.plan),
        "expected": bus.expected,
        "on_board": sum(rider.boarded.since is not None for rider in bus.riders),
        "room": bus.room,
        "people": [_show_passenger(*one, salt) for one in manifest.passengers],
    }


def _show_plan(plan: BusPlan) -> dict[str, Any]:
    return {
        "id": plan.departure_id,
        "direction": plan.direction,
        "line": plan.line,
        "wave": plan.wave,
        "name": plan.name,
        "fair_at": show_time(plan.fair_at),
        "late": plan.late,
        "closed_at": plan.closed_at and show_time(plan.closed_at),
        "seats": plan.seats,
        "wheelchairs": plan.wheelchairs,
        "stops": [
            {
                "id": halt.stop_id,
                "name": halt.name,
                "note": halt.note,
                "at": show_time(halt.at),
                "late": halt.late,
            }
            for halt in plan.halts
        ],
    }


def _show_passenger(rider: Rider, person: Attendee, salt: bytes) -> dict[str, Any]:
    return {
        "hash": badge_hash(person.badge.code, salt) if person.badge else None,
        "name": person.latin_name,
        "own_script": person.own_name,
        "stop": rider.stop_id,
        "household": household_mark(person.household_id, salt),
        "party": rider.party,
        "prams": rider.prams,
        "wheelchair": rider.wheelchair,
        "seated": rider.seated,
        "boarded": show_inside(rider.boarded),
        "where": rider.where,
        "seen": show_presence(rider.seen),
        "answer": rider.answer,
    }
