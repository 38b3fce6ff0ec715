"""The personal data of the shuttle: who rides from where; without names they are only counts."""

import sqlalchemy as sa

from jobfair.privacy.registry import Holder, Row, Subject, keep_rows, rows_of
from jobfair.shuttle.models import Ride, RideRequest


def _export_requests(household_id: int) -> list[Row]:
    return rows_of(sa.select(RideRequest).where(RideRequest.household_id == household_id))


def _export_rides(household_id: int) -> list[Row]:
    theirs = sa.select(RideRequest.id).where(RideRequest.household_id == household_id)
    return rows_of(sa.select(Ride).where(Ride.request_id.in_(theirs)).order_by(Ride.id))


HOLDERS = (
    Holder("ride_request", Subject.HOUSEHOLD, _export_requests, keep_rows),
    Holder("ride", Subject.HOUSEHOLD, _export_rides, keep_rows),
)
