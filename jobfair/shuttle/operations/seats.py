"""Steps about seats in the caller's transaction: taking, freeing, promoting those who wait.

Whoever changes seats holds all departures of the fair, locked in the order of their ids, so the
figures that are decided on stay true until the end; `ck_departure_seats` has the last word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.queries import get_household
from jobfair.core.db import assert_writing
from jobfair.core.errors import Conflict, Invalid
from jobfair.fairs.queries import get_fair
from jobfair.shuttle import letters
from jobfair.shuttle.models import Departure, Ride, RideRequest
from jobfair.shuttle.queries import journey_of, offer_of, wish_of
from jobfair.shuttle.rules import RequestState, Ways, Wish, choose, directions, usable
from jobfair.telling.operations import tell
from jobfair.web.links import absolute, token_for

Departures = dict[int, Departure]
ATTACHED = ("sheet", "calendar")


@dataclass(frozen=True)
class RideWish:
    """A household's wish for the shuttle; `back_wave` is None where it doesn't ride home."""

    fair_id: int
    household_id: int
    ways: Ways
    stop_id: int
    back_wave: int | None
    people: int


def request_rides(wish: RideWish, *, now: datetime, resting: bool = False) -> RideRequest:
    """Have the household hold seats on all rides that it wishes, or wait for all of them.

    A resting wish takes none until it is woken. Raises Invalid("no_departure") where no bus could
    ever carry the household.
    """
    departures = lock_departures(wish.fair_id)
    need = _need_of(wish, departures)
    request = _request_row(wish, need, now)
    if resting:
        request.state = RequestState.RESTING
    else:
        _seat(request, departures)
    assert_writing().flush()
    return request


def wake(household_id: int, *, now: datetime) -> None:
    """Have a wish that rested hold seats, or wait for them behind those who asked before."""
    held = _lock_request(household_id)
    if held is None or held[0].state is not RequestState.RESTING:
        return
    request, departures = held
    request.state, request.requested_at = RequestState.WAITING, now
    _seat(request, departures)


def change_rides(
    wish: RideWish | None, household_id: int, *, now: datetime, resting: bool = False
) -> None:
    """Have the household ride as it wishes now; None gives all seats back.

    Seats that it holds stay until the others are sure: raises Conflict("seats_not_free").
    """
    held = _lock_request(household_id)
    if wish is None:
        release(household_id, now=now)
    elif held is None or held[0].state is RequestState.CANCELLED:
        request_rides(wish, now=now, resting=resting)
    else:
        _wish_anew(*held, wish, now)


def _wish_anew(request: RideRequest, departures: Departures, wish: RideWish, now: datetime) -> None:
    before, need = request.state, _need_of(wish, departures)
    _give_back(request, departures)
    request.ways, request.stop_id = need.ways, need.stop_id
    request.out_wave = None if need.ways is Ways.BACK else 0
    request.back_wave, request.people = need.back_wave, need.people
    if before is RequestState.RESTING:
        return
    request.state = RequestState.WAITING
    if not _seat(request, departures) and before is RequestState.SEATED:
        raise Conflict("seats_not_free")
    promote(departures, now=now)


def _need_of(wish: RideWish, departures: Departures) -> Wish:
    """Return what is wished; raise Invalid("no_departure") where no bus could ever do it."""
    need = Wish(wish.ways, wish.stop_id, _back_wave(wish), wish.people)
    offers = [offer_of(departure) for departure in departures.values()]
    if not all(usable(offers, need, way) for way in directions(need.ways)):
        raise Invalid("no_departure")
    return need


def enlarge(household_id: int, people: int, *, now: datetime) -> None:
    """Have so many of the household ride: on the same buses if they fit, else all of them wait."""
    held = _lock_request(household_id)
    if held is None or held[0].state is RequestState.CANCELLED or people <= held[0].people:
        return
    request, departures = held
    before = request.state
    _give_back(request, departures)
    request.people = people
    if before is RequestState.SEATED:
        request.state, request.requested_at = RequestState.WAITING, now
        _seat(request, departures)
    promote(departures, now=now)


def release(household_id: int, *, now: datetime) -> None:
    """Have the household neither ride nor wait; whoever waits and fits now has the seats."""
    held = _lock_request(household_id)
    if held is None:
        return
    request, departures = held
    _give_back(request, departures)
    request.state = RequestState.CANCELLED
    promote(departures, now=now)


def resize(household_id: int, people: int, *, now: datetime) -> None:
    """Have no more than so many of the household ride, or wait; the other seats are free."""
    if people < 1:
        release(household_id, now=now)
        return
    held = _lock_request(household_id)
    if held is None or people >= held[0].people:
        return
    request, departures = held
    for ride in _rides(request):
        departures[ride.departure_id].taken -= ride.people - people
        ride.people = people
    request.people = people
    promote(departures, now=now)


def promote(departures: Departures, *, now: datetime) -> None:
    """Have every waiting household that fits whole hold seats, in the order of the requests."""
    session = assert_writing()
    session.flush()
    fairs = {departure.fair_id for departure in departures.values()}
    waiting = (
        sa.select(RideRequest)
        .where(RideRequest.fair_id.in_(fairs), RideRequest.state == RequestState.WAITING)
        .order_by(RideRequest.requested_at, RideRequest.id)
        .execution_options(populate_existing=True)
    )
    for request in session.scalars(waiting).all():
        if _seat(request, departures):
            _tell_seats_found(request, now)


def lock_departures(fair_id: int) -> Departures:
    """Return the fair's departures by id as they are now, unchanged by others until the end."""
    query = (
        sa.select(Departure)
        .where(Departure.fair_id == fair_id)
        .order_by(Departure.id)
        .with_for_update()
        .options(selectinload(Departure.calls))
        .execution_options(populate_existing=True)
    )
    return {departure.id: departure for departure in assert_writing().scalars(query)}


