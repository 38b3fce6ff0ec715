"""What the overview of a fair is made of, asked from every room."""

from dataclasses import dataclass

import sqlalchemy as sa

from jobfair.attendees import queries as attendees
from jobfair.attendees.queries import AttendeeCounts
from jobfair.checkin import queries as checkin
from jobfair.checkin.queries import DoorCounts
from jobfair.core.db import session
from jobfair.mail.models import OutboxMail


@dataclass(frozen=True)
class Counts:
    """The figures of a fair at this moment, by room."""

    attendees: AttendeeCounts
    door: DoorCounts
    failed_mails: int


def count_all(fair_id: int) -> Counts:
    """Return the figures of the fair."""
    return Counts(
        attendees=attendees.counts(fair_id),
        door=checkin.counts(fair_id),
        failed_mails=_failed_mails(fair_id),
    )


def _failed_mails(fair_id: int) -> int:
    query = sa.select(sa.func.count()).where(
        OutboxMail.fair_id == fair_id, OutboxMail.failed_at.is_not(None)
    )
    return session().scalar(query) or 0
