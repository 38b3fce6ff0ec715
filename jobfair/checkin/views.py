"""The pages of the door and the calls of its script."""

from typing import Any
from uuid import UUID

from flask import Blueprint, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import BadRequest

from jobfair.checkin import page, queries, service
from jobfair.checkin.wire import TEXT_MOST, parse_scans, show_result
from jobfair.core.actor import Permission
from jobfair.core.clock import now
from jobfair.fairs.context import current_fair
from jobfair.web.access import current_actor, requires
from jobfair.web.headers import allow_wasm

blueprint = Blueprint("checkin", __name__)


@blueprint.get("/door")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    """Lead to the one fair at which the person has duty, else let them choose."""
    duties = page.duties_of(current_actor())
    if len(duties) == 1 and (address := duties[0].scanner or duties[0].buses):
        return redirect(address)
    return render_template("checkin/index.html", duties=duties)


@blueprint.get("/door/<fair:fair>")
@requires(Permission.CHECK_IN)
def scanner() -> ResponseReturnValue:
    """Show the scanner."""
    allow_wasm()
    fair = current_fair()
    return render_template(
        "checkin/scanner.html",
        csrf=generate_csrf(),
        data=page.script_data(fair),
        duty=page.duty_at(current_actor(), fair),
        shapes=page.shapes(),
        rehearsal=now() < service.door_of(fair).first_day,
    )


@blueprint.post("/door/<fair:fair>/scans")
@requires(Permission.CHECK_IN)
def scans() -> ResponseReturnValue:
    """Store scans and answer each."""
    received_at = now()
    sent = parse_scans(_body(), received_at)
    results = service.record_scans(current_fair(), current_actor(), sent, received_at)
    return jsonify(results=[show_result(result) for result in results])


@blueprint.post("/door/<fair:fair>/scans/<uuid:scan_id>/undo")
@requires(Permission.CHECK_IN)
def undo(scan_id: UUID) -> ResponseReturnValue:
    """Take back the person's own last scan."""
    service.undo_scan(current_fair(), current_actor(), scan_id, now())
    return jsonify(undone=True)


@blueprint.post("/door/<fair:fair>/search")
@requires(Permission.CHECK_IN)
def search() -> ResponseReturnValue:
    """Find people by name; a POST, so that no name stands in an address."""
    body = _body()
    text = body.get("q") if isinstance(body, dict) else None
    wanted = text[:TEXT_MOST] if isinstance(text, str) else ""
    found = queries.search(current_fair().id, wanted)
    return jsonify(people=[page.show_hit(person) for person in found])


@blueprint.get("/door/<fair:fair>/counts")
@requires(Permission.CHECK_IN)
def counts() -> ResponseReturnValue:
    """Say how many are inside, came in during the last minutes, and still fit in."""
    fair = current_fair()
    inside = queries.counts(fair.id).inside
    recent = queries.count_recent(fair.id, now())
    return jsonify(inside=inside, recent=recent, free=max(0, fair.capacity - inside))


def _body() -> Any:
    """Return the JSON that was sent; what is nested without end can't be read either."""
    try:
        return request.get_json()
    except RecursionError as error:
        raise BadRequest from error
