"""Fields of what devices send, each read strictly; a fault is named after its field."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, Schema, ValidationError, fields
from marshmallow.validate import Length, Range

from jobfair.checkin.rules import within_reach
from jobfair.core.codes import normalise_code
from jobfair.core.text import clean_line

UUID_LENGTH = 36
TIME_MOST = 40
ID_MOST = 2**63 - 1
TYPED_MOST = 300
Data = Mapping[str, Any] | None


class Body(Schema):
    """What is sent; a field that we don't know yet, or no longer, does no harm."""

    class Meta:
        """Settings of marshmallow."""

        unknown = EXCLUDE


class Uuid(fields.UUID):
    """A UUID in its usual form."""

    def _deserialize(self, value: Any, attr: str | None, data: Data, **kwargs: Any) -> UUID:
        if not isinstance(value, str) or len(value) != UUID_LENGTH:
            raise self.make_error("invalid_uuid")
        return super()._deserialize(value, attr, data, **kwargs)


class Instant(fields.AwareDateTime):
    """A time with its zone, after RFC 3339."""

    def _deserialize(self, value: Any, *_rest: Any, **_kwargs: Any) -> datetime:
        if not isinstance(value, str) or len(value) > TIME_MOST:
            raise ValidationError("This is no time.")
        try:
            at = datetime.fromisoformat(value)
            if at.tzinfo is None:
                raise ValidationError("This time has no zone.")
            return within_reach(at)
        except (ValueError, OverflowError) as error:
            raise ValidationError("This is no time.") from error


class Line(fields.String):
    """A line of text without what can't be seen; empty only where that is said."""

    def __init__(self, most: int, *, empty: bool = False, **kwargs: Any) -> None:
        super().__init__(validate=Length(max=TYPED_MOST), **kwargs)
        self.most, self.empty = most, empty

    def _deserialize(self, value: Any, attr: str | None, data: Data, **kwargs: Any) -> str:
        typed = super()._deserialize(value, attr, data, **kwargs)
        line = clean_line(typed[:TYPED_MOST], self.most)
        if not line and not self.empty:
            raise ValidationError("Nothing is written here.")
        return line


class Code(fields.String):
    """A badge's code, as it was typed or scanned."""

    def _deserialize(self, value: Any, attr: str | None, data: Data, **kwargs: Any) -> str:
        typed = super()._deserialize(value, attr, data, **kwargs)
        code = normalise_code(typed)
        if code is None:
            raise ValidationError("This is no code.")
        return code


def row_id(**kwargs: Any) -> fields.Integer:
    """Return a field for the number of something that we told the device of."""
    return fields.Integer(strict=True, validate=Range(min=1, max=ID_MOST), **kwargs)
