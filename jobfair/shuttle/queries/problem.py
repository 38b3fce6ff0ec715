"""Reads a fair's departures and requests as a problem for the allocation."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.models import Household
from jobfair.core.db import session
from jobfair.places.models import Offer
from jobfair.places.rules import OfferKind, OfferState
from jobfair.shuttle.allocation.problem import Departure as Bus
from jobfair.shuttle.allocation.problem import Problem, Rides, SeatRequest, Stop
from jobfair.shuttle.allocation.problem import Ride as Given
from jobfair.shuttle.models import Departure, RideHold, RideRequest
from jobfair.shuttle.models import Stop as StopRow
from jobfair.shuttle.queries.departures import list_departures
from jobfair.shuttle.queries.waiting import is_in_line
from jobfair.shuttle.rules import Direction, RequestState
from jobfair.shuttle.seating import bus_of, seat_request, sets_off

ELSEWHERE = "elsewhere"
GONE = "gone"


def seat_problem(fair_id: int, now: datetime) -> Problem:
    """Return who rides and who stands in line, and what departures have beside open offers.

    A bus that has left has places only for those who ride on it. Who lost a bus has a ride
    confirmed that is gone.
    """
    rows = list_departures(fair_id)
    seats, wheelchairs = _held(fair_id)
    buses = tuple(_bus(row, seats[row.id], wheelchairs[row.id], now) for row in rows)
    requests = tuple(_requests(fair_id))
    waves = [bus.wave for bus in buses]
    waves += [request.wave(way) or 0 for request in requests for way in request.directions]
    return Problem(
        name=f"fair-{fair_id}",
        waves=max(waves, default=0) + 1,
        stops=_stops(buses, requests),
        departures=buses,
        requests=requests,
    )


def list_askable(fair_id: int) -> set[str]:
    """Return the ids of requests that ride and were never asked to move."""
    asked = sa.select(Offer.household_id).where(
        Offer.fair_id == fair_id,
        Offer.kind == OfferKind.MOVE,
        Offer.state != OfferState.WITHDRAWN,
    )
    query = sa.select(RideRequest.id).where(
        RideRequest.fair_id == fair_id,
        RideRequest.state == RequestState.SEATED,
        RideRequest.household_id.not_in(asked),
    )
    return {str(request_id) for request_id in session().scalars(query)}


def _held(fair_id: int) -> tuple["Counter[int]", "Counter[int]"]:
    """Return the seats and wheelchair places that offers hold, by departure."""
    query = sa.select(RideHold).where(RideHold.fair_id == fair_id)
    seats: Counter[int] = Counter()
    wheelchairs: Counter[int] = Counter()
    for one in session().scalars(query):
        seats[one.departure_id] += one.people - one.wheelchairs
        wheelchairs[one.departure_id] += one.wheelchairs
    return seats, wheelchairs


def _bus(row: Departure, seats: int, wheelchairs: int, now: datetime) -> Bus:
    left = sets_off(row) <= now
    places = (row.taken, row.wheelchairs_taken) if left else (row.seats, row.wheelchairs)
    return replace(bus_of(row), seats=places[0] - seats, wheelchairs=places[1] - wheelchairs)


def _requests(fair_id: int) -> Iterable[SeatRequest]:
    query = (
        sa.select(RideRequest, Household.municipality)
        .join(Household, Household.id == RideRequest.household_id)
        .where(
            RideRequest.fair_id == fair_id,
            sa.or_(RideRequest.state == RequestState.SEATED, is_in_line()),
        )
        .order_by(RideRequest.requested_at, RideRequest.id)
        .options(selectinload(RideRequest.alternatives), selectinload(RideRequest.rides))
        .execution_options(populate_existing=True)
    )
    for place, (request, municipality) in enumerate(session().execute(query)):
        yield replace(
            seat_request(request),
            municipality=municipality or ELSEWHERE,
            requested=place,
            confirmed=_confirmed(request),
        )


def _confirmed(request: RideRequest) -> Rides | None:
    """Return what the request was promised."""
    held = {
        ride.direction: Given(str(ride.departure_id), str(ride.stop_id)) for ride in request.rides
    }
    if request.displaced_at is not None:
        held = {way: Given(GONE, str(request.stop_id)) for way in seat_request(request).directions}
    return Rides(held.get(Direction.OUT), held.get(Direction.BACK)) if held else None


def _stops(buses: Iterable[Bus], requests: Iterable[SeatRequest]) -> tuple[Stop, ...]:
    """Return the stops that are spoken of."""
    ids = {int(stop) for bus in buses for stop in bus.stops}
    for request in requests:
        ids |= {int(stop) for stop in (request.stop, *request.alternatives)}
    rows = session().scalars(sa.select(StopRow).where(StopRow.id.in_(ids)).order_by(StopRow.id))
    return tuple(Stop(str(row.id), row.municipality) for row in rows)
