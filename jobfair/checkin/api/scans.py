"""`POST /fairs/{fair}/scans`: the call of which there are most."""

import orjson
from flask import Flask, Response, request
from flask_smorest import Blueprint

from jobfair.checkin.api.document import answers
from jobfair.checkin.api.guard import for_devices, house, json_of
from jobfair.checkin.api.sent import SCANS, Scans
from jobfair.checkin.api.shapes import ScanResults
from jobfair.checkin.duty import Duty
from jobfair.checkin.rules import Right
from jobfair.checkin.service import WRITER, record_scans
from jobfair.checkin.wire import Result, parse_scans, show_result, show_time
from jobfair.core.clock import now

RAISED = "jobfair.raised"  # in the environment of a call that was tried without the view
blueprint = Blueprint("scans", __name__, description="Scans and their answers")


@blueprint.post("/fairs/<fair>/scans")
@answers(blueprint, ScanResults, "scans_unreadable", takes=Scans, example=SCANS)
@for_devices(Right.SCAN, kept=True)
def scans(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Store up to 500 scans and answer each by itself, in the same order."""
    if RAISED in request.environ:
        raise request.environ[RAISED]
    answer = take_scans(house(), duty, request.get_data(cache=False))
    return Response(answer, mimetype="application/json")


def take_scans(app: Flask, duty: Duty, body: bytes) -> bytes:
    """Store the scans that were sent as JSON and return their answers as JSON."""
    received_at = now()
    sent, state = parse_scans(json_of(body), received_at)

    def show(results: list[Result]) -> bytes:
        shown = [show_result(result) for result in results]
        return orjson.dumps({"now": show_time(received_at), "results": shown})

    return record_scans(app.extensions[WRITER], duty, sent, state, received_at, show)