def _back_wave(wish: RideWish) -> int | None:
    if wish.ways is not Ways.OUT and wish.back_wave is None:
        raise Invalid("no_departure")
    return None if wish.ways is Ways.OUT else wish.back_wave


def _request_row(wish: RideWish, need: Wish, now: datetime) -> RideRequest:
    """Return the household's request, waiting; an earlier cancelled one is used again."""
    session = assert_writing()
    request = _find_request(wish.household_id)
    if request is None:
        request = RideRequest(fair_id=wish.fair_id, household_id=wish.household_id)
    elif request.state is not RequestState.CANCELLED:
        raise Conflict("rides_requested")
    request.ways, request.stop_id = need.ways, need.stop_id
    request.out_wave = None if need.ways is Ways.BACK else 0
    request.back_wave, request.people = need.back_wave, need.people
    request.state, request.requested_at = RequestState.WAITING, now
    session.add(request)
    session.flush()
    return request


def _seat(request: RideRequest, departures: Departures) -> bool:
    """Have the waiting request hold its seats, if all of its rides fit."""
    offers = [offer_of(departure) for departure in departures.values()]
    chosen = choose(offers, wish_of(request))
    for offer in chosen:
        departures[offer.departure_id].taken += request.people
        assert_writing().add(
            Ride(
                fair_id=request.fair_id,
                request_id=request.id,
                departure_id=offer.departure_id,
                stop_id=request.stop_id,
                direction=offer.direction,
                people=request.people,
            )
        )
    if chosen:
        request.state = RequestState.SEATED
    assert_writing().flush()
    return bool(chosen)


def _give_back(request: RideRequest, departures: Departures) -> None:
    """Have the request hold no seats."""
    session = assert_writing()
    for ride in _rides(request):
        departures[ride.departure_id].taken -= ride.people
        session.delete(ride)
    session.flush()


def _lock_request(household_id: int) -> tuple[RideRequest, Departures] | None:
    """Return the household's request and the departures, locked before the request is read."""
    query = sa.select(RideRequest.fair_id).where(RideRequest.household_id == household_id)
    fair_id = assert_writing().scalar(query)
    if fair_id is None:
        return None
    departures = lock_departures(fair_id)
    request = _find_request(household_id)
    return (request, departures) if request else None


def _find_request(household_id: int) -> RideRequest | None:
    query = sa.select(RideRequest).where(RideRequest.household_id == household_id)
    return assert_writing().scalar(query.execution_options(populate_existing=True))


def _rides(request: RideRequest) -> Sequence[Ride]:
    query = sa.select(Ride).where(Ride.request_id == request.id).order_by(Ride.id)
    fresh = query.execution_options(populate_existing=True)
    return assert_writing().scalars(fresh).all()


def _tell_seats_found(request: RideRequest, now: datetime) -> None:
    """Have a household that waited and rides now be told."""
    household = get_household(request.household_id)
    journey = journey_of(household.id)
    if journey is None:
        return
    fair = get_fair(request.fair_id)
    token = token_for("my", household.id, household.link_version)
    tell(
        household,
        "seats_found",
        lambda: letters.seats_found(fair, journey, absolute("booking.my", token=token)),
        now=now,
        attachments=ATTACHED,
    )
