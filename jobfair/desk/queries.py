"""What the overview of a fair is made of, asked from every room."""

from dataclasses import dataclass

import sqlalchemy as sa

from jobfair.attendees import queries as attendees
from jobfair.attendees.queries import AttendeeCounts
from jobfair.checkin import queries as checkin
from jobfair.checkin.queries import DoorCounts
from jobfair.core.db import session
from jobfair.exhibitors import queries as exhibitors
from jobfair.exhibitors.queries import ExhibitorCounts
from jobfair.feedback import queries as feedback
from jobfair.feedback.queries import FeedbackCounts
from jobfair.mail.models import OutboxMail
from jobfair.shuttle import queries as shuttle
from jobfair.shuttle.queries import ShuttleCounts


@dataclass(frozen=True)
class Counts:
    """The figures of a fair at this moment, by room."""

    attendees: AttendeeCounts
    exhibitors: ExhibitorCounts
    shuttle: ShuttleCounts
    door: DoorCounts
    feedback: FeedbackCounts
    failed_mails: int


def count_all(fair_id: int) -> Counts:
    """Return the figures of the fair."""
    return Counts(
        attendees=attendees.counts(fair_id),
        exhibitors=exhibitors.counts(fair_id),
        shuttle=shuttle.counts(fair_id),
        door=checkin.counts(fair_id),
        feedback=feedback.counts(fair_id),
        failed_mails=len(list_failed_mails(fair_id)),
    )


def list_failed_mails(fair_id: int) -> list[OutboxMail]:
    """Return the mails of the fair that could not be delivered, the latest first."""
    query = sa.select(OutboxMail).where(
        OutboxMail.fair_id == fair_id, OutboxMail.failed_at.is_not(None)
    )
    return list(session().scalars(query.order_by(OutboxMail.failed_at.desc(), OutboxMail.id)))
