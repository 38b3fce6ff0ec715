"""The one clock; services get the time as a parameter, only the edge asks here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_frozen: ContextVar[datetime | None] = ContextVar("frozen_time", default=None)


def now() -> datetime:
    """Return the present instant in UTC."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Make `now` return `at` inside the block; for tests and demonstrations."""
    token = _frozen.set(at)
    try:
        yield at
    finally:
        _frozen.reset(token)
