"""Background rounds of the shuttle: seats every night, and the end of waiting for some."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from jobfair.attendees.models import Household
from jobfair.attendees.operations import cancel_household, lock_household
from jobfair.audit.operations import record
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.shuttle.models import Departure, RideRequest, ShuttleRun
from jobfair.shuttle.operations import tell_no_seats
from jobfair.shuttle.queries import is_asked, is_in_line
from jobfair.shuttle.rules import RequestState, RunKind, shuttle_answer_by
from jobfair.shuttle.service.runs import want_run

NIGHT = time(2, 30)


def allocate_nightly(*, now: datetime) -> int:
    """Have the seats of each fair be allocated once a night, until its lists are fixed.

    Return for how many fairs it was asked now.
    """
    asked = 0
    for fair in _fairs(now):
        tonight = _tonight(fair, now)
        if tonight <= now and not _is_fixed(fair, now) and _is_wanted(fair, tonight):
            with transaction():
                asked += want_run(fair.id, RunKind.SEATS, {}, actor=SYSTEM, now=now) is not None
    return asked


def fix_lists(*, now: datetime) -> int:
    """Have those not come who come only by bus and still wait when the lists are fixed.

    They are told. Who is asked just then may still answer, whose bus was taken out is called by
    the organiser, and who asks only now was promised no day. Return how many households it were.
    """
    fixed = [
        sa.and_(RideRequest.fair_id == fair.id, RideRequest.requested_at < _fixed_at(fair))
        for fair in _fairs(now)
        if _is_fixed(fair, now)
    ]
    query = _left_out().where(sa.or_(sa.false(), *fixed)).order_by(RideRequest.household_id)
    households = session().scalars(query).all() if fixed else []
    return sum(_let_go(household_id, now) for household_id in households)


def _fairs(now: datetime) -> list[Fair]:
    """Return the fairs to come that have a timetable."""
    query = sa.select(Fair).where(
        Fair.phase.in_((Phase.OPEN, Phase.CLOSED)),
        Fair.starts_at > now,
        sa.exists().where(Departure.fair_id == Fair.id),
    )
    return list(session().scalars(query.order_by(Fair.id)))


def _is_fixed(fair: Fair, now: datetime) -> bool:
    return now >= _fixed_at(fair)


def _fixed_at(fair: Fair) -> datetime:
    return shuttle_answer_by(fair.shuttle_decided_by, fair.starts_at)


def _tonight(fair: Fair, now: datetime) -> datetime:
    """Return when the allocation is due on this day of the fair's clock."""
    zone = ZoneInfo(fair.time_zone)
    return datetime.combine(now.astimezone(zone).date(), NIGHT, zone)


def _is_wanted(fair: Fair, since: datetime) -> bool:
    """Tell whether somebody waits and nothing was allocated since then."""
    line = sa.select(RideRequest.id).join(Household, Household.id == RideRequest.household_id)
    runs = sa.exists().where(
        ShuttleRun.fair_id == fair.id,
        ShuttleRun.kind == RunKind.SEATS,
        ShuttleRun.asked_at >= since,
    )
    waits = line.where(RideRequest.fair_id == fair.id, is_in_line()).exists()
    return bool(session().scalar(sa.select(waits & ~runs)))


def _left_out() -> "sa.Select[int]":
    """Select the households that come only by bus, wait, and are asked nothing."""
    return sa.select(RideRequest.household_id).where(
        RideRequest.state == RequestState.WAITING,
        RideRequest.only_by_bus,
        RideRequest.displaced_at.is_(None),
        ~is_asked(),
    )


def _let_go(household_id: int, now: datetime) -> bool:
    """Have the household not come and be told, if it still waits; tell whether it did."""
    with transaction() as current:
        household = lock_household(household_id)
        waits = _left_out().where(RideRequest.household_id == household_id)
        if current.scalar(waits) is None:
            return False
        cancel_household(household_id, now=now, by_us=True)
        tell_no_seats(household_id, now)
        fair_id = household.fair_id
        record(SYSTEM, "household.no_seats", "household", household_id, now=now, fair_id=fair_id)
    return True
