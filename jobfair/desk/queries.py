"""What the overview of a fair is made of, asked from every room."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.accounts.queries import count_asked
from jobfair.attendees import queries as attendees
from jobfair.attendees.models import Household
from jobfair.attendees.queries import AttendeeCounts
from jobfair.checkin import queries as checkin
from jobfair.checkin.queries import DoorCounts
from jobfair.checkin.watch import DoorWatch, watch_door
from jobfair.core.db import session
from jobfair.exhibitors import queries as exhibitors
from jobfair.exhibitors.queries import ExhibitorCounts
from jobfair.fairs.models import Fair
from jobfair.feedback import queries as feedback
from jobfair.feedback.queries import FeedbackCounts
from jobfair.mail.models import OutboxMail
from jobfair.places.queries import count_waiting
from jobfair.privacy.registry import Subject
from jobfair.shuttle import queries as shuttle
from jobfair.shuttle.queries import ShuttleCounts
from jobfair.shuttle.queries.home import HomeWatch, watch_home
from jobfair.telling.queries import count_to_tell


@dataclass(frozen=True)
class Counts:
    """The figures of a fair at this moment, by room.

    Households to tell and households that wait for places, people who ask to help, pairs of people
    who may be one.
    """

    attendees: AttendeeCounts
    exhibitors: ExhibitorCounts
    shuttle: ShuttleCounts
    door: DoorCounts
    watch: DoorWatch
    home: HomeWatch
    feedback: FeedbackCounts
    failed_mails: int
    to_tell: int
    asked: int
    waiting: int
    alike: int


@dataclass(frozen=True)
class FailedMail:
    """A mail that reached nobody, and the household, with its people, that it was for."""

    mail: OutboxMail
    household: Household | None


def count_all(fair: Fair, now: datetime) -> Counts:
    """Return the figures of the fair."""
    fair_id = fair.id
    return Counts(
        attendees=attendees.counts(fair_id),
        exhibitors=exhibitors.counts(fair_id),
        shuttle=shuttle.counts(fair_id),
        door=checkin.counts(fair_id),
        watch=watch_door(fair, now),
        home=watch_home(fair, now),
        feedback=feedback.counts(fair_id),
        failed_mails=session().scalar(
            sa.select(sa.func.count(OutboxMail.id)).where(*_failed(fair_id))
        )
        or 0,
        to_tell=count_to_tell(fair_id),
        asked=count_asked(fair_id),
        waiting=count_waiting(fair_id),
        alike=attendees.list_pairs(fair_id, limit=0)[0],
    )


def list_failed_mails(fair_id: int) -> list[FailedMail]:
    """Return the mails of the fair that were given up or came back, the latest first."""
    at = sa.func.coalesce(OutboxMail.bounced_at, OutboxMail.failed_at)
    theirs = (OutboxMail.subject_kind == Subject.HOUSEHOLD, OutboxMail.subject_id == Household.id)
    query = (
        sa.select(OutboxMail, Household)
        .outerjoin(Household, sa.and_(*theirs))
        .where(*_failed(fair_id))
        .options(selectinload(Household.people))
    )
    rows = session().execute(query.order_by(at.desc(), OutboxMail.id))
    return [FailedMail(mail, household) for mail, household in rows]


def _failed(fair_id: int) -> "tuple[sa.ColumnElement[bool], ...]":
    """Return what holds for mails that reached nobody, but for those that were forgotten."""
    gone = sa.or_(OutboxMail.failed_at.is_not(None), OutboxMail.bounced_at.is_not(None))
    return OutboxMail.fair_id == fair_id, gone, OutboxMail.recipient != ""
