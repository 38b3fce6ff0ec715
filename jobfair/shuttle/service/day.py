"""Use cases of a fair's day at the desk: buses that are late, that left, who was on board."""

from collections.abc import Collection
from datetime import datetime
from uuid import NAMESPACE_OID, uuid4, uuid5

from jobfair.audit.operations import record
from jobfair.checkin.operations import Ticks, enter_ticks
from jobfair.checkin.ports import Closing
from jobfair.checkin.rules import LATE_MOST
from jobfair.checkin.service.duties import first_day_of
from jobfair.core.actor import Actor
from jobfair.core.db import transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import lock_fair
from jobfair.shuttle.models import Delay, Departure
from jobfair.shuttle.names import bus_name
from jobfair.shuttle.operations.day import add_answer, add_delay, close_return
from jobfair.shuttle.queries import get_departure
from jobfair.shuttle.queries.day import read_day
from jobfair.shuttle.rules import Direction
from jobfair.shuttle.sightings import Answer


def delay_bus(
    fair: Fair, key: str, minutes: int, reports: int, *, actor: Actor, now: datetime
) -> Departure:
    """Have the bus be so many minutes later than was known, from its next stop on.

    `reports` is how many there were of it when the page was made: sent twice, it counts once.
    Raises NotFound, Conflict("not_the_day") before the fair's day, Invalid("minutes_late"), and
    Conflict("late_meanwhile") where somebody else has said something else since.
    """
    _check_day(fair, now)
    if not 0 < abs(minutes) <= LATE_MOST:
        raise Invalid("minutes_late", most=LATE_MOST)
    with transaction() as session:
        departure = _bus(fair, key)
        report = uuid5(NAMESPACE_OID, f"{departure.id} {reports}")
        known = session.get(Delay, report)
        if known is not None and known.minutes != minutes:
            raise Conflict("late_meanwhile")
        if known is None:
            position = read_day(session, fair.id, [departure.id]).next_position(departure, now)
            add_delay(departure, minutes, position, report, actor, now=now)
    return departure


def close_bus(fair: Fair, key: str, *, actor: Actor, now: datetime) -> Departure:
    """Have the return be closed, as its driver says; whoever is missing is on the call list.

    Raises NotFound where there is no such return, and Conflict("not_the_day").
    """
    _check_day(fair, now)
    with transaction():
        departure = _return(fair, key)
        if departure.closed_at is None:
            closing = Closing(uuid4(), departure.id, now, ())
            close_return(fair.id, closing, actor, now=now)
    return departure


def answer_for(
    fair: Fair, key: str, attendee_id: int, answer: Answer, *, actor: Actor, now: datetime
) -> None:
    """Have it be known what becomes of somebody who was missing on that return.

    Raises NotFound where return or person are none of the fair's, and Conflict("not_the_day").
    """
    _check_day(fair, now)
    with transaction() as session:
        departure = _return(fair, key)
        if attendee_id not in read_day(session, fair.id).standings:
            raise NotFound("not_found")
        add_answer(departure, attendee_id, answer, uuid4(), actor, at=now)
        record(actor, "bus.answered", "attendee", attendee_id, now=now, fair_id=fair.id)


def tick(
    fair: Fair,
    key: str,
    boarded: Collection[int],
    alighted: Collection[int],
    at: datetime,
    *,
    also: Collection[int] = (),
    actor: Actor,
    now: datetime,
) -> Departure:
    """Have the boxes that were ticked on paper count as scans at that time, no others of the desk.

    Only people on the bus's list are taken, and `also` who of the fair was written on it by hand.
    Raises NotFound, and Conflict("not_the_day").
    """
    _check_day(fair, now)
    with transaction() as session:
        departure = _bus(fair, key)
        day = read_day(session, fair.id, [departure.id])
        riders = day.riders(day.departures[departure.id])
        listed = {*also, *(rider.attendee_id for rider in riders)}
        name = bus_name(departure, fair.time_zone)
        ticks = Ticks(departure.id, name, listed, {*boarded, *also}, alighted, at)
        enter_ticks(fair, ticks, actor, now=now)
        record(actor, "departure.ticked", "departure", departure.id, now=now, fair_id=fair.id)
    return departure


def _check_day(fair: Fair, now: datetime) -> None:
    """Refuse what would only count on the fair's day."""
    if now < first_day_of(fair):
        raise Conflict("not_the_day")


def _bus(fair: Fair, key: str) -> Departure:
    """Return the departure; what others at the desk say of it now comes before or after."""
    lock_fair(fair.id)
    return get_departure(fair.id, key)


def _return(fair: Fair, key: str) -> Departure:
    departure = _bus(fair, key)
    if departure.direction is not Direction.BACK:
        raise NotFound("not_found")
    return departure
