"""What the shapes of answers are made of."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf

from jobfair.checkin.hashes import badge_hash

EXAMPLE_HASH = badge_hash("7Q3M8ZK1X9TB", b"salt")
EXAMPLE_TIME = "2026-11-28T09:14:02Z"
EXAMPLE_ID = "0b9f3f4e-8a54-4f0e-9a4b-5a4f6f1d7c11"


def shape(title: str, /, **named: Any) -> type[Schema]:
    """Return a schema all of whose fields are always there."""
    for field in named.values():
        field.required = True
    return Schema.from_dict(named, name=title)


def text(example: str = "", **more: Any) -> fields.String:
    """Return a field of text."""
    metadata = {"example": example} if example else {}
    return fields.String(metadata=metadata, **more)


def time(**more: Any) -> fields.AwareDateTime:
    """Return a field for a time in UTC."""
    return fields.AwareDateTime(metadata={"example": EXAMPLE_TIME}, **more)


def mark() -> fields.String:
    """Return a field for the salted, truncated hash of a badge's code."""
    return fields.String(validate=Length(equal=11), metadata={"example": EXAMPLE_HASH})


def one_of(*words: str, **more: Any) -> fields.String:
    """Return a field that holds one of these words."""
    return fields.String(validate=OneOf(words), **more)


def many(field: fields.Field[Any] | type[Schema], **more: Any) -> fields.List[Any]:
    """Return a field for a list."""
    inner = fields.Nested(field) if isinstance(field, type) else field
    return fields.List(inner, **more)


def one(schema: type[Schema], **more: Any) -> fields.Nested:
    """Return a field for an object."""
    return fields.Nested(schema, **more)


Inside = shape("Inside", since=time(), station=text("Haupteingang"))
FirstScan = shape("FirstScan", at=time(), station=text("Haupteingang"))
