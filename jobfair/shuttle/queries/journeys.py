"""Reads about households: their rides, or what they wait for."""

from collections.abc import Collection, Sequence
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
    return journeys_of([household_id]).get(household_id)


def journeys_of(household_ids: Collection[int]) -> dict[int, Journey]:
    """Return the journeys of these households of a fair that ride or wait, by their ids."""
    query = (
        sa.select(RideRequest)
        .where(
            RideRequest.household_id.in_(household_ids),
            RideRequest.state != RequestState.CANCELLED,
        )
        .options(joinedload(RideRequest.stop))
    )
    requests = list(session().scalars(query))
    rides, homeward = _rides_of(requests), _homeward(requests)
    return {
        request.household_id: Journey(
            state=request.state,
            ways=request.ways,
            people=request.people,
            stop_name=request.stop.name,
            stop_note=request.stop.note,
            out=rides.get((request.id, Direction.OUT)),
            back=rides.get((request.id, Direction.BACK)),
            wanted_back_at=homeward.get((request.back_wave, request.stop_id)),
        )
        for request in requests
    }


def _rides_of(requests: Sequence[RideRequest]) -> dict[tuple[int, Direction], RideView]:
    query = (
        sa.select(Ride, Departure, Call)
        .join(Departure, Departure.id == Ride.departure_id)
        .join(Call, sa.and_(Call.departure_id == Departure.id, Call.stop_id == Ride.stop_id))
        .where(Ride.request_id.in_([request.id for request in requests]))
    )
    by_id = {request.id: request for request in requests}
    views = {}
    for ride, departure, call in session().execute(query):
        out, stop = ride.direction is Direction.OUT, by_id[ride.request_id].stop
        leaves_at, arrives_at = (call.at, departure.fair_at)[:: 1 if out else -1]
        views[ride.request_id, ride.direction] = RideView(
            departure.line, leaves_at, arrives_at, stop.name, stop.note
        )
    return views


def _homeward(requests: Sequence[RideRequest]) -> dict[tuple[int | None, int], datetime]:
    """Return when the first bus of each wave goes home to each stop."""
    if not requests:
        return {}
    query = (
        sa.select(
            Departure.wave,
            Call.stop_id,
            sa.func.min(Departure.fair_at, type_=Departure.fair_at.type),
        )
        .join(Departure.calls)
        .where(
            Departure.fair_id == requests[0].fair_id,
            Departure.direction == Direction.BACK,
            Call.stop_id.in_({request.stop_id for request in requests}),
        )
        .group_by(Departure.wave, Call.stop_id)
    )
    return {(wave, stop_id): at for wave, stop_id, at in session().execute(query)}
