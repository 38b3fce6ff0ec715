"""A fair with a few buses, households of which only the number of people matters, and a checker."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.models import Household
from jobfair.attendees.rules import HouseholdState
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.places.models import Offer
from jobfair.places.rules import OfferKind, OfferState
from jobfair.shuttle.models import Departure, Ride, RideHold, RideRequest, Stop
from jobfair.shuttle.operations import RideWish, request_rides
from jobfair.shuttle.queries import is_in_line, list_departures
from jobfair.shuttle.rules import Direction, RequestState, Ways, directions
from jobfair.shuttle.seating import Seating, seat_request
from tests.factories import NOW, make_departure, make_fair, make_stop

MINUTE = timedelta(minutes=1)


@dataclass
class Town:
    """A fair with two stops, two lines out and two waves home."""

    fair: Fair
    stops: list[Stop]

    def household(self, n: int, *, at_once: bool = True) -> int:
        """Add a household of which only the number of its people matters."""
        household = Household(
            fair_id=self.fair.id,
            submission_key=f"h{n}",
            state=HouseholdState.REGISTERED,
            lang="uk",
            municipality="03459014" if n % 2 else "03459024",
            registered_at=NOW,
            take_at_once=at_once,
        )
        with transaction() as current:
            current.add(household)
        return household.id

    def wish(self, household_id: int, people: int, **given: Any) -> RideWish:
        """Return a wish for both ways in the first wave, but for what is given."""
        fields = {"ways": Ways.BOTH, "stop_id": self.stops[0].id, "out_wave": 0, "back_wave": 0}
        return RideWish(self.fair.id, household_id, people=people, **{**fields, **given})


def town(seats: int = 4) -> Town:
    """Make the fair and its buses, each with a place for a wheelchair."""
    fair = make_fair()
    stops = [make_stop(), make_stop()]
    places = {"seats": seats, "wheelchairs": 1}
    make_departure(fair, stops, line=1, **places)
    make_departure(fair, stops[:1], line=2, **places)
    for wave in (0, 1):
        at = fair.ends_at + wave * timedelta(hours=1)
        given = {"direction": Direction.BACK, "line": 1, "wave": wave, "fair_at": at}
        make_departure(fair, stops, **places, **given)
    return Town(fair, stops)


def ask(place: Town, household_id: int, people: int, **wish: Any) -> RideRequest:
    """Request rides in a transaction of its own."""
    now = wish.pop("now", NOW)
    with transaction():
        return request_rides(place.wish(household_id, people, **wish), now=now)


def check(place: Town) -> None:
    """Assert everything that must hold after every step."""
    rides = _rows(Ride, place)
    holds = _rows(RideHold, place)
    departures = {one.id: one for one in list_departures(place.fair.id)}
    _check_counters(departures, [*rides, *holds])
    offers = {one.household_id: one for one in _rows(Offer, place) if one.state is OfferState.OPEN}
    assert {one.offer_id for one in holds} == {offer.id for offer in offers.values()}
    requests = _rows(RideRequest, place, selectinload(RideRequest.alternatives))
    for request in requests:
        own = [ride for ride in rides if ride.request_id == request.id]
        _check_places(request, own, departures)
        seated = request.state is RequestState.SEATED
        ways = sorted(directions(request.ways)) if seated else []
        assert sorted(ride.direction for ride in own) == ways
        offer = offers.pop(request.household_id, None)
        if offer is not None:
            held = [one for one in holds if one.offer_id == offer.id]
            _check_offer(request, offer, held, own)
            _check_places(request, held, departures)
    assert offers == {}
    _check_nobody_fits(place, departures.values())


def _rows(model: type[Any], place: Town, *options: Any) -> list[Any]:
    query = sa.select(model).where(model.fair_id == place.fair.id).order_by(model.id)
    fresh = query.options(*options).execution_options(populate_existing=True)
    return list(session().scalars(fresh))


def _check_counters(departures: dict[int, Departure], held: Iterable[Ride | RideHold]) -> None:
    """Assert that each departure counts exactly what rides and offers hold, within its places."""
    seats: Counter[int] = Counter()
    wheelchairs: Counter[int] = Counter()
    for one in held:
        seats[one.departure_id] += one.people - one.wheelchairs
        wheelchairs[one.departure_id] += one.wheelchairs
        assert departures[one.departure_id].direction is one.direction
    for departure in departures.values():
        assert departure.taken == seats[departure.id] <= departure.seats
        assert departure.wheelchairs_taken == wheelchairs[departure.id] <= departure.wheelchairs


def _check_places(
    request: RideRequest, held: Iterable[Ride | RideHold], departures: dict[int, Departure]
) -> None:
    """Assert that the whole household rides where and when it would do."""
    stops = {request.stop_id, *(one.stop_id for one in request.alternatives)}
    for one in held:
        departure = departures[one.departure_id]
        assert (one.people, one.wheelchairs) == (request.people, request.wheelchairs)
        assert one.stop_id in stops & {call.stop_id for call in departure.calls}
        wanted = request.out_wave if one.direction is Direction.OUT else request.back_wave
        assert wanted is not None
        assert abs(departure.wave - wanted) <= request.flexibility


def _check_offer(request: RideRequest, offer: Offer, held: list[RideHold], own: list[Ride]) -> None:
    """Assert that seats are offered to who waits, and other ones to who rides."""
    if offer.kind is OfferKind.SEATS:
        assert request.state is RequestState.WAITING
        assert sorted(one.direction for one in held) == sorted(directions(request.ways))
    else:
        assert request.state is RequestState.SEATED
        assert not {one.departure_id for one in held} & {ride.departure_id for ride in own}
    assert offer.people == request.people


def _check_nobody_fits(place: Town, departures: Iterable[Departure]) -> None:
    """Assert that nobody waits in line who would fit into what is free."""
    seating = Seating(departures)
    line = (
        sa.select(RideRequest)
        .join(Household, Household.id == RideRequest.household_id)
        .where(RideRequest.fair_id == place.fair.id, is_in_line())
        .options(selectinload(RideRequest.alternatives))
    )
    for request in session().scalars(line):
        assert seating.seat(seating.choices_of(seat_request(request))) is None
