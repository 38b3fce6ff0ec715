"""What a wish for the shuttle would bring now, and where one that waits stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.models import Household
from jobfair.core.db import session
from jobfair.shuttle.allocation.problem import Ride
from jobfair.shuttle.models import Departure, RideRequest
from jobfair.shuttle.operations import RideWish
from jobfair.shuttle.operations.seats import asked_of
from jobfair.shuttle.queries import RideView, is_in_line, list_departures, position_of
from jobfair.shuttle.queries.journeys import ride_view
from jobfair.shuttle.rules import RequestState, WaitReason
from jobfair.shuttle.seating import Seating, seat_request


@dataclass(frozen=True)
class Prospect:
    """What a household gets or has: rides, or else a place in the line from 1, and why it waits."""

    out: RideView | None = None
    back: RideView | None = None
    position: int = 0
    reason: WaitReason | None = None


def prospect_of(wish: RideWish, now: datetime) -> Prospect:
    """Return what the wish would bring: seats that are free now, else the end of the line."""
    departures = list_departures(wish.fair_id)
    seating = Seating(departures, now)
    entry = seating.choices_of(asked_of(wish))
    given = seating.seat(entry) if seating.is_planned and entry.reachable else None
    if given is None:
        return Prospect(position=_count_waiting(wish.fair_id) + 1, reason=seating.reason(entry))
    by_id = {str(departure.id): departure for departure in departures}
    return Prospect(_view(given.out, by_id), _view(given.back, by_id))


def standing_of(household_id: int, now: datetime) -> Prospect | None:
    """Return where a household that waits for seats stands in the line, None where it doesn't."""
    query = (
        sa.select(RideRequest, is_in_line())
        .join(Household, Household.id == RideRequest.household_id)
        .where(RideRequest.household_id == household_id, RideRequest.state == RequestState.WAITING)
        .options(selectinload(RideRequest.alternatives))
    )
    found = session().execute(query).first()
    if found is None:
        return None
    request, in_line = found
    seating = Seating(list_departures(request.fair_id), now)
    reason = seating.reason(seating.choices_of(seat_request(request)), in_line=in_line)
    return Prospect(position=position_of(request), reason=reason)


def _view(ride: Ride | None, departures: Mapping[str, Departure]) -> RideView | None:
    if ride is None:
        return None
    departure = departures[ride.departure]
    call = next(one for one in departure.calls if str(one.stop_id) == ride.stop)
    return ride_view(departure, call, call.stop)


def _count_waiting(fair_id: int) -> int:
    query = sa.select(sa.func.count()).where(
        RideRequest.fair_id == fair_id, RideRequest.state == RequestState.WAITING
    )
    return session().scalar(query) or 0
