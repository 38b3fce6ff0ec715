"""`POST /fairs/{fair}/scans`: the call of which there are most."""

from flask import Response
from flask_smorest import Blueprint

from jobfair.checkin.api.document import answers
from jobfair.checkin.api.guard import answer, for_devices, house, sent_json
from jobfair.checkin.api.sent import SCANS, Scans
from jobfair.checkin.api.shapes import ScanResults
from jobfair.checkin.duty import Duty
from jobfair.checkin.rules import Right
from jobfair.checkin.service import WRITER, record_scans
from jobfair.checkin.wire import parse_scans, show_result, show_time
from jobfair.core.clock import now

blueprint = Blueprint("scans", __name__, description="Scans and their answers")


@blueprint.post("/fairs/<fair>/scans")
@answers(blueprint, ScanResults, "scans_unreadable", takes=Scans, example=SCANS)
@for_devices(Right.SCAN, kept=True)
def scans(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Store up to 500 scans and answer each by itself, in the same order."""
    received_at = now()
    sent, state = parse_scans(sent_json(), received_at)
    results = record_scans(house().extensions[WRITER], duty, sent, state, received_at)
    return answer({"now": show_time(received_at), "results": [show_result(r) for r in results]})
