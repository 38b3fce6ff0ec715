"""A mail before it is rendered, and what follows from a mail server's answer."""

from dataclasses import dataclass
from datetime import timedelta

ATTEMPTS_MOST = 8
PERMANENT = range(500, 600)
POLICY = "5.7."  # of RFC 3463: relaying, sender and content, which say nothing about the address


@dataclass(frozen=True)
class Letter:
    """The words of a mail, already in the reader's language; `brief` for an SMS or a call.

    The `other` action is for those who don't want the first one.
    """

    subject: str
    paragraphs: tuple[str, ...]
    action: str = ""
    url: str = ""
    closing: tuple[str, ...] = ()
    brief: str = ""
    other_action: str = ""
    other_url: str = ""

    @property
    def short(self) -> str:
        """Return what an SMS says: the brief words, or subject and all paragraphs; the link."""
        words = self.brief or "\n".join((self.subject, *self.paragraphs))
        return words if not self.url or self.url in words else f"{words}\n{self.url}"


@dataclass(frozen=True)
class Attachment:
    """A file that leaves with a mail; the media type may have parameters."""

    name: str
    media_type: str
    content: bytes


def wait_before(attempt: int) -> timedelta:
    """Return how long to wait after the failed attempt of that number, counted from 1."""
    return timedelta(minutes=2 ** min(attempt, 9))


def refuses_for_good(code: int, words: str) -> bool:
    """Tell whether a server's answer to a recipient means that the address takes no mail.

    A refusal by policy, such as relaying that isn't allowed, is our own fault and can be mended.
    """
    return code in PERMANENT and not words.lstrip().startswith(POLICY)
