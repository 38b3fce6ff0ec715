"""`POST /fairs/{fair}/actions`: what was done about scans, offline too."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf

from jobfair.checkin.api.document import answers
from jobfair.checkin.api.fields import Body, Instant, Line, Uuid, row_id
from jobfair.checkin.api.guard import answer, for_devices, inside
from jobfair.checkin.api.reading import answer_items, digest_of
from jobfair.checkin.api.shapes import EXAMPLE_ID, EXAMPLE_TIME, ActionResults
from jobfair.checkin.duty import Duty
from jobfair.checkin.items import Action
from jobfair.checkin.rules import REASON_MOST, SCANS_MOST, ItemKind, Right
from jobfair.checkin.service import scan_writer
from jobfair.checkin.service.actions import take_action
from jobfair.checkin.wire import show_time
from jobfair.core.clock import now

ABOUT = {ItemKind.UNDO: "scan", ItemKind.OVERRIDE: "scan", ItemKind.RESOLVE: "conflict"}
EXAMPLE = {"actions": [{"id": EXAMPLE_ID, "kind": "undo", "scan": EXAMPLE_ID, "at": EXAMPLE_TIME}]}

blueprint = Blueprint("actions", __name__, description="What is done about scans")


class DoorAction(Body):
    """Undoing a scan, letting its badge in with a reason, or resolving a conflict with one."""

    id = Uuid(required=True)
    kind = fields.String(required=True, validate=OneOf([kind.value for kind in ABOUT]))
    scan = Uuid(load_default=None, allow_none=True)
    conflict = row_id(load_default=None, allow_none=True)
    reason = Line(REASON_MOST, empty=True, load_default="")
    at = Instant(required=True)

    @validates_schema
    def check_subject(self, action: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse an action about nothing."""
        subject = ABOUT[ItemKind(action["kind"])]
        if action[subject] is None:
            raise ValidationError("It is not said what this is about.", subject)

    @post_load(pass_original=True)
    def made(self, action: dict[str, Any], sent: Any, **_kwargs: Any) -> Action:
        """Return the action as the service takes it."""
        kind = ItemKind(action.pop("kind"))
        return Action(**action, kind=kind, digest=digest_of(sent))


class Actions(Body):
    """Actions, each of which is answered by itself."""

    actions = fields.List(fields.Nested(DoorAction), required=True, validate=Length(max=SCANS_MOST))


@blueprint.post("/fairs/<fair>/actions")
@answers(blueprint, ActionResults, "actions_unreadable", takes=Actions, example=EXAMPLE)
@for_devices(Right.SCAN)
@inside
def actions(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Undo scans, let badges in with a reason, resolve conflicts, each once for its id.

    `undo` takes a scan of the device itself within ten minutes, or any with that right;
    `override` and `resolve` want the right `override` and a reason.
    """
    at = now()
    results = answer_items(
        "actions",
        DoorAction(),
        lambda action: take_action(duty, action, scan_writer(), now=at),
        nothing={"outcome": None},
    )
    return answer({"now": show_time(at), "results": results})
