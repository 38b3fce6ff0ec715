"""Reads about one household: its rides, or what it waits for."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from jobfair.core.db import session
from jobfair.shuttle.models import Call, Departure, Ride, RideRequest
from jobfair.shuttle.rules import Direction, RequestState, Ways


@dataclass(frozen=True)
class RideView:
    """A ride as the household needs it: at a time, at a stop, for so many minutes."""

    line: int
    leaves_at: datetime
    arrives_at: datetime
    stop_name: str
    stop_note: str

    @property
    def minutes(self) -> int:
        """Return how long the ride takes."""
        return round((self.arrives_at - self.leaves_at).total_seconds() / 60)


@dataclass(frozen=True)
class Journey:
    """What a household has or waits for; rides are None for those who wait."""

    state: RequestState
    ways: Ways
    people: int
    stop_name: str
    stop_note: str
    out: RideView | None
    back: RideView | None
    wanted_back_at: datetime | None


def journey_of(household_id: int) -> Journey | None:
    """Return the household's journey, or None where it doesn't ride and doesn't wait."""
    request = session().scalar(
        sa.select(RideRequest)
        .where(
            RideRequest.household_id == household_id,
            RideRequest.state != RequestState.CANCELLED,
        )
        .options(joinedload(RideRequest.stop))
    )
    if request is None:
        return None
    rides = _ride_views(request)
    return Journey(
        state=request.state,
        ways=request.ways,
        people=request.people,
        stop_name=request.stop.name,
        stop_note=request.stop.note,
        out=rides.get(Direction.OUT),
        back=rides.get(Direction.BACK),
        wanted_back_at=_wanted_back_at(request),
    )


def _ride_views(request: RideRequest) -> dict[Direction, RideView]:
    query = (
        sa.select(Ride, Departure, Call)
        .join(Departure, Departure.id == Ride.departure_id)
        .join(Call, sa.and_(Call.departure_id == Departure.id, Call.stop_id == Ride.stop_id))
        .where(Ride.request_id == request.id)
    )
    views = {}
    for ride, departure, call in session().execute(query):
        out = ride.direction is Direction.OUT
        leaves_at, arrives_at = (call.at, departure.fair_at)[:: 1 if out else -1]
        views[ride.direction] = RideView(
            departure.line, leaves_at, arrives_at, request.stop.name, request.stop.note
        )
    return views


def _wanted_back_at(request: RideRequest) -> datetime | None:
    query = (
        sa.select(sa.func.min(Departure.fair_at))
        .join(Departure.calls)
        .where(
            Departure.fair_id == request.fair_id,
            Departure.direction == Direction.BACK,
            Departure.wave == request.back_wave,
            Call.stop_id == request.stop_id,
        )
    )
    return session().scalar(query)
