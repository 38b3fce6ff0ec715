"""Reading what a mail server sends back (RFC 3464), which anybody can forge: pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from enum import Enum

SIZE_MOST = 10_000_000
MESSAGE_ID = re.compile(r"<([^<>@\s]{1,200})@[^<>@\s]{1,200}>")
STATUS = re.compile(r"\s*([245])\.\d{1,3}\.\d{1,3}\b")
RECIPIENTS = ("final-recipient", "original-recipient")
RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
DEFECTIVE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


class Outcome(Enum):
    """What a report led to."""

    MARKED = "marked"
    NOT_FINAL = "not_final"
    NO_REPORT = "no_report"
    NOT_OURS = "not_ours"


@dataclass(frozen=True)
class Verdict:
    """What a server says of one recipient: the addresses it names, and whether for good."""

    addresses: frozenset[str]
    permanent: bool


@dataclass(frozen=True)
class Report:
    """Which mails are meant, by the left half of their message ids, and what became of them."""

    message_ids: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

    def verdict_on(self, address: str) -> Verdict | None:
        """Return what is said of that recipient: the worst, where there is more than one."""
        named = [verdict for verdict in self.verdicts if address.lower() in verdict.addresses]
        return max(named, key=lambda verdict: verdict.permanent, default=None)


def read_report(raw: bytes) -> Report | None:
    """Return what a delivery status notification says, or None where it is none."""
    if len(raw) > SIZE_MOST:
        return None
    try:
        parts = list(message_from_bytes(raw, policy=compat32).walk())
        ids = dict.fromkeys(found for part in parts for found in _message_ids(part))
        verdicts = [found for part in parts for found in _verdicts(part)]
    except DEFECTIVE:  # the parser stumbles over some of what no server would write
        return None
    return Report(tuple(ids), tuple(verdicts)) if verdicts else None


def _verdicts(part: "Message[str, str]") -> Iterator[Verdict]:
    """Go through the recipients of a status part, which the parser reads as blocks of headers."""
    if part.get_content_type() != "message/delivery-status":
        return
    for block in _blocks(part):
        addresses = frozenset(filter(None, (_address(block.get(name)) for name in RECIPIENTS)))
        status = STATUS.match(str(block.get("status", "")))
        action = str(block.get("action", "")).strip().lower()
        if addresses and status:
            yield Verdict(addresses, status[1] == "5" and action == "failed")


def _blocks(part: "Message[str, str]") -> "list[Message[str, str]]":
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if part.is_multipart() else []


def _address(value: object) -> str:
    """Return the address of a recipient field such as `rfc822; family@example.org`."""
    return str(value or "").rpartition(";")[2].strip().strip("<>").lower()


def _message_ids(part: "Message[str, str]") -> Iterator[str]:
    """Go through the ids of the mails that came back, whole or as headers."""
    named = [part.get("original-message-id")]
    if part.get_content_type() in RETURNED:
        named += [mail.get("message-id") for mail in _returned(part)]
    for value in named:
        yield from MESSAGE_ID.findall(str(value or ""))


def _returned(part: "Message[str, str]") -> "list[Message[str, str]]":
    headers = None if part.is_multipart() else part.get_payload(decode=True)
    if isinstance(headers, bytes):
        return [message_from_bytes(headers, policy=compat32)]
    return _blocks(part)
