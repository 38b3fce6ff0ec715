"""Whom news about a fair reaches, and how far the telling has come."""

from dataclasses import dataclass

import sqlalchemy as sa

from jobfair.attendees.models import Household
from jobfair.attendees.rules import HouseholdState
from jobfair.core.db import session
from jobfair.exhibitors.models import Exhibitor
from jobfair.exhibitors.rules import OWN_PAGE_STATES
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.telling.models import Notice
from jobfair.telling.rules import Channel


@dataclass(frozen=True)
class Reach:
    """How many are told by mail, and how many households somebody must call."""

    by_mail: int
    by_call: int
    exhibitors: int


@dataclass(frozen=True)
class Progress:
    """How many of all households know the news, and how many somebody must still call."""

    households: int
    told: int
    to_call: int

    @property
    def on_the_way(self) -> int:
        """Return how many get a mail that hasn't left yet."""
        return max(0, self.households - self.told - self.to_call)


def reach_of(fair_id: int) -> Reach:
    """Return whom news about the fair would reach now."""
    one = sa.func.count()
    by_mail = sa.and_(Household.email != "", Household.email_failed_at.is_(None))
    households = sa.select(one.filter(by_mail), one.filter(sa.not_(by_mail)))
    mails, calls = session().execute(households.where(*_counting(fair_id))).one()
    exhibitors = sa.select(one).where(
        Exhibitor.fair_id == fair_id,
        Exhibitor.state.in_(OWN_PAGE_STATES),
        Exhibitor.contact_email != "",
    )
    return Reach(mails, calls, session().scalar(exhibitors) or 0)


def progress_of(fair: Fair) -> Progress | None:
    """Return how far the telling has come that the fair is cancelled or postponed."""
    if fair.phase is Phase.CANCELLED:
        kind = "fair_cancelled"
    elif fair.is_postponed:
        kind = "fair_postponed"
    else:
        return None
    one, since = sa.func.count(sa.distinct(Notice.household_id)), fair.news_at or fair.created_at
    counting = (*_counting(fair.id), Household.registered_at <= since)
    query = (
        sa.select(
            one.filter(Notice.told_at.is_not(None)),
            one.filter(Notice.told_at.is_(None), Notice.channel == Channel.PERSON),
        )
        .join(Household, Household.id == Notice.household_id)
        .where(*counting, Notice.kind == kind, Notice.created_at >= since)
    )
    told, to_call = session().execute(query).one()
    households = session().scalar(sa.select(sa.func.count(Household.id)).where(*counting)) or 0
    return Progress(households, told, to_call)


def _counting(fair_id: int) -> "tuple[sa.ColumnElement[bool], ...]":
    """Return what holds for the households that count on the fair."""
    return (
        Household.fair_id == fair_id,
        Household.state != HouseholdState.CANCELLED,
        Household.erased_at.is_(None),
    )
