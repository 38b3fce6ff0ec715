"""Reads about the shuttle: what can be chosen, what a household has, the timetable, figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.data.municipalities import municipality as municipality_of
from jobfair.shuttle.models import Call, Departure, Ride, RideRequest
from jobfair.shuttle.rules import (
    Direction,
    Offer,
    RequestState,
    Ways,
    Wish,
    distance_km,
    parse_key,
)

NEAREST_OTHERS = 3


@dataclass(frozen=True)
class StopChoice:
    """A stop where one can board, with the bus that would carry the household from there."""

    stop_id: int
    name: str
    municipality_name: str
    note: str
    step_free: bool
    line: int
    leaves_at: datetime
    fair_at: datetime
    free: int
    distance_km: float


@dataclass(frozen=True)
class BackChoice:
    """A wave of buses home, and how many seats are free at least."""

    wave: int
    leaves_at: datetime
    free: int


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


@dataclass(frozen=True)
class ShuttleCounts:
    """The figures of a fair's shuttle."""

    departures: int
    seats: int
    taken: int
    waiting_households: int
    waiting_people: int


def offer_of(departure: Departure) -> Offer:
    """Return what the departure, loaded with its calls, has for those who wish."""
    return Offer(
        departure.id,
        departure.direction,
        departure.line,
        departure.wave,
        frozenset(call.stop_id for call in departure.calls),
        departure.seats - departure.taken,
    )


def wish_of(request: RideRequest) -> Wish:
    """Return what the household asked for."""
    return Wish(request.ways, request.stop_id, request.back_wave, request.people)


def has_shuttle(fair_id: int) -> bool:
    """Tell whether any bus goes to or from the fair."""
    query = sa.select(sa.exists().where(Departure.fair_id == fair_id))
    return bool(session().scalar(query))


def list_departures(fair_id: int, direction: Direction | None = None) -> list[Departure]:
    """Return the departures with calls and stops, by line and wave."""
    query = (
        sa.select(Departure)
        .where(Departure.fair_id == fair_id)
        .order_by(Departure.direction.desc(), Departure.line, Departure.wave)
        .options(selectinload(Departure.calls).joinedload(Call.stop))
    )
    if direction is not None:
        query = query.where(Departure.direction == direction)
    return list(session().scalars(query))


def get_departure(fair_id: int, key: str) -> Departure:
    """Return the departure of that key with calls and stops; raise NotFound."""
    parts = parse_key(key)
    if parts is None:
        raise NotFound("not_found")
    direction, line, wave = parts
    found = session().scalar(
        sa.select(Departure)
        .where(
            Departure.fair_id == fair_id,
            Departure.direction == direction,
            Departure.line == line,
            Departure.wave == wave,
        )
        .options(selectinload(Departure.calls).joinedload(Call.stop))
    )
    if found is None:
        raise NotFound("not_found")
    return found


def stop_choices(fair_id: int, municipality: str, people: int = 1) -> list[StopChoice]:
    """Return the stops of the municipality, then the nearest others, nearest first.

    Each names the first bus with room for so many people, or the first bus where none has.
    """
    best: dict[int, tuple[bool, int, int, StopChoice]] = {}
    home = municipality_of(municipality)
    for departure in list_departures(fair_id, Direction.OUT):
        for call in departure.calls:
            choice = _stop_choice(departure, call, (home.lat, home.lon))
            rank = (choice.free < people, departure.wave, departure.line, choice)
            known = best.get(call.stop_id)
            if known is None or rank[:3] < known[:3]:
                best[call.stop_id] = rank
    choices = sorted((rank[3] for rank in best.values()), key=lambda one: one.distance_km)
    near = [one for one in choices if one.municipality_name == home.display_name]
    others = [one for one in choices if one.municipality_name != home.display_name]
    return near + others[:NEAREST_OTHERS]


def back_choices(fair_id: int, stop_ids: Iterable[int]) -> list[BackChoice]:
    """Return the waves that go home to any of these stops, in order of time.

    Where buses of a wave differ, it says what holds for every stop: the fewest free seats.
    """
    wanted = set(stop_ids)
    leaves: dict[int, datetime] = {}
    free: dict[int, dict[int, int]] = {}
    for departure in list_departures(fair_id, Direction.BACK):
        room = departure.seats - departure.taken
        for call in departure.calls:
            if call.stop_id in wanted:
                at_stop = free.setdefault(departure.wave, {})
                at_stop[call.stop_id] = max(room, at_stop.get(call.stop_id, 0))
                earliest = leaves.get(departure.wave, departure.fair_at)
                leaves[departure.wave] = min(earliest, departure.fair_at)
    waves = sorted(leaves, key=lambda wave: leaves[wave])
    return [BackChoice(wave, leaves[wave], min(free[wave].values())) for wave in waves]


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


def counts(fair_id: int) -> ShuttleCounts:
    """Return how many seats there are and how many wait."""
    departures, seats, taken = (
        session()
        .execute(
            sa.select(
                sa.func.count(),
                sa.func.coalesce(sa.func.sum(Departure.seats), 0),
                sa.func.coalesce(sa.func.sum(Departure.taken), 0),
            ).where(Departure.fair_id == fair_id)
        )
        .one()
    )
    households, people = (
        session()
        .execute(
            sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(RideRequest.people), 0)).where(
                RideRequest.fair_id == fair_id, RideRequest.state == RequestState.WAITING
            )
        )
        .one()
    )
    return ShuttleCounts(departures, int(seats), int(taken), households, int(people))


def _stop_choice(departure: Departure, call: Call, home: tuple[float, float]) -> StopChoice:
    stop = call.stop
    return StopChoice(
        stop_id=stop.id,
        name=stop.name,
        municipality_name=municipality_of(stop.municipality).display_name,
        note=stop.note,
        step_free=stop.step_free,
        line=departure.line,
        leaves_at=call.at,
        fair_at=departure.fair_at,
        free=departure.seats - departure.taken,
        distance_km=distance_km(home, (stop.lat, stop.lon)),
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
