"""Reads a fair's departures and requests as a problem for the allocation."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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
from jobfair.shuttle.models import Departure, Ride, RideHold, RideRequest
from jobfair.shuttle.models import Stop as StopRow
from jobfair.shuttle.queries.waiting import is_asked, is_in_line
from jobfair.shuttle.rules import Direction, RequestState, directions
from jobfair.shuttle.seating import bus_of, seat_request, sets_off

ELSEWHERE = "elsewhere"
GONE = "gone"


def seat_problem(fair_id: int, rows: Collection[Departure], now: datetime) -> Problem:
    """Return the fair's departures, loaded with calls, and who rides or stands in line.

    What is offered is as good as promised until it is answered. A bus that has left has no
    places but for those who ride on it. Who lost a bus has a ride promised that is gone.
    """
    seats, wheelchairs = _held_for_moves(fair_id)
    buses = tuple(_bus(row, seats[row.id], wheelchairs[row.id], now) for row in rows)
    requests = tuple(_requests(fair_id))
    return Problem(
        name=f"fair-{fair_id}",
        waves=_last_wave(buses, requests) + 1,
        stops=_stops(buses, requests),
        departures=buses,
        requests=requests,
    )


def promised(problem: Problem) -> dict[str, Rides]:
    """Return the rides that are promised and go, by request."""
    return {
        request.id: request.confirmed
        for request in problem.requests
        if request.confirmed and GONE not in {ride.departure for ride in request.confirmed.all()}
    }


def list_spared(fair_id: int) -> set[str]:
    """Return the ids of requests that are not to be asked to move: asked before, or waiting."""
    asked = sa.select(Offer.household_id).where(
        Offer.fair_id == fair_id,
        Offer.kind == OfferKind.MOVE,
        Offer.state != OfferState.WITHDRAWN,
    )
    query = sa.select(RideRequest.id).where(
        RideRequest.fair_id == fair_id,
        sa.or_(RideRequest.state != RequestState.SEATED, RideRequest.household_id.in_(asked)),
    )
    return {str(request_id) for request_id in session().scalars(query)}


def _held_for_moves(fair_id: int) -> tuple["Counter[int]", "Counter[int]"]:
    """Return the seats and wheelchair places that proposed moves hold, by departure."""
    query = (
        sa.select(RideHold)
        .join(Offer, Offer.id == RideHold.offer_id)
        .where(RideHold.fair_id == fair_id, Offer.kind == OfferKind.MOVE)
    )
    seats: Counter[int] = Counter()
    wheelchairs: Counter[int] = Counter()
    for one in session().scalars(query.execution_options(populate_existing=True)):
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
            sa.or_(RideRequest.state == RequestState.SEATED, is_in_line(), is_asked()),
        )
        .order_by(RideRequest.requested_at, RideRequest.id)
        .options(selectinload(RideRequest.alternatives), selectinload(RideRequest.rides))
        .execution_options(populate_existing=True)
    )
    held = _held_by_offers(fair_id)
    for place, (request, municipality) in enumerate(session().execute(query)):
        promised = request.rides or held.get(request.household_id, ())
        yield replace(
            seat_request(request),
            municipality=municipality or ELSEWHERE,
            requested=place,
            confirmed=_confirmed(request, promised),
        )


def _held_by_offers(fair_id: int) -> Mapping[int, Sequence[RideHold]]:
    """Return what open offers of seats hold, by household."""
    query = (
        sa.select(Offer.household_id, RideHold)
        .join(Offer, Offer.id == RideHold.offer_id)
        .where(RideHold.fair_id == fair_id, Offer.kind == OfferKind.SEATS)
    )
    found = defaultdict(list)
    for household_id, held in session().execute(query):
        found[household_id].append(held)
    return found


def _confirmed(request: RideRequest, promised: Sequence[Ride] | Sequence[RideHold]) -> Rides | None:
    """Return what the request was promised."""
    rides = {one.direction: Given(str(one.departure_id), str(one.stop_id)) for one in promised}
    rides = rides or _lost(request)
    return Rides(rides.get(Direction.OUT), rides.get(Direction.BACK)) if rides else None


def _lost(request: RideRequest) -> dict[Direction, Given]:
    """Return the rides that were taken away from the request."""
    if request.displaced_at is None:
        return {}
    return {way: Given(GONE, str(request.stop_id)) for way in directions(request.ways)}


def _last_wave(buses: Iterable[Bus], requests: Iterable[SeatRequest]) -> int:
    """Return the last wave that is driven or asked for."""
    waves = [bus.wave for bus in buses]
    waves += [request.wave(way) or 0 for request in requests for way in request.directions]
    return max(waves, default=0)


def _stops(buses: Iterable[Bus], requests: Iterable[SeatRequest]) -> tuple[Stop, ...]:
    """Return the stops that are spoken of."""
    ids = {int(stop) for bus in buses for stop in bus.stops}
    for request in requests:
        ids.update(map(int, (request.stop, *request.alternatives)))
    rows = session().scalars(sa.select(StopRow).where(StopRow.id.in_(ids)).order_by(StopRow.id))
    return tuple(Stop(str(row.id), row.municipality) for row in rows)
