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
from jobfair.shuttle.operations import NO_SEATS, tell_no_seats, tell_no_seats_only_bus
from jobfair.shuttle.queries import is_asked, is_in_line
from jobfair.shuttle.rules import RequestState, RunKind, shuttle_answer_by
from jobfair.shuttle.service.runs import want_run
from jobfair.telling.models import Notice

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
    """Have everybody be told who still waits when the lists are fixed; return how many.

    Who comes only by bus doesn't come then, the others keep their places. Who is asked just then
    may still answer, whose bus was taken out is called by the organiser, and who asks only now
    was promised no day.
    """
    told = 0
    for fair in _fairs(now):
        if _is_fixed(fair, now):
            left_out = _left_out(fair).with_only_columns(RideRequest.household_id)
            ids = session().scalars(left_out.order_by(RideRequest.household_id)).all()
            told += sum(_tell(fair, household_id, now) for household_id in ids)
    return told


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


def _left_out(fair: Fair) -> "sa.Select[RideRequest]":
    """Select who waits, is asked nothing, and was to be told by now but is not."""
    fixed = _fixed_at(fair)
    told = sa.exists().where(
        Notice.household_id == RideRequest.household_id,
        Notice.kind == NO_SEATS,
        Notice.created_at >= fixed,
    )
    return sa.select(RideRequest).where(
        RideRequest.fair_id == fair.id,
        RideRequest.state == RequestState.WAITING,
        RideRequest.requested_at < fixed,
        sa.func.coalesce(RideRequest.displaced_at, RideRequest.requested_at) < fixed,
        ~is_asked(),
        ~told,
    )


def _tell(fair: Fair, household_id: int, now: datetime) -> bool:
    """Have the household be told that it has no seats, if that is still so; tell whether it was."""
    with transaction() as current:
        lock_household(household_id)
        theirs = _left_out(fair).where(RideRequest.household_id == household_id)
        request = current.scalar(theirs.execution_options(populate_existing=True))
        if request is None:
            return False
        if request.only_by_bus and request.displaced_at is None:
            _let_go(request, now)
        else:
            tell_no_seats(household_id, now)
    return True


def _let_go(request: RideRequest, now: datetime) -> None:
    """Have the household not come, and be told."""
    household_id, fair_id = request.household_id, request.fair_id
    cancel_household(household_id, now=now, by_us=True)
    tell_no_seats_only_bus(household_id, now)
    record(SYSTEM, "household.no_seats", "household", household_id, now=now, fair_id=fair_id)
