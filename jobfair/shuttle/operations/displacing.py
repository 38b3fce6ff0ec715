"""Steps about seats that can't stay: a bus goes no more, is smaller, or calls somewhere else.

First `displace` frees them, then the caller changes the departures, then `place_displaced` has
those people ride otherwise where they can, before anybody else, and tells them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from jobfair.attendees.events import HouseholdChanged
from jobfair.core.db import assert_writing
from jobfair.core.errors import Conflict
from jobfair.core.events import publish
from jobfair.places.models import Offer
from jobfair.places.offers import withdraw
from jobfair.shuttle.models import Departure, Ride, RideHold, RideRequest
from jobfair.shuttle.operations.holding import Departures, give_back, has_now, rides_of, sit
from jobfair.shuttle.operations.offers import drop_offers
from jobfair.shuttle.operations.tidings import tell_bus_taken_out
from jobfair.shuttle.queries.delays import list_gone
from jobfair.shuttle.rules import RequestState
from jobfair.shuttle.seating import Seating, seat_request


@dataclass(frozen=True)
class Shape:
    """What a departure is to be: its places, and the stops where it calls."""

    seats: int
    wheelchairs: int
    stops: frozenset[int]


GONE = Shape(0, 0, frozenset())


def displace(
    departures: Departures, shapes: Mapping[int, Shape], *, now: datetime
) -> list[RideRequest]:
    """Have these departures hold no more than their new shapes can, and return who lost seats.

    Of those who ride, who comes first in line stays. What offers held is given up after that.
    Raises Conflict("departures_gone", lines=…) where a bus would not go, or somebody lose a seat
    on it, that has set off already or is closed.
    """
    displaced: dict[int, RideRequest] = {}
    changed = [departures[gone] for gone, shape in shapes.items() if shape == GONE]
    for departure_id, shape in shapes.items():
        room = _Room(shape)
        lost = [ride for ride in _riders(departure_id) if not room.keeps(ride)]
        give_back(lost, departures)
        for ride in lost:
            ride.request.state, ride.request.displaced_at = RequestState.WAITING, now
            displaced[ride.request_id] = ride.request
            changed.append(departures[departure_id])
        for held, offer in _holds(departure_id):
            if not room.keeps(held):
                withdraw(offer.household_id, now=now, kind=offer.kind)
    _check_to_come(changed, now)
    for request in displaced.values():
        drop_offers(request.household_id, now=now)
    return list(displaced.values())


def _check_to_come(departures: Collection[Departure], now: datetime) -> None:
    """Raise Conflict where one of these has set off, by the latest report, or is closed."""
    gone = {one.line for one in list_gone(assert_writing(), departures, now)}
    if gone:
        raise Conflict("departures_gone", lines=", ".join(map(str, sorted(gone))))


def place_displaced(
    requests: Collection[RideRequest], departures: Departures, *, now: datetime, known: int
) -> None:
    """Have those who lost seats ride otherwise or wait as the first in line, and be told.

    The ride of the other way stays if there is one beside it, else it is free too. Others who
    wait are served by the caller. Raises Conflict("riders_affected", people=…, waiting=…) where
    not as many people lost seats as were `known` to whoever asked for it.
    """
    for request in sorted(requests, key=lambda one: (-one.priority, one.requested_at, one.id)):
        kept = rides_of(request)
        give_back(kept, departures)
        seating = Seating(departures.values(), now, {ride.departure_id for ride in kept})
        asked = replace(seat_request(request), confirmed=has_now(kept))
        if given := seating.seat(seating.choices_of(asked)):
            sit(request, given, departures)
        tell_bus_taken_out(request.household_id, now)
    people = sum(request.people for request in requests)
    if people != known:
        waiting = [one.people for one in requests if one.state is RequestState.WAITING]
        raise Conflict("riders_affected", people=people, waiting=sum(waiting))


def tell_new_times(fair_id: int, stops: Mapping[int, Collection[int]], *, now: datetime) -> None:
    """Have those be told who ride on these departures from or to these stops."""
    query = sa.select(RideRequest.household_id, Ride.departure_id, Ride.stop_id).join(Ride.request)
    rows = assert_writing().execute(query.where(Ride.departure_id.in_(stops)))
    theirs = {household for household, bus, stop in rows if stop in stops[bus]}
    for household_id in sorted(theirs):
        publish(HouseholdChanged(fair_id, household_id, ("ride",), now))


class _Room:
    """The places of a departure to be, while those who ride keep theirs in order."""

    def __init__(self, shape: Shape) -> None:
        self._seats, self._wheelchairs = shape.seats, shape.wheelchairs
        self._stops = shape.stops

    def keeps(self, held: Ride | RideHold) -> bool:
        """Count what is held, if it has room where the bus still calls."""
        seats = self._seats - (held.people - held.wheelchairs)
        wheelchairs = self._wheelchairs - held.wheelchairs
        if held.stop_id not in self._stops or seats < 0 or wheelchairs < 0:
            return False
        self._seats, self._wheelchairs = seats, wheelchairs
        return True


def _riders(departure_id: int) -> Sequence[Ride]:
    """Return the rides on a departure with their requests, first come first."""
    query = (
        sa.select(Ride)
        .join(Ride.request)
        .where(Ride.departure_id == departure_id)
        .order_by(RideRequest.priority.desc(), RideRequest.requested_at, RideRequest.id)
        .options(contains_eager(Ride.request).selectinload(RideRequest.alternatives))
        .execution_options(populate_existing=True)
    )
    return assert_writing().scalars(query).all()


def _holds(departure_id: int) -> list[tuple[RideHold, Offer]]:
    """Return what offers hold on a departure, the oldest first."""
    query = (
        sa.select(RideHold, Offer)
        .join(Offer, Offer.id == RideHold.offer_id)
        .where(RideHold.departure_id == departure_id)
        .order_by(RideHold.id)
        .execution_options(populate_existing=True)
    )
    return [(held, offer) for held, offer in assert_writing().execute(query)]
