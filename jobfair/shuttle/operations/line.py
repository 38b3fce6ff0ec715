"""Steps about those who wait for seats: whoever fits whole has them, or is asked."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.models import Household
from jobfair.core.db import assert_writing
from jobfair.places.offers import make_offer
from jobfair.places.rules import OfferKind
from jobfair.shuttle.allocation.problem import Rides
from jobfair.shuttle.allocation.promotion import promote as in_turn
from jobfair.shuttle.models import RideRequest
from jobfair.shuttle.operations.holding import Departures, hold, sit
from jobfair.shuttle.operations.tidings import tell_seats_found, tell_seats_offered
from jobfair.shuttle.queries import IN_LINE, is_in_line, promised, seat_problem
from jobfair.shuttle.seating import Seating, seat_request


def promote(departures: Departures, *, now: datetime) -> None:
    """Have every waiting household that fits whole hold seats, or be offered them.

    Who goes first is what the aims of the allocation say.
    """
    assert_writing().flush()
    fair_ids = {departure.fair_id for departure in departures.values()}
    line = {str(request.id): (request, household) for request, household in list_line(fair_ids)}
    seating = Seating(departures.values(), now)
    choices = seating.choices(seat_request(request) for request, _household in line.values())
    if any(seating.room.nearest(entry) for entry in choices.values()):
        problem = seat_problem(fair_ids.pop(), departures.values(), now)
        for seat in in_turn(problem, promised(problem)):
            serve(*line[seat.request], seat.rides, departures, now)


def list_line(fair_ids: Collection[int]) -> Sequence[tuple[RideRequest, Household]]:
    """Return who gets seats as soon as there are some, first come first."""
    query = (
        sa.select(RideRequest, Household)
        .join(Household, Household.id == RideRequest.household_id)
        .where(RideRequest.fair_id.in_(fair_ids), is_in_line())
        .order_by(*IN_LINE)
        .options(selectinload(RideRequest.alternatives))
        .execution_options(populate_existing=True)
    )
    return [(request, household) for request, household in assert_writing().execute(query)]


def serve(
    request: RideRequest,
    household: Household,
    given: Rides,
    departures: Departures,
    now: datetime,
) -> None:
    """Have a waiting household hold these seats, or be offered them if it wants to be asked."""
    if household.take_at_once:
        sit(request, given, departures)
        tell_seats_found(household.id, now)
        return
    offer = make_offer(household, None, request.people, now=now, kind=OfferKind.SEATS)
    hold(offer, request, given, departures)
    tell_seats_offered(offer, now)
