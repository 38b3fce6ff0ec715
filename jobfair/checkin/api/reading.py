"""Reading what devices send: a body as a whole, or items of which each stands for itself."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import orjson
from marshmallow import Schema, ValidationError

from jobfair.checkin.api.guard import sent_json
from jobfair.checkin.duty import OffDuty
from jobfair.checkin.rules import SCANS_MOST
from jobfair.core.errors import DomainError, Invalid

ID_SHOWN = 40
WHOLE_ITEM = "_schema"
Answer = dict[str, Any]


def read_body(schema: Schema, code: str) -> Any:
    """Return the body as the schema reads it; raise Invalid with that code."""
    try:
        return schema.load(sent_json())
    except ValidationError as error:
        raise Invalid(code) from error


def answer_items(
    name: str, schema: Schema, act: Callable[[Any], Answer], nothing: Answer
) -> list[Answer]:
    """Return the answers to the items of the body, in their order.

    One that can't be read, or is refused, gets an error beside `nothing` and stops no other.
    Raises Invalid where there is no list of them, and OffDuty.
    """
    body = sent_json()
    items = body.get(name) if isinstance(body, dict) else None
    if not isinstance(items, list) or len(items) > SCANS_MOST:
        raise Invalid(f"{name}_unreadable")
    return [_answer(item, schema, act, nothing) for item in items]


def _answer(item: Any, schema: Schema, act: Callable[[Any], Answer], nothing: Answer) -> Answer:
    said = item.get("id") if isinstance(item, dict) else None
    shown = said[:ID_SHOWN] if isinstance(said, str) else None
    try:
        return {"id": shown, "error": None, **act(schema.load(item))}
    except OffDuty:
        raise
    except DomainError as refusal:
        return {"id": shown, "error": refusal.code, **nothing}
    except ValidationError as fault:
        return {"id": shown, "error": _code_of(fault), **nothing}


def _code_of(fault: ValidationError) -> str:
    """Return the code of the first field that can't be used."""
    first = next(iter(fault.messages_dict))
    return "bad_item" if first == WHOLE_ITEM else f"bad_{first}"


def digest_of(item: Any) -> str:
    """Return what stands for all that the item says; refuse one that is nested beyond reason."""
    try:
        return sha256(orjson.dumps(item, option=orjson.OPT_SORT_KEYS)).hexdigest()
    except orjson.JSONEncodeError as error:
        raise ValidationError("nested too deep", WHOLE_ITEM) from error
