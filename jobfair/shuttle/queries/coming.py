"""Reads of the buses that are about to arrive: no more than the door needs to know of them."""

from collections import Counter
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from jobfair.checkin.models import Scan
from jobfair.checkin.ports import BusNow
from jobfair.checkin.rules import Direction as Way
from jobfair.fairs.models import Fair
from jobfair.shuttle.lateness import fair_position, late_at
from jobfair.shuttle.models import Departure, Ride, RideRequest
from jobfair.shuttle.names import bus_name
from jobfair.shuttle.queries.delays import delays_of
from jobfair.shuttle.rules import RequestState


def list_coming(session: Session, fair_id: int, departure_ids: Collection[int]) -> list[BusNow]:
    """Return these departures, the next first, with who has a seat and who is on board."""
    query = sa.select(Departure).where(Departure.id.in_(departure_ids))
    departures = session.scalars(query.options(selectinload(Departure.calls)))
    zone, lates = session.get_one(Fair, fair_id).time_zone, delays_of(session, fair_id)
    seated, aboard = _seated(session, departure_ids), _aboard(session, fair_id, departure_ids)
    buses = [
        BusNow(
            departure_id=bus.id,
            direction=bus.direction.value,
            line=bus.line,
            name=bus_name(bus, zone),
            fair_at=bus.fair_at,
            late=late_at(lates.get(bus.id, ()), fair_position(bus.direction, len(bus.calls))),
            expected=seated.get(bus.id, 0),
            on_board=aboard[bus.id],
        )
        for bus in departures
    ]
    return sorted(buses, key=lambda bus: (bus.due_at, bus.line))


def _seated(session: Session, departure_ids: Collection[int]) -> dict[int, int]:
    query = (
        sa.select(Ride.departure_id, sa.func.sum(Ride.people))
        .join(RideRequest, RideRequest.id == Ride.request_id)
        .where(Ride.departure_id.in_(departure_ids), RideRequest.state == RequestState.SEATED)
        .group_by(Ride.departure_id)
    )
    return {bus_id: int(people) for bus_id, people in session.execute(query)}


def _aboard(session: Session, fair_id: int, departure_ids: Collection[int]) -> Counter[int | None]:
    """Return how many people are on board of each, by the last scan of each person there."""
    query = (
        sa.select(Scan.departure_id, Scan.attendee_id, Scan.direction)
        .where(
            Scan.fair_id == fair_id,
            Scan.departure_id.in_(departure_ids),
            Scan.passed,
            Scan.counts,
            Scan.undone_at.is_(None),
        )
        .order_by(Scan.scanned_at, Scan.received_at)
    )
    last = {(bus_id, person): way for bus_id, person, way in session.execute(query)}
    return Counter(bus_id for (bus_id, _person), way in last.items() if way is Way.BOARD)
