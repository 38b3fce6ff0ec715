"""Up to when, and for which door, a device knows the roster; it sends this back unread."""

import re
from datetime import UTC, datetime, timedelta

OVERLAP = timedelta(seconds=60)  # longer than any transaction that was under way meanwhile

_CURSOR = re.compile(r"([0-9]{1,16})\.(.+)", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def write_cursor(at: datetime, door: str) -> str:
    """Return the cursor of a roster that was read then for that door."""
    return f"{(at - _EPOCH) // _MICROSECOND}.{door}"


def read_cursor(cursor: str, door: str, now: datetime) -> datetime | None:
    """Return from when on changes are of interest; None where the whole roster is needed.

    That is so for a device that knows nothing yet, or another door's roster.
    """
    found = _CURSOR.fullmatch(cursor)
    if found is None or found[2] != door:
        return None
    at = _EPOCH + int(found[1]) * _MICROSECOND
    return at - OVERLAP if at <= now and at - _EPOCH > OVERLAP else None
