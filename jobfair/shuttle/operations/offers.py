"""What happens to seats that offers hold: given where they are accepted, else free for others."""

from datetime import datetime

from jobfair.attendees.events import HouseholdChanged
from jobfair.attendees.queries import get_household
from jobfair.core.db import assert_writing
from jobfair.core.errors import Conflict
from jobfair.core.events import publish
from jobfair.places.models import Offer
from jobfair.places.offers import Keeper, find_open, make_offer, withdraw
from jobfair.places.rules import OfferKind, OfferState
from jobfair.shuttle.allocation.problem import Ride as Given
from jobfair.shuttle.allocation.problem import Rides
from jobfair.shuttle.models import RideRequest
from jobfair.shuttle.operations.holding import (
    Departures,
    find_request,
    give_back,
    has_now,
    hold,
    let_go,
    lock_departures,
    rides_of,
    sit,
)
from jobfair.shuttle.operations.line import promote
from jobfair.shuttle.operations.tidings import (
    tell_move_proposed,
    tell_seats_expired,
    tell_seats_found,
)
from jobfair.shuttle.rules import RequestState
from jobfair.shuttle.seating import Seating


def drop_offers(household_id: int, *, now: datetime) -> None:
    """Have no offer of seats or of a move be open to the household, and what they held be free."""
    for kind in KEEPERS:
        withdraw(household_id, now=now, kind=kind)


def propose_move(
    request_id: int, present: Given, proposed: Given, *, departures: Departures, now: datetime
) -> bool:
    """Have a household that has this ride be asked whether it takes the other one instead.

    Tell whether it is asked: the places must be free, and no other question open.
    """
    request = assert_writing().get(RideRequest, request_id, populate_existing=True)
    if request is None or present not in has_now(rides_of(request)).all():
        return False
    way = departures[int(proposed.departure)].direction
    instead = Rides(**{way.value: proposed})
    if not Seating(departures.values(), now).has_room_for(request, instead):
        return False
    if find_open(request.household_id, OfferKind.MOVE) is not None:
        return False
    household = get_household(request.household_id)
    offer = make_offer(household, None, request.people, now=now, kind=OfferKind.MOVE)
    hold(offer, request, instead, departures)
    tell_move_proposed(offer, now)
    return True


def _give_seats(offer: Offer, now: datetime) -> None:
    """Have the household ride as it was offered."""
    departures = lock_departures(offer.fair_id)
    request = find_request(offer.household_id)
    if request is None or request.state is not RequestState.WAITING:
        raise Conflict("offer_gone")
    sit(request, let_go(offer.id, departures), departures)
    tell_seats_found(offer.household_id, now)


def _take_seats_back(offer: Offer, now: datetime) -> None:
    """Have the seats go to the next in line.

    Who refused them needs the bus no more; who didn't answer waits behind the others.
    """
    departures = lock_departures(offer.fair_id)
    let_go(offer.id, departures)
    request = find_request(offer.household_id)
    if offer.state is OfferState.WITHDRAWN or request is None:
        return
    if offer.state is OfferState.DECLINED:
        request.state = RequestState.CANCELLED
    else:
        request.requested_at, request.displaced_at = now, None
        tell_seats_expired(offer.household_id, now)
    promote(departures, now=now)


def _move(offer: Offer, now: datetime) -> None:
    """Have the household ride as was proposed, and those who wait get what becomes free."""
    departures = lock_departures(offer.fair_id)
    request = find_request(offer.household_id)
    if request is None or request.state is not RequestState.SEATED:
        raise Conflict("offer_gone")
    proposed, rides = let_go(offer.id, departures), rides_of(request)
    before = has_now(rides)
    give_back(rides, departures)
    sit(request, Rides(proposed.out or before.out, proposed.back or before.back), departures)
    publish(HouseholdChanged(offer.fair_id, offer.household_id, ("ride",), now))
    promote(departures, now=now)


def _stay(offer: Offer, now: datetime) -> None:
    """Have the household ride as before, and the seats that were proposed be free."""
    departures = lock_departures(offer.fair_id)
    let_go(offer.id, departures)
    if offer.state is not OfferState.WITHDRAWN:
        promote(departures, now=now)


KEEPERS = {
    OfferKind.SEATS: Keeper(_give_seats, _take_seats_back),
    OfferKind.MOVE: Keeper(_move, _stay),
}
