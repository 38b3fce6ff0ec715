"""`POST /fairs/{fair}/actions`: what was done about scans and buses, offline too."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range, Regexp

from jobfair.checkin.api.document import answers
from jobfair.checkin.api.fields import Body, Code, Instant, Line, Uuid, row_id
from jobfair.checkin.api.guard import answer, for_devices, inside
from jobfair.checkin.api.reading import answer_items, digest_of
from jobfair.checkin.api.sent import HASH
from jobfair.checkin.api.shapes import ActionResults
from jobfair.checkin.api.shaping import EXAMPLE_ID, EXAMPLE_TIME
from jobfair.checkin.duty import Duty
from jobfair.checkin.items import Action, AnswerFor, BusClosed, BusLate
from jobfair.checkin.ports import FOUND_OUT
from jobfair.checkin.rules import LATE_MOST, REASON_MOST, SCANS_MOST, ItemKind, Right
from jobfair.checkin.service import scan_writer
from jobfair.checkin.service.actions import take_action
from jobfair.checkin.service.boarding import close_bus, report_late
from jobfair.checkin.service.items import Answer
from jobfair.checkin.wire import show_time
from jobfair.core.clock import now

ABOUT = {
    ItemKind.UNDO: ("scan",),
    ItemKind.OVERRIDE: ("scan",),
    ItemKind.RESOLVE: ("conflict",),
    ItemKind.LATE: ("departure", "minutes"),
    ItemKind.CLOSE: ("departure",),
}
EXAMPLE = {
    "actions": [
        {"id": EXAMPLE_ID, "kind": "undo", "scan": EXAMPLE_ID, "at": EXAMPLE_TIME},
        {"id": EXAMPLE_ID, "kind": "late", "departure": 4, "minutes": 5, "at": EXAMPLE_TIME},
    ]
}
Item = Action | BusLate | BusClosed

blueprint = Blueprint("actions", __name__, description="What is done about scans and buses")


class FoundOut(Body):
    """What becomes of somebody who was missing when the bus home was closed."""

    badge = Code(load_default=None, allow_none=True)
    hash = fields.String(load_default=None, allow_none=True, validate=Regexp(HASH))
    answer = fields.String(required=True, validate=OneOf(FOUND_OUT))

    @post_load
    def made(self, given: Mapping[str, Any], **_kwargs: Any) -> AnswerFor:
        """Return the answer as the service takes it; refuse one about nobody."""
        badge = given["badge"] or given["hash"]
        if badge is None:
            raise ValidationError("It is not said whom this is about.", "badge")
        return AnswerFor(badge, given["answer"])


class DoorAction(Body):
    """Something done about a scan, a conflict or a bus, by its `kind`.

    `undo` and `override` are about a `scan`, `resolve` about a `conflict`, `late` and `close`
    about a `departure`.
    """

    id = Uuid(required=True)
    kind = fields.String(required=True, validate=OneOf([kind.value for kind in ABOUT]))
    scan = Uuid(load_default=None, allow_none=True)
    conflict = row_id(load_default=None, allow_none=True)
    reason = Line(REASON_MOST, empty=True, load_default="")
    departure = row_id(load_default=None, allow_none=True)
    minutes = fields.Integer(
        strict=True,
        load_default=None,
        allow_none=True,
        validate=Range(min=-LATE_MOST, max=LATE_MOST),
    )
    stop = row_id(load_default=None, allow_none=True)
    answers = fields.List(
        fields.Nested(FoundOut), load_default=list, validate=Length(max=SCANS_MOST)
    )
    at = Instant(required=True)

    @validates_schema
    def check_subject(self, action: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse an action about nothing."""
        for subject in ABOUT[ItemKind(action["kind"])]:
            if not action[subject]:
                raise ValidationError("It is not said what this is about.", subject)

    @post_load(pass_original=True)
    def made(self, action: dict[str, Any], sent: Any, **_kwargs: Any) -> Item:
        """Return the action as the service takes it."""
        kind, known = ItemKind(action["kind"]), {"id": action["id"], "digest": digest_of(sent)}
        if kind is ItemKind.LATE:
            wanted = {name: action[name] for name in ("departure", "minutes", "stop")}
            return BusLate(**known, **wanted)
        if kind is ItemKind.CLOSE:
            told = tuple(action["answers"])
            return BusClosed(**known, departure=action["departure"], at=action["at"], answers=told)
        wanted = {name: action[name] for name in ("scan", "conflict", "reason", "at")}
        return Action(**known, kind=kind, **wanted)


class Actions(Body):
    """Actions, each of which is answered by itself."""

    actions = fields.List(fields.Nested(DoorAction), required=True, validate=Length(max=SCANS_MOST))


@blueprint.post("/fairs/<fair>/actions")
@answers(blueprint, ActionResults, "actions_unreadable", takes=Actions, example=EXAMPLE)
@for_devices(Right.SCAN)
@inside
def actions(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Do what was done about scans and buses, each once for its id.

    `undo` takes a scan of the device itself within ten minutes, or any with that right;
    `override` and `resolve` want the right `override` and a reason. `late` and `close` are for
    the phones of that bus: it is `minutes` later than was known from `stop` on; the return waits
    for nobody any more, and `answers` say what becomes of those who are missing.
    """
    at = now()
    results = answer_items(
        "actions",
        DoorAction(),
        lambda item: _take(duty, item, at),
        nothing={"outcome": None},
    )
    return answer({"now": show_time(at), "results": results})


def _take(duty: Duty, item: Item, at: datetime) -> Answer:
    if isinstance(item, BusLate):
        return report_late(duty, item, now=at)
    if isinstance(item, BusClosed):
        return close_bus(duty, item, now=at)
    return take_action(duty, item, scan_writer(), now=at)
