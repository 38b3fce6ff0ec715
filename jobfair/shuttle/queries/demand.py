"""Reads for plans to come: what they begin with, and who wants to ride from where in which wave."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import fields

import sqlalchemy as sa

from jobfair.core.db import session
from jobfair.core.errors import Invalid
from jobfair.data.municipalities import municipality as municipality_of
from jobfair.fairs.models import Fair
from jobfair.fairs.queries import get_fair
from jobfair.shuttle.document import Document, PlanBus, PlanStop, PlanWave
from jobfair.shuttle.estimate import Catchment, expected_riders, spread
from jobfair.shuttle.models import RideRequest, Stop
from jobfair.shuttle.planning.types import Group, Groups
from jobfair.shuttle.queries.plans import list_bus_types, list_waves, settings_of
from jobfair.shuttle.rules import DemandSource, Direction, RequestState

WANTING = (RequestState.WAITING, RequestState.SEATED)
Asked = dict[int, Groups]
"""Who wants to ride in a wave, by stop."""


def frame_of(fair_id: int) -> Document:
    """Return a plan of the fair without trips; raise Invalid where something is missing for it."""
    buses = plan_buses(fair_id)
    if not any(bus.count for bus in buses):
        raise Invalid("plan_without_buses")
    waves = tuple(_waves(fair_id))
    if not waves:
        raise Invalid("plan_without_waves")
    stops = plan_stops()
    if all(stop.lat is None for stop in stops):
        raise Invalid("plan_without_stops")
    return Document(place_of(fair_id), waves, stops, buses, settings_of(fair_id))


def place_of(fair_id: int) -> tuple[float, float]:
    """Return latitude and longitude of the fair; raise Invalid where nobody has said them."""
    fair = get_fair(fair_id)
    if fair.lat is None or fair.lon is None:
        raise Invalid("plan_without_fair_place")
    return fair.lat, fair.lon


def _waves(fair_id: int) -> Iterator[PlanWave]:
    waves = list_waves(fair_id)
    for wave in waves:
        if wave.arrives_at:
            yield PlanWave(Direction.OUT, wave.number, wave.arrives_at)
    for wave in waves:
        if wave.returns_at:
            yield PlanWave(Direction.BACK, wave.number, wave.returns_at)


def plan_buses(fair_id: int) -> tuple[PlanBus, ...]:
    """Return the fair's kinds of buses as plans have them."""
    names = [field.name for field in fields(PlanBus)]
    rows = list_bus_types(fair_id)
    return tuple(PlanBus(**{name: getattr(row, name) for name in names}) for row in rows)


def plan_stops() -> tuple[PlanStop, ...]:
    """Return all stops as plans have them."""
    rows = session().scalars(sa.select(Stop).order_by(Stop.id))
    return tuple(PlanStop(row.id, row.name, row.municipality, row.lat, row.lon) for row in rows)


def demand_of(fair_id: int, frame: Document, source: DemandSource) -> dict[int, Asked]:
    """Return who wants to ride in each wave of the frame, by its index there."""
    if source is DemandSource.REQUESTS:
        return asked_for(fair_id, frame, WANTING)
    riders = _estimated(fair_id, frame)
    found: dict[int, Asked] = {}
    for direction in Direction:
        indices = [n for n, wave in enumerate(frame.waves) if wave.direction is direction]
        found |= spread(riders, indices) if indices else {}
    return found


def asked_for(fair_id: int, frame: Document, states: Collection[RequestState]) -> dict[int, Asked]:
    """Return households by stop, each in the wave that is nearest to its wish, by its index."""
    query = sa.select(RideRequest).where(
        RideRequest.fair_id == fair_id, RideRequest.state.in_(states)
    )
    found: dict[int, Asked] = defaultdict(dict)
    for request in session().scalars(query.order_by(RideRequest.id)):
        group = Group(request.people - request.wheelchairs, request.wheelchairs)
        for way, wanted in ((Direction.OUT, request.out_wave), (Direction.BACK, request.back_wave)):
            if wanted is not None and (index := _nearest(frame, way, wanted)) is not None:
                asked = found[index]
                asked[request.stop_id] = (*asked.get(request.stop_id, ()), group)
    return dict(found)


def _nearest(frame: Document, direction: Direction, wanted: int) -> int | None:
    numbers = {n: wave.number for n, wave in enumerate(frame.waves) if wave.direction is direction}
    return min(numbers, key=lambda n: (abs(numbers[n] - wanted), n), default=None)


def _estimated(fair_id: int, frame: Document) -> dict[int, int]:
    fair = get_fair(fair_id)
    earlier = _earlier_riders(fair)
    places = [_catchment(stop, earlier[stop.id]) for stop in frame.stops if stop.lat is not None]
    riders = frame.policy.riders or earlier.total() or fair.capacity // 2
    return expected_riders(places, riders)


def _catchment(stop: PlanStop, earlier: int) -> Catchment:
    place = municipality_of(stop.municipality)
    people = 0 if place.is_city_of_osnabrueck else place.population
    return Catchment(stop.id, stop.municipality, people, earlier)


def _earlier_riders(fair: Fair) -> Counter[int]:
    """Return how many people asked for a ride at each stop, at the last fair where any did."""
    asked = RideRequest.state != RequestState.CANCELLED
    last = session().scalar(
        sa.select(Fair.id)
        .join(RideRequest, RideRequest.fair_id == Fair.id)
        .where(Fair.starts_at < fair.starts_at, asked)
        .order_by(Fair.starts_at.desc(), Fair.id)
        .limit(1)
    )
    rows = session().execute(
        sa.select(RideRequest.stop_id, sa.func.sum(RideRequest.people))
        .where(RideRequest.fair_id == last, asked)
        .group_by(RideRequest.stop_id)
    )
    return Counter({stop_id: int(people) for stop_id, people in rows})
