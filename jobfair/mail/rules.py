"""A mail before it is rendered, and when a failed one is tried again."""

from dataclasses import dataclass
from datetime import timedelta

ATTEMPTS_MOST = 8


@dataclass(frozen=True)
class Letter:
    """The words of a mail, already in the reader's language."""

    subject: str
    paragraphs: tuple[str, ...]
    action: str = ""
    url: str = ""
    closing: tuple[str, ...] = ()


def wait_before(attempt: int) -> timedelta:
    """Return how long to wait after the failed attempt of that number, counted from 1."""
    return timedelta(minutes=2 ** min(attempt, 9))
