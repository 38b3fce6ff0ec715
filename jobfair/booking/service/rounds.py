"""Background rounds: reminding households, and telling everybody that the fair has changed.

Each household is a transaction of its own, and the notice's key says who was told already, so a
round that was interrupted goes on where it stopped.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from jobfair.attendees.models import Household
from jobfair.attendees.rules import HouseholdState
from jobfair.booking import tidings
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.telling.models import Notice

WEEK, DAY = timedelta(days=7), timedelta(days=1)
REMINDERS = (("reminder_week", WEEK, DAY + timedelta(hours=12)), ("reminder_day", DAY, timedelta()))
NEWS_JOB = "news"
HELD = (Phase.OPEN, Phase.CLOSED)


def remind(*, now: datetime) -> int:
    """Have every registered household be reminded a week and a day before; return how many."""
    told = 0
    for kind, before, until in REMINDERS:
        for fair in _list_fairs(Fair.phase.in_(HELD), Fair.starts_at > now + until):
            if fair.starts_at <= now + before:
                told += _remind_fair(fair, kind, before, now)
    return told


def tell_news(*, now: datetime) -> int:
    """Have everybody be told of postponed and cancelled fairs; return how many were told now."""
    told = 0
    for fair in _list_fairs(Fair.news_at.is_not(None), Fair.ends_at > now):
        cancelled = fair.phase is Phase.CANCELLED
        kind = "fair_cancelled" if cancelled else "fair_postponed"
        told += _tell_fair(fair, kind, now)
    return told


def _tell_fair(fair: Fair, kind: str, now: datetime) -> int:
    """Tell those who had registered when it was decided; the others have read it before."""
    states = (HouseholdState.REGISTERED, HouseholdState.WAITLISTED)

    def once(household_id: int) -> str:
        return f"{kind}:{household_id}:{fair.news_at:%Y%m%d%H%M%S}"

    rows = _untold(fair, states, kind, once, Household.registered_at <= fair.news_at)
    return _tell_all(
        rows, lambda household_id: tidings.tell_news(household_id, kind, once(household_id), now)
    )


def _remind_fair(fair: Fair, kind: str, before: timedelta, now: datetime) -> int:
    """Remind those who registered before the time had come; the others have just heard."""
    known_since = fair.starts_at - before - DAY
    rows = _untold(
        fair,
        (HouseholdState.REGISTERED,),
        kind,
        lambda household_id: f"{kind}:{household_id}:{fair.starts_at:%Y%m%d}",
        Household.registered_at < known_since,
    )
    return _tell_all(rows, lambda household_id: tidings.tell_reminder(household_id, kind, now))


def _list_fairs(*rules: sa.ColumnElement[bool]) -> list[Fair]:
    return list(session().scalars(sa.select(Fair).where(*rules).order_by(Fair.id)))


def _untold(
    fair: Fair,
    states: tuple[HouseholdState, ...],
    kind: str,
    once: Callable[[int], str],
    *more: sa.ColumnElement[bool],
) -> list[int]:
    """Return the households that have no notice with that key yet."""
    known = set(
        session().scalars(
            sa.select(Notice.once_key).where(Notice.fair_id == fair.id, Notice.kind == kind)
        )
    )
    query = sa.select(Household.id).where(
        Household.fair_id == fair.id,
        Household.state.in_(states),
        Household.erased_at.is_(None),
        *more,
    )
    ids = session().scalars(query.order_by(Household.id))
    return [household_id for household_id in ids if once(household_id) not in known]


def _tell_all(ids: Iterable[int], tell: Callable[[int], None]) -> int:
    told = 0
    for household_id in ids:
        with transaction():
            tell(household_id)
        told += 1
    return told
