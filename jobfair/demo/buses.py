"""Plans the buses of the demo fair and gives their seats to who asked first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from jobfair.data import demo_facts
from jobfair.data.demo import DemoLine
from jobfair.demo.bulk import insert_all
from jobfair.demo.people import Family
from jobfair.demo.rules import bus_loads
from jobfair.shuttle.models import Ride, RideRequest
from jobfair.shuttle.operations import add_departures, add_stops, lock_departures
from jobfair.shuttle.queries import offer_of
from jobfair.shuttle.rules import (
    CallInput,
    DepartureInput,
    Direction,
    Offer,
    RequestState,
    StopInput,
    Ways,
    Wish,
    choose,
)

BETWEEN_WAVES = timedelta(minutes=45)

StopIds = dict[str, int]  # by the key that the facts give a stop


@dataclass(frozen=True)
class Seated:
    """How many households ride, and how many wait because a bus is full."""

    riding: int
    waiting: int


def add_all_stops() -> StopIds:
    """Have a stop in every municipality and return the ids."""
    facts = demo_facts().stops
    wanted = [
        StopInput(one.municipality, one.name, one.lat, one.lon, one.platform, one.step_free)
        for one in facts
    ]
    stops = add_stops(wanted)
    return {fact.key: stop.id for fact, stop in zip(facts, stops, strict=True)}


def stops_by_municipality(stop_ids: StopIds) -> dict[str, list[int]]:
    """Return the stops of each municipality."""
    stops: dict[str, list[int]] = defaultdict(list)
    for fact in demo_facts().stops:
        stops[fact.municipality].append(stop_ids[fact.key])
    return stops


def add_buses(fair_id: int, starts_at: datetime, stop_ids: StopIds, attendees: int) -> int:
    """Have every line go as often as so many people need it; return how many buses depart."""
    lines = demo_facts().lines
    sets, waves = bus_loads(attendees, len(lines))
    plans: list[DepartureInput] = []
    for number in range(sets):
        for line in lines:
            numbered = replace(line, number=line.number + number * len(lines))
            plans += _out(numbered, starts_at, stop_ids, waves)
            plans += _back(numbered, starts_at, stop_ids)
    return len(add_departures(fair_id, plans))


def _out(
    line: DemoLine, starts_at: datetime, stop_ids: StopIds, waves: int
) -> Iterator[DepartureInput]:
    for wave in range(waves):
        begins = starts_at + wave * BETWEEN_WAVES
        yield DepartureInput(
            Direction.OUT,
            line.number,
            wave,
            line.seats,
            begins - timedelta(minutes=line.arrives_before),
            tuple(
                CallInput(stop_ids[call.stop], begins - timedelta(minutes=call.minutes_before))
                for call in line.calls
            ),
            line.wheelchairs,
        )


def _back(line: DemoLine, starts_at: datetime, stop_ids: StopIds) -> Iterator[DepartureInput]:
    for wave, leaves in enumerate(line.back):
        leaves_at = datetime.combine(starts_at.date(), leaves, starts_at.tzinfo)
        yield DepartureInput(
            Direction.BACK,
            line.number,
            wave,
            line.seats,
            leaves_at,
            tuple(
                CallInput(stop_ids[call.stop], leaves_at + timedelta(minutes=call.ride_minutes))
                for call in line.calls
            ),
            line.wheelchairs,
        )


def request_all(fair_id: int, household_ids: Sequence[int], families: Sequence[Family]) -> Seated:
    """Have every household that wished to ride hold all of its seats, or wait for all."""
    departures = lock_departures(fair_id)
    seats = _Seats(offer_of(departure) for departure in departures.values())
    asked = list(_ask(seats, household_ids, families))
    request_ids = insert_all(RideRequest.id, [_request(fair_id, one) for one in asked])
    for departure in departures.values():
        departure.taken = departure.seats - seats.offers[departure.id].free
    insert_all(Ride.id, list(_rides(fair_id, request_ids, asked)))
    riding = sum(bool(one.offers) for one in asked)
    return Seated(riding, len(asked) - riding)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A household's wish, and the buses that carry it; none where it waits."""

    household_id: int
    at: datetime
    wish: Wish
    offers: tuple[Offer, ...]


def _ask(
    seats: "_Seats", household_ids: Sequence[int], families: Sequence[Family]
) -> Iterator[_Asked]:
    """Seat the households that want to ride, in the order in which they asked."""
    for household_id, family in zip(household_ids, families, strict=True):
        if ride := family.ride:
            people = len(family.household.people)
            wish = Wish(ride.ways, ride.stop_id, ride.back_wave, people)
            yield _Asked(household_id, family.registered_at, wish, seats.take(wish))


class _Seats:
    """The seats that are still free, with the stops at which each bus calls."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        self.offers = {offer.departure_id: offer for offer in offers}
        self.calling: dict[int, list[int]] = defaultdict(list)
        for offer in self.offers.values():
            for stop_id in offer.stops:
                self.calling[stop_id].append(offer.departure_id)

    def take(self, wish: Wish) -> tuple[Offer, ...]:
        """Take the wish's seats on all of its rides, or none, and return who carries it."""
        chosen = choose([self.offers[one] for one in self.calling[wish.stop_id]], wish)
        for offer in chosen:
            left = replace(offer, free=offer.free - wish.people)
            self.offers[offer.departure_id] = left
        return chosen


def _request(fair_id: int, asked: _Asked) -> dict[str, Any]:
    return {
        "fair_id": fair_id,
        "household_id": asked.household_id,
        "ways": asked.wish.ways,
        "stop_id": asked.wish.stop_id,
        "out_wave": None if asked.wish.ways is Ways.BACK else 0,
        "back_wave": asked.wish.back_wave,
        "people": asked.wish.people,
        "state": RequestState.SEATED if asked.offers else RequestState.WAITING,
        "requested_at": asked.at,
    }


def _rides(
    fair_id: int, request_ids: Sequence[int], asked: Sequence[_Asked]
) -> Iterator[dict[str, Any]]:
    for request_id, one in zip(request_ids, asked, strict=True):
        for offer in one.offers:
            yield {
                "fair_id": fair_id,
                "request_id": request_id,
                "departure_id": offer.departure_id,
                "stop_id": one.wish.stop_id,
                "direction": offer.direction,
                "people": one.wish.people,
            }
