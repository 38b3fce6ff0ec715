"""`POST /devices` and `DELETE /devices/me`: a phone becomes a device of a shift, and no more."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import fields
from marshmallow.validate import Length

from jobfair.checkin.api.document import answers
from jobfair.checkin.api.fields import TYPED_MOST, Body, Line
from jobfair.checkin.api.guard import answer, for_anybody, for_devices, inside
from jobfair.checkin.api.reading import read_body
from jobfair.checkin.api.shapes import Paired
from jobfair.checkin.crew import get_device
from jobfair.checkin.duty import Duty
from jobfair.checkin.hashes import ITERATIONS
from jobfair.checkin.rules import NAME_MOST, RIGHTS, Right
from jobfair.checkin.service import buses
from jobfair.checkin.service.devices import Pairing, hand_back, pair_device
from jobfair.checkin.wire import show_time
from jobfair.core.clock import now
from jobfair.core.db import session
from jobfair.fairs.queries import get_fair

blueprint = Blueprint("devices", __name__, description="Phones of those on duty")


class PairingBody(Body):
    """The code that the desk shows, or that of a link with its PIN."""

    pairing_code = fields.String(required=True, validate=Length(1, TYPED_MOST))
    name = Line(NAME_MOST, empty=True, load_default="")
    pin = fields.String(load_default=None, allow_none=True, validate=Length(max=TYPED_MOST))


@blueprint.post("/devices")
@answers(
    blueprint,
    Paired,
    *("pairing_unreadable", "pairing_unknown", "pin_needed", "pin_wrong"),
    takes=PairingBody,
    example={"pairing_code": "7Q3M8ZK1", "name": "Handy 3"},
    public=True,
)
@for_anybody
@inside
def pair() -> Response:
    """Pair a phone with a code for one use; its token is told once.

    `check` is the SHA-256 of the second 32 bytes of PBKDF2-HMAC-SHA256 over the shift code and
    the salt followed by `shift`; the first 32 bytes lock what the device keeps.
    """
    sent = read_body(PairingBody(), "pairing_unreadable")
    at = now()
    pairing = pair_device(sent["pairing_code"], sent["name"], sent["pin"], now=at)
    return answer({"now": show_time(at), **_show(pairing)})


@blueprint.delete("/devices/me")
@answers(blueprint, None)
@for_devices(Right.SCAN)
@inside
def hand_back_device(duty: Duty) -> Response:
    """Say that the device has wiped itself; its token is void."""
    hand_back(duty.token_hash, now=now())
    return Response(status=204)


def _show(pairing: Pairing) -> dict[str, Any]:
    device = get_device(pairing.fair_id, pairing.device_id)
    fair, shift = get_fair(device.fair_id), device.shift
    return {
        "device": device.id,
        "token": pairing.token,
        "fair": {
            "slug": fair.slug,
            "name": fair.name,
            "time_zone": fair.time_zone,
            "starts_at": show_time(fair.starts_at),
            "ends_at": show_time(fair.ends_at),
        },
        "station": device.station
        and {"name": device.station.name, "kind": device.station.kind.value},
        "departure": _show_bus(device.departure_id),
        "direction": device.direction.value,
        "rights": RIGHTS[device.kind],
        "expires_at": show_time(shift.ends_at),
        "shift": {
            "salt": shift.salt,
            "iterations": ITERATIONS,
            "check": shift.proof,
            "phone": shift.phone,
        },
    }


def _show_bus(departure_id: int | None) -> dict[str, Any] | None:
    if departure_id is None:
        return None
    bus = buses().plan(session(), departure_id)
    return {"id": bus.departure_id, "direction": bus.direction, "name": bus.name}
