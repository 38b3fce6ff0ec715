"""Reads about households: their rides, or what they wait for."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from jobfair.core.db import session
from jobfair.shuttle.lateness import Late, fair_position, late_at
from jobfair.shuttle.models import Call, Departure, Ride, RideRequest, Stop, Wave
from jobfair.shuttle.queries.delays import delays_of
from jobfair.shuttle.rules import CALLS_MOST, Direction, RequestState, Ways


@dataclass(frozen=True)
class RideView:
    """A ride as the household needs it: when by the timetable, where, and how late the bus is."""

    line: int
    leaves_at: datetime
    arrives_at: datetime
    stop_name: str
    stop_note: str
    leaves_late: int = 0
    arrives_late: int = 0

    @property
    def stop_place(self) -> str:
        """Return the stop and where to stand there."""
        return ", ".join(filter(None, (self.stop_name, self.stop_note)))

    @property
    def minutes(self) -> int:
        """Return how long the ride takes."""
        return round((self.arrives_at - self.leaves_at).total_seconds() / 60)

    @property
    def leaves_expected(self) -> datetime:
        """Return when the bus leaves, as is known now."""
        return self.leaves_at + timedelta(minutes=self.leaves_late)

    @property
    def arrives_expected(self) -> datetime:
        """Return when the bus arrives, as is known now."""
        return self.arrives_at + timedelta(minutes=self.arrives_late)


@dataclass(frozen=True)
class Journey:
    """What a household has or waits for; rides are None for those who wait.

    The stop is the one that was wished, rides may begin and end at others. `is_displaced` says
    that the bus which was sure is gone.
    """

    state: RequestState
    ways: Ways
    people: int
    wheelchairs: int
    prams: int
    only_by_bus: bool
    is_displaced: bool
    stop_name: str
    stop_note: str
    out: RideView | None
    back: RideView | None
    wanted_out_at: datetime | None
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
    if not requests:
        return {}
    rides, wanted = _rides_of(requests), _wanted(requests)
    return {
        request.household_id: Journey(
            state=request.state,
            ways=request.ways,
            people=request.people,
            wheelchairs=request.wheelchairs,
            prams=request.prams,
            only_by_bus=request.only_by_bus,
            is_displaced=request.displaced_at is not None,
            stop_name=request.stop.name,
            stop_note=request.stop.note,
            out=rides.get((request.id, Direction.OUT)),
            back=rides.get((request.id, Direction.BACK)),
            wanted_out_at=wanted.get((request.id, Direction.OUT)),
            wanted_back_at=wanted.get((request.id, Direction.BACK)),
        )
        for request in requests
    }


def ride_view(departure: Departure, call: Call, stop: Stop, lates: Sequence[Late] = ()) -> RideView:
    """Return a ride of the departure between the fair and that call."""
    at_stop = late_at(lates, call.position)
    at_fair = late_at(lates, fair_position(departure.direction, CALLS_MOST))
    out = departure.direction is Direction.OUT
    ends = (call.at, at_stop), (departure.fair_at, at_fair)
    (leaves_at, leaves_late), (arrives_at, arrives_late) = ends if out else ends[::-1]
    return RideView(
        departure.line, leaves_at, arrives_at, stop.name, stop.note, leaves_late, arrives_late
    )


def _rides_of(requests: Sequence[RideRequest]) -> dict[tuple[int, Direction], RideView]:
    query = (
        sa.select(Ride, Departure, Call, Stop)
        .join(Departure, Departure.id == Ride.departure_id)
        .join(Call, sa.and_(Call.departure_id == Departure.id, Call.stop_id == Ride.stop_id))
        .join(Stop, Stop.id == Ride.stop_id)
        .where(Ride.request_id.in_([request.id for request in requests]))
    )
    rows = session().execute(query).all()
    lates = delays_of(session(), requests[0].fair_id) if rows else {}
    return {
        (ride.request_id, ride.direction): ride_view(
            departure, call, stop, lates.get(departure.id, ())
        )
        for ride, departure, call, stop in rows
    }


def _wanted(requests: Sequence[RideRequest]) -> dict[tuple[int, Direction], datetime | None]:
    """Return when those who have no rides wish to arrive, and to leave for home."""
    unseated = [request for request in requests if request.state is not RequestState.SEATED]
    if not unseated:
        return {}
    fair_id = unseated[0].fair_id
    at_stops, waves = _times(fair_id, {one.stop_id for one in unseated}), _waves(fair_id)
    return {
        (request.id, way): at_stops.get((way, wave, request.stop_id)) or waves.get((way, wave))
        for request, way, wave in _wishes(unseated)
    }


def _wishes(requests: Iterable[RideRequest]) -> Iterator[tuple[RideRequest, Direction, int | None]]:
    for request in requests:
        yield request, Direction.OUT, request.out_wave
        yield request, Direction.BACK, request.back_wave


def _times(
    fair_id: int, stop_ids: Collection[int]
) -> dict[tuple[Direction, int | None, int], datetime]:
    """Return when the first bus of each wave is at the fair that calls at each of these stops."""
    at = Departure.fair_at
    query = (
        sa.select(Departure.direction, Departure.wave, Call.stop_id, sa.func.min(at, type_=at.type))
        .join(Departure.calls)
        .where(Departure.fair_id == fair_id, Call.stop_id.in_(stop_ids))
        .group_by(Departure.direction, Departure.wave, Call.stop_id)
    )
    return {(way, wave, stop): time for way, wave, stop, time in session().execute(query)}


def _waves(fair_id: int) -> dict[tuple[Direction, int | None], datetime | None]:
    """Return when the fair's waves arrive and leave for home."""
    times: dict[tuple[Direction, int | None], datetime | None] = {}
    for wave in session().scalars(sa.select(Wave).where(Wave.fair_id == fair_id)):
        times[Direction.OUT, wave.number] = wave.arrives_at
        times[Direction.BACK, wave.number] = wave.returns_at
    return times
