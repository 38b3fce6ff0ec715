"""Steps of a fair's day in the caller's transaction: buses that are late, returns that close."""

from datetime import datetime
from uuid import UUID, uuid5

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.checkin.ports import Closing, Lateness
from jobfair.core.actor import Actor, ActorKind
from jobfair.core.db import assert_writing
from jobfair.core.errors import Invalid
from jobfair.shuttle.lateness import first_position
from jobfair.shuttle.models import BusAnswer, Call, Delay, Departure
from jobfair.shuttle.queries.day import read_day
from jobfair.shuttle.rules import Direction
from jobfair.shuttle.sightings import Answer

LATE_IN_ALL = 240  # minutes


def report_delay(fair_id: int, late: Lateness, actor: Actor, *, now: datetime) -> None:
    """Have the bus be later than was known from that stop on, or from where it leaves.

    Raises Invalid where departure or stop are none of the fair's.
    """
    departure = _departure(fair_id, late.departure_id)
    position = _position(departure, late.stop_id)
    add_delay(departure, late.minutes, position, late.id, actor, now=now)


def add_delay(
    departure: Departure, minutes: int, position: int, report: UUID, actor: Actor, *, now: datetime
) -> None:
    """Have the bus be later than was known from that position on, by a report with that id.

    Raises Invalid("late_in_all") where all reports together are more than any bus is late.
    """
    session = assert_writing()
    theirs = sa.select(sa.func.coalesce(sa.func.sum(Delay.minutes), 0))
    known = session.scalar(theirs.where(Delay.departure_id == departure.id)) or 0
    if abs(known + minutes) > LATE_IN_ALL:
        raise Invalid("late_in_all", most=LATE_IN_ALL)
    delay = Delay(
        id=report,
        fair_id=departure.fair_id,
        departure_id=departure.id,
        minutes=minutes,
        position=position,
        made_at=now,
        **_by(actor),
    )
    session.add(delay)
    record(actor, "departure.late", "departure", departure.id, now=now, fair_id=departure.fair_id)


def _position(departure: Departure, stop_id: int | None) -> int:
    if stop_id is None:
        return first_position(departure.direction)
    query = sa.select(Call.position).where(
        Call.departure_id == departure.id, Call.stop_id == stop_id
    )
    position = assert_writing().scalar(query)
    if position is None:
        raise Invalid("bad_stop")
    return position


def close_return(fair_id: int, closing: Closing, actor: Actor, *, now: datetime) -> None:
    """Have the return wait for nobody any more, and what was found out be known.

    Closed more than once, as when something is found out later, it has left at the latest time.
    An answer about somebody whom its list can't have is left out: the bus has left all the same.
    Raises Invalid("bad_departure") where it is no return of the fair.
    """
    departure = _departure(fair_id, closing.departure_id)
    if departure.direction is not Direction.BACK:
        raise Invalid("bad_departure")
    departure.closed_at = max(filter(None, (departure.closed_at, closing.at)))
    if closing.answers:
        concerned = read_day(assert_writing(), fair_id).concerned(departure)
        for attendee_id, answer in closing.answers:
            if attendee_id in concerned:
                add_answer(departure, attendee_id, Answer(answer), closing.id, actor, at=closing.at)
    record(actor, "departure.closed", "departure", departure.id, now=now, fair_id=fair_id)


def add_answer(
    departure: Departure,
    attendee_id: int,
    answer: Answer,
    source: UUID,
    actor: Actor,
    *,
    at: datetime,
) -> None:
    """Have it be known what becomes of somebody missing; `source` is what it was told with."""
    row = BusAnswer(
        id=uuid5(source, str(attendee_id)),
        fair_id=departure.fair_id,
        departure_id=departure.id,
        attendee_id=attendee_id,
        answer=answer,
        made_at=at,
        **_by(actor),
    )
    assert_writing().add(row)


def _by(actor: Actor) -> dict[str, int | None]:
    """Return who said it, as rows keep it."""
    return {
        "device_id": actor.id if actor.kind is ActorKind.DEVICE else None,
        "user_id": actor.id if actor.kind is ActorKind.USER else None,
    }


def _departure(fair_id: int, departure_id: int) -> Departure:
    departure = assert_writing().get(Departure, departure_id, with_for_update=True)
    if departure is None or departure.fair_id != fair_id:
        raise Invalid("bad_departure")
    return departure
