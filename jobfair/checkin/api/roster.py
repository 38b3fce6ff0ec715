"""`GET /fairs/{fair}/roster` and `POST …/search`: who may come in, and who is meant by a name."""

import gzip

import orjson
from flask import Response, request
from flask_smorest import Blueprint

from jobfair.checkin.api.document import answers
from jobfair.checkin.api.fields import Body, Line
from jobfair.checkin.api.guard import answer, for_devices, inside
from jobfair.checkin.api.reading import read_body
from jobfair.checkin.api.sent import Since
from jobfair.checkin.api.shapes import People, Roster
from jobfair.checkin.duty import Duty
from jobfair.checkin.roster.search import TEXT_MOST, search
from jobfair.checkin.rules import Right
from jobfair.checkin.service import buses, scan_writer
from jobfair.checkin.service.roster import give_roster
from jobfair.core.clock import now
from jobfair.core.db import session

LEVEL = 5
COMPRESSED_FROM = 1024

blueprint = Blueprint("roster", __name__, description="What a device knows of the people")


class SearchBody(Body):
    """What was typed, in any script."""

    q = Line(TEXT_MOST, empty=True, required=True)


@blueprint.get("/fairs/<fair>/roster")
@answers(blueprint, Roster, query=Since)
@for_devices(Right.SCAN, kept=True)
@inside
def roster(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Return the whole roster, or what is new since the cursor of the last answer.

    Sent compressed to whoever takes that; of 20,000 people it is less than two megabytes.
    """
    cursor = request.args.get("since", "")
    given = give_roster(duty, cursor, scan_writer(), buses(), now=now())
    return _compressed(orjson.dumps(given))


@blueprint.post("/fairs/<fair>/search")
@answers(blueprint, People, "search_unreadable", takes=SearchBody, example={"q": "Amal"})
@for_devices(Right.SEARCH)
@inside
def find(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Find at most twenty people by their names, from two letters on, across spellings."""
    sent = read_body(SearchBody(), "search_unreadable")
    return answer({"people": search(session(), duty, sent["q"])})


def _compressed(body: bytes) -> Response:
    response = Response(body, mimetype="application/json")
    if len(body) >= COMPRESSED_FROM and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response
