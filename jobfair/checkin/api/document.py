"""What the OpenAPI document says of an operation, beside the operation itself."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from jobfair.checkin.api.refusals import BODY, DEVICE, REFUSALS

PROBLEM = "application/problem+json"
NOTES = "_apidoc"  # where flask-smorest keeps what its decorators say of a view
V = TypeVar("V", bound=Callable[..., Any])
Decorator = Callable[[V], V]


class Problem(Schema):
    """A refusal after RFC 9457; programs go by `code`."""

    type = fields.String(required=True, metadata={"example": "about:blank"})
    title = fields.String(required=True, metadata={"example": "Forbidden"})
    status = fields.Integer(required=True, metadata={"example": 403})
    code = fields.String(required=True, metadata={"example": "not_allowed"})
    detail = fields.String(required=True)


def answers(
    blueprint: Blueprint,
    schema: type[Schema] | None,
    *codes: str,
    takes: type[Schema] | None = None,
    query: type[Schema] | None = None,
    example: Any = None,
    public: bool = False,
) -> Callable[[V], V]:
    """Have the document say what the operation takes, what it answers and why it refuses."""
    refused = (*(() if public else DEVICE), *(BODY if takes else ()), *codes)
    said = _said(takes, example, query, public=public)

    def document(view: V) -> V:
        described = blueprint.doc(**said)(view)
        for status, words in _by_status(refused).items():
            described = blueprint.alt_response(
                status, schema=Problem, content_type=PROBLEM, description=words
            )(described)
        status = 200 if schema else 204
        described = blueprint.response(status, schema, description="It is done.")(described)
        view.__dict__[NOTES] = described.__dict__[NOTES]
        return view  # itself: a call need not pass through what only describes it

    return document


def _said(
    takes: type[Schema] | None, example: Any, query: type[Schema] | None, *, public: bool
) -> dict[str, Any]:
    """Return what is said of body, query and right."""
    said: dict[str, Any] = {}
    if takes is not None:
        body = {"schema": takes, "example": example}
        said["requestBody"] = {"required": True, "content": {"application/json": body}}
    if query is not None:
        said["parameters"] = [{"in": "query", "schema": query}]
    if public:
        said["security"] = []
    return said


def _by_status(codes: tuple[str, ...]) -> dict[int, str]:
    """Return the words about each status, with the codes that come with it."""
    found: dict[int, list[str]] = defaultdict(list)
    for code in codes:
        found[REFUSALS[code].status].append(f"`{code}`: {REFUSALS[code].words}")
    return {status: " ".join(words) for status, words in found.items()}
