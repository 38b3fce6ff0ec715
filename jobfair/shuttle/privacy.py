"""The personal data of the shuttle: who rides from where; without names they are only counts.

That somebody came in a wheelchair is forgotten like the need that says the same.
"""

from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import Attendee
from jobfair.attendees.privacy import KEEP_NEEDS
from jobfair.core.db import assert_writing
from jobfair.fairs.models import Fair
from jobfair.places.models import Offer
from jobfair.privacy.registry import Holder, Retention, Row, Subject, keep_rows, rows_of
from jobfair.shuttle.models import BusAnswer, Ride, RideAlternative, RideHold, RideRequest
from jobfair.shuttle.rules import RequestState


def _export_requests(household_id: int) -> list[Row]:
    return rows_of(sa.select(RideRequest).where(RideRequest.household_id == household_id))


def _export_rides(household_id: int) -> list[Row]:
    theirs = sa.select(RideRequest.id).where(RideRequest.household_id == household_id)
    return rows_of(sa.select(Ride).where(Ride.request_id.in_(theirs)).order_by(Ride.id))


def _export_alternatives(household_id: int) -> list[Row]:
    theirs = sa.select(RideRequest.id).where(RideRequest.household_id == household_id)
    query = sa.select(RideAlternative).where(RideAlternative.request_id.in_(theirs))
    return rows_of(query.order_by(RideAlternative.position))


def _export_holds(household_id: int) -> list[Row]:
    theirs = sa.select(Offer.id).where(Offer.household_id == household_id)
    return rows_of(sa.select(RideHold).where(RideHold.offer_id.in_(theirs)).order_by(RideHold.id))


def _export_answers(household_id: int) -> list[Row]:
    theirs = sa.select(Attendee.id).where(Attendee.household_id == household_id)
    query = sa.select(BusAnswer).where(BusAnswer.attendee_id.in_(theirs))
    return rows_of(query.order_by(BusAnswer.made_at, BusAnswer.id))


def _erase_wheelchairs(household_id: int, now: datetime) -> None:
    """Forget who needed room for what, where nobody rides any more: the buses keep their counts."""
    over = sa.select(Fair.id).where(Fair.ends_at < now)
    requests = sa.select(RideRequest.id).where(RideRequest.household_id == household_id)
    offers = sa.select(Offer.id).where(Offer.household_id == household_id)
    gone = sa.or_(RideRequest.fair_id.in_(over), RideRequest.state == RequestState.CANCELLED)
    _forget_room(RideRequest, sa.and_(RideRequest.household_id == household_id, gone))
    _forget_room(Ride, sa.and_(Ride.request_id.in_(requests), Ride.fair_id.in_(over)))
    _forget_room(RideHold, sa.and_(RideHold.offer_id.in_(offers), RideHold.fair_id.in_(over)))


def _expire_wheelchairs(before: datetime, _now: datetime) -> int:
    """Forget who needed room for what in the buses of fairs that ended before."""
    past = sa.select(Fair.id).where(Fair.ends_at < before)
    return sum(_forget_room(one, one.fair_id.in_(past)) for one in (RideRequest, Ride, RideHold))


def _forget_room(table: type[RideRequest | Ride | RideHold], where: sa.ColumnElement[bool]) -> int:
    needs = table.wheelchairs > 0
    values = {"wheelchairs": 0}
    if table is RideRequest:
        needs, values = sa.or_(needs, RideRequest.prams > 0), {"wheelchairs": 0, "prams": 0}
    query = sa.update(table).where(where, needs).values(values).returning(table.id)
    return len(assert_writing().scalars(query).all())


HOLDERS = (
    Holder(
        "ride_request",
        Subject.HOUSEHOLD,
        _export_requests,
        _erase_wheelchairs,
        Retention(KEEP_NEEDS, _expire_wheelchairs),
    ),
    Holder("ride_alternative", Subject.HOUSEHOLD, _export_alternatives, keep_rows),
    Holder("ride", Subject.HOUSEHOLD, _export_rides, keep_rows),
    Holder("ride_hold", Subject.HOUSEHOLD, _export_holds, keep_rows),
    Holder("bus_answer", Subject.HOUSEHOLD, _export_answers, keep_rows),
)
