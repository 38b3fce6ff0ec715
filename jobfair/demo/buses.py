"""Plans the buses of the demo fair and gives their seats to who asked first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from jobfair.booking.rules import RideInput
from jobfair.data import demo_facts
from jobfair.data.demo import DemoLine
from jobfair.demo.bulk import insert_all
from jobfair.demo.people import Family
from jobfair.demo.rules import bus_loads
from jobfair.shuttle.allocation.problem import Rides, SeatRequest
from jobfair.shuttle.models import Departure, Ride, RideRequest
from jobfair.shuttle.operations import add_departures, add_stops, lock_departures
from jobfair.shuttle.rules import (
    WAVES_MOST,
    CallInput,
    DepartureInput,
    Direction,
    RequestState,
    StopInput,
    Ways,
)
from jobfair.shuttle.seating import Seating

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
    seating = Seating(departures.values())
    asked = _ask(seating, household_ids, families)
    request_ids = insert_all(RideRequest.id, [_request(fair_id, one) for one in asked])
    rows = list(_rides(fair_id, request_ids, asked, departures))
    for row in rows:
        departures[row["departure_id"]].taken += row["people"]
    insert_all(Ride.id, rows)
    riding = sum(one.rides is not None for one in asked)
    return Seated(riding, len(asked) - riding)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A household's wish, and the rides that it has; none where it waits."""

    household_id: int
    at: datetime
    wish: SeatRequest
    rides: Rides | None


def _ask(
    seating: Seating, household_ids: Sequence[int], families: Sequence[Family]
) -> list[_Asked]:
    """Seat the households that want to ride, in the order in which they asked."""
    wishes = {
        household_id: (family.registered_at, _wish(household_id, family, family.ride))
        for household_id, family in zip(household_ids, families, strict=True)
        if family.ride
    }
    choices = seating.choices(wish for _at, wish in wishes.values())
    return [
        _Asked(household_id, at, wish, seating.seat(choices[wish.id]))
        for household_id, (at, wish) in wishes.items()
    ]


def _wish(household_id: int, family: Family, ride: RideInput) -> SeatRequest:
    """Return the wish; on the way out every wave would do."""
    return SeatRequest(
        id=str(household_id),
        stop=str(ride.stop_id),
        seats=len(family.household.people),
        wheelchairs=0,
        priority=0,
        municipality=family.household.municipality,
        requested=0,
        out_wave=None if ride.ways is Ways.BACK else 0,
        back_wave=ride.back_wave,
        flexibility=WAVES_MOST,
    )


def _request(fair_id: int, asked: _Asked) -> dict[str, Any]:
    wish = asked.wish
    return {
        "fair_id": fair_id,
        "household_id": asked.household_id,
        "ways": _ways(wish),
        "stop_id": int(wish.stop),
        "out_wave": wish.out_wave,
        "back_wave": wish.back_wave,
        "flexibility": wish.flexibility,
        "people": wish.people,
        "state": RequestState.SEATED if asked.rides else RequestState.WAITING,
        "requested_at": asked.at,
    }


def _ways(wish: SeatRequest) -> Ways:
    return Ways.BOTH if len(wish.directions) == len(Direction) else Ways(wish.directions[0].value)


def _rides(
    fair_id: int,
    request_ids: Sequence[int],
    asked: Sequence[_Asked],
    departures: Mapping[int, Departure],
) -> Iterator[dict[str, Any]]:
    for request_id, one in zip(request_ids, asked, strict=True):
        for ride in one.rides.all() if one.rides else ():
            yield {
                "fair_id": fair_id,
                "request_id": request_id,
                "departure_id": int(ride.departure),
                "stop_id": int(ride.stop),
                "direction": departures[int(ride.departure)].direction,
                "people": one.wish.people,
            }
