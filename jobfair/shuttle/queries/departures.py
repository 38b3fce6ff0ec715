"""Reads about departures: with their calls, and what they have for those who wish."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from jobfair.attendees.models import Household
from jobfair.attendees.ports import Bus
from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.shuttle.models import Call, Departure, RideRequest
from jobfair.shuttle.rules import Direction, Offer, RequestState, Wish, full_ways, parse_key

RIDING = {
    Bus.SEATED: (RequestState.SEATED,),
    Bus.WAITING: (RequestState.WAITING, RequestState.RESTING),
    Bus.NONE: (RequestState.SEATED, RequestState.WAITING, RequestState.RESTING),
}


ANY = sa.select(sa.exists().where(Departure.fair_id == sa.bindparam("fair_id")))


@dataclass(frozen=True)
class ShuttleCounts:
    """The figures of a fair's shuttle."""

    departures: int
    seats: int
    taken: int
    waiting_households: int
    waiting_people: int


@dataclass(frozen=True)
class Waiting:
    """A household that waits, and the ways on which there is no room for all of it."""

    request: RideRequest
    household: Household
    full: tuple[Direction, ...]


def offer_of(departure: Departure) -> Offer:
    """Return what the departure, loaded with its calls, has for those who wish."""
    return Offer(
        departure.id,
        departure.direction,
        departure.line,
        departure.wave,
        frozenset(call.stop_id for call in departure.calls),
        departure.seats - departure.taken,
    )


def wish_of(request: RideRequest) -> Wish:
    """Return what the household asked for."""
    return Wish(request.ways, request.stop_id, request.back_wave, request.people)


def has_shuttle(fair_id: int) -> bool:
    """Tell whether any bus goes to or from the fair."""
    return bool(session().scalar(ANY, {"fair_id": fair_id}))


def households_riding(fair_id: int, bus: Bus) -> sa.Select[int]:
    """Select the households of the fair that have seats, wait for them, or ride no bus."""
    rides = sa.select(RideRequest.household_id).where(
        RideRequest.fair_id == fair_id, RideRequest.state.in_(RIDING[bus])
    )
    if bus is not Bus.NONE:
        return rides
    return sa.select(Household.id).where(Household.fair_id == fair_id, Household.id.not_in(rides))


def list_departures(fair_id: int, direction: Direction | None = None) -> list[Departure]:
    """Return the departures with calls and stops, by line and wave."""
    query = (
        sa.select(Departure)
        .where(Departure.fair_id == fair_id)
        .order_by(Departure.direction.desc(), Departure.line, Departure.wave)
        .options(selectinload(Departure.calls).joinedload(Call.stop))
    )
    if direction is not None:
        query = query.where(Departure.direction == direction)
    return list(session().scalars(query))


def get_departure(fair_id: int, key: str) -> Departure:
    """Return the departure of that key with calls and stops; raise NotFound."""
    parts = parse_key(key)
    if parts is None:
        raise NotFound("not_found")
    direction, line, wave = parts
    found = session().scalar(
        sa.select(Departure)
        .where(
            Departure.fair_id == fair_id,
            Departure.direction == direction,
            Departure.line == line,
            Departure.wave == wave,
        )
        .options(selectinload(Departure.calls).joinedload(Call.stop))
    )
    if found is None:
        raise NotFound("not_found")
    return found


def list_waiting(fair_id: int) -> list[Waiting]:
    """Return the households that wait for seats, with stop and people, who asked first first."""
    offers = [offer_of(departure) for departure in list_departures(fair_id)]
    query = (
        sa.select(RideRequest, Household)
        .join(Household, Household.id == RideRequest.household_id)
        .where(RideRequest.fair_id == fair_id, RideRequest.state == RequestState.WAITING)
        .order_by(RideRequest.requested_at, RideRequest.id)
        .options(joinedload(RideRequest.stop), selectinload(Household.people))
    )
    return [
        Waiting(request, household, full_ways(offers, wish_of(request)))
        for request, household in session().execute(query)
    ]


def counts(fair_id: int) -> ShuttleCounts:
    """Return how many seats there are and how many wait."""
    departures, seats, taken = (
        session()
        .execute(
            sa.select(
                sa.func.count(),
                sa.func.coalesce(sa.func.sum(Departure.seats), 0),
                sa.func.coalesce(sa.func.sum(Departure.taken), 0),
            ).where(Departure.fair_id == fair_id)
        )
        .one()
    )
    households, people = (
        session()
        .execute(
            sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(RideRequest.people), 0)).where(
                RideRequest.fair_id == fair_id, RideRequest.state == RequestState.WAITING
            )
        )
        .one()
    )
    return ShuttleCounts(departures, int(seats), int(taken), households, int(people))
