"""`GET /fairs/{fair}/roster`: who may come in, and what has changed of it."""

import gzip

import orjson
from flask import Response, request
from flask_smorest import Blueprint

from jobfair.checkin.api.guard import for_devices, inside
from jobfair.checkin.duty import Duty
from jobfair.checkin.rules import Right
from jobfair.checkin.service import buses, scan_writer
from jobfair.checkin.service.roster import give_roster
from jobfair.core.clock import now

LEVEL = 5
COMPRESSED_FROM = 1024

blueprint = Blueprint("roster", __name__, description="What a device knows of the people")


@blueprint.get("/fairs/<fair>/roster")
@for_devices(Right.SCAN)
@inside
def roster(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Return the whole roster, or what is new since the cursor of the last answer.

    Sent compressed to whoever takes that; of 20,000 people it is less than two megabytes.
    """
    cursor = request.args.get("since", "")
    given = give_roster(duty, cursor, scan_writer(), buses(), now=now())
    return _compressed(orjson.dumps(given))


def _compressed(body: bytes) -> Response:
    response = Response(body, mimetype="application/json")
    if len(body) >= COMPRESSED_FROM and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response
