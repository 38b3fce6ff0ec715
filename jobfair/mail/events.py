"""What became of a mail, told in the transaction that notes it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MailDelivered:
    """A mail server took the mail."""

    mail_id: int
    now: datetime


@dataclass(frozen=True)
class MailFailed:
    """The mail was given up; `refused` where the address itself was, not only our tries."""

    mail_id: int
    refused: bool
    now: datetime


@dataclass(frozen=True)
class MailBounced:
    """The mail was taken, and came back from further on: the address doesn't exist."""

    mail_id: int
    now: datetime
