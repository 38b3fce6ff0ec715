"""Reads about departures: with their calls, and what they have for those who wish."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.models import Household
from jobfair.attendees.ports import Bus
from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.shuttle.models import Call, Departure, RideRequest, Wave
from jobfair.shuttle.rules import Direction, RequestState, parse_key

RIDING = {
    Bus.SEATED: (RequestState.SEATED,),
    Bus.WAITING: (RequestState.WAITING, RequestState.RESTING),
    Bus.NONE: (RequestState.SEATED, RequestState.WAITING, RequestState.RESTING),
}


ANY = sa.select(
    sa.exists().where(Departure.fair_id == sa.bindparam("fair_id"))
    | sa.exists().where(Wave.fair_id == sa.bindparam("fair_id"))
)


@dataclass(frozen=True)
class ShuttleCounts:
    """The figures of a fair's shuttle."""

    departures: int
    seats: int
    taken: int
    waiting_households: int
    waiting_people: int


def people_asking(fair_id: int) -> int:
    """Return how many people have seats or wait for them, each counted once."""
    states = (RequestState.SEATED, RequestState.WAITING)
    query = sa.select(sa.func.coalesce(sa.func.sum(RideRequest.people), 0))
    asking = query.where(RideRequest.fair_id == fair_id, RideRequest.state.in_(states))
    return int(session().scalar(asking) or 0)


def has_shuttle(fair_id: int) -> bool:
    """Tell whether buses go to or from the fair, or are planned at least."""
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
