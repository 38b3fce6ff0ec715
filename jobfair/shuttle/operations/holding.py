"""Steps about seats that requests and offers hold, under the lock on the fair's departures.

Whoever changes seats holds the fair's row and then all of its departures in the order of their
ids, so the figures that are decided on stay true until the end; `ck_departure_seats` and
`ck_departure_wheelchairs` have the last word.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.core.db import assert_writing
from jobfair.fairs.operations import lock_fair
from jobfair.places.models import Offer
from jobfair.shuttle.allocation.problem import Ride as Given
from jobfair.shuttle.allocation.problem import Rides
from jobfair.shuttle.models import Departure, Ride, RideHold, RideRequest
from jobfair.shuttle.rules import Direction, RequestState

Departures = dict[int, Departure]


def lock_departures(fair_id: int) -> Departures:
    """Return the fair's departures by id as they are now, unchanged by others until the end."""
    lock_fair(fair_id)
    query = (
        sa.select(Departure)
        .where(Departure.fair_id == fair_id)
        .order_by(Departure.id)
        .with_for_update()
        .options(selectinload(Departure.calls))
        .execution_options(populate_existing=True)
    )
    return {departure.id: departure for departure in assert_writing().scalars(query)}


def lock_request(household_id: int) -> tuple[RideRequest, Departures] | None:
    """Return the household's request and the departures, locked before the request is read."""
    query = sa.select(RideRequest.fair_id).where(RideRequest.household_id == household_id)
    fair_id = assert_writing().scalar(query)
    if fair_id is None:
        return None
    departures = lock_departures(fair_id)
    request = find_request(household_id)
    return (request, departures) if request else None


def find_request(household_id: int) -> RideRequest | None:
    """Return the household's request as it is now, with the other stops that would do."""
    query = sa.select(RideRequest).where(RideRequest.household_id == household_id)
    fresh = query.options(selectinload(RideRequest.alternatives))
    return assert_writing().scalar(fresh.execution_options(populate_existing=True))


def rides_of(request: RideRequest) -> Sequence[Ride]:
    """Return the request's rides as they are now."""
    query = sa.select(Ride).where(Ride.request_id == request.id).order_by(Ride.id)
    fresh = query.execution_options(populate_existing=True)
    return assert_writing().scalars(fresh).all()


def has_now(rides: Iterable[Ride]) -> Rides:
    """Return these rides as the allocation sees them."""
    held = {ride.direction: Given(str(ride.departure_id), str(ride.stop_id)) for ride in rides}
    return Rides(held.get(Direction.OUT), held.get(Direction.BACK))


def sit(request: RideRequest, given: Rides, departures: Departures) -> None:
    """Have the request, which holds none, hold its seats on these rides."""
    session = assert_writing()
    seats = _counted(request, given, departures)
    session.add_all([Ride(request_id=request.id, **seat) for seat in seats])
    request.state, request.displaced_at = RequestState.SEATED, None
    session.flush()


def give_back(rides: Iterable[Ride], departures: Departures) -> None:
    """Have these rides be no more, and their seats free."""
    session = assert_writing()
    for ride in rides:
        _count(departures[ride.departure_id], -ride.people, -ride.wheelchairs)
        session.delete(ride)
    session.flush()


def hold(offer: Offer, request: RideRequest, given: Rides, departures: Departures) -> None:
    """Have the offer hold the request's seats on these rides."""
    session = assert_writing()
    seats = _counted(request, given, departures)
    session.add_all([RideHold(offer_id=offer.id, **seat) for seat in seats])
    session.flush()


def let_go(offer_id: int, departures: Departures) -> Rides:
    """Have the offer hold nothing any more, and return what it held."""
    session = assert_writing()
    query = sa.select(RideHold).where(RideHold.offer_id == offer_id).order_by(RideHold.id)
    held = {}
    for one in session.scalars(query.execution_options(populate_existing=True)).all():
        _count(departures[one.departure_id], -one.people, -one.wheelchairs)
        held[one.direction] = Given(str(one.departure_id), str(one.stop_id))
        session.delete(one)
    session.flush()
    return Rides(held.get(Direction.OUT), held.get(Direction.BACK))


def fit_to(request: RideRequest, offers: Sequence[Offer], departures: Departures) -> None:
    """Have the seats that the request and these offers hold be for exactly its people."""
    session = assert_writing()
    for offer in offers:
        offer.people = request.people
    holds = sa.select(RideHold).where(RideHold.offer_id.in_([offer.id for offer in offers]))
    fresh = holds.execution_options(populate_existing=True)
    for one in (*rides_of(request), *session.scalars(fresh)):
        departure = departures[one.departure_id]
        more, wheelchairs = request.people - one.people, request.wheelchairs - one.wheelchairs
        _count(departure, more, wheelchairs)
        one.people, one.wheelchairs = request.people, request.wheelchairs
    session.flush()


def _counted(request: RideRequest, given: Rides, departures: Departures) -> list[dict[str, Any]]:
    """Count the request's seats on these rides; return what a row that holds one says of it."""
    seats = []
    for ride in given.all():
        departure = departures[int(ride.departure)]
        _count(departure, request.people, request.wheelchairs)
        seats.append(
            {
                "fair_id": request.fair_id,
                "departure_id": departure.id,
                "stop_id": int(ride.stop),
                "direction": departure.direction,
                "people": request.people,
                "wheelchairs": request.wheelchairs,
            }
        )
    return seats


def _count(departure: Departure, people: int, wheelchairs: int) -> None:
    departure.taken += people - wheelchairs
    departure.wheelchairs_taken += wheelchairs
