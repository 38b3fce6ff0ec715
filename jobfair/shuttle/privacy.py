"""The personal data of the shuttle: who rides from where; without names they are only counts."""

import sqlalchemy as sa

from jobfair.attendees.models import Attendee
from jobfair.places.models import Offer
from jobfair.privacy.registry import Holder, Row, Subject, keep_rows, rows_of
from jobfair.shuttle.models import BusAnswer, Ride, RideAlternative, RideHold, RideRequest


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


HOLDERS = (
    Holder("ride_request", Subject.HOUSEHOLD, _export_requests, keep_rows),
    Holder("ride_alternative", Subject.HOUSEHOLD, _export_alternatives, keep_rows),
    Holder("ride", Subject.HOUSEHOLD, _export_rides, keep_rows),
    Holder("ride_hold", Subject.HOUSEHOLD, _export_holds, keep_rows),
    Holder("bus_answer", Subject.HOUSEHOLD, _export_answers, keep_rows),
)
