"""Reads about plans with their documents: drafts as stored, the timetable as it is now."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

import sqlalchemy as sa

from jobfair.core.db import session
from jobfair.core.errors import Invalid
from jobfair.shuttle.document import (
    Document,
    Left,
    PlanBus,
    PlanCall,
    PlanTrip,
    PlanWave,
    read_document,
    straight_roads,
    vehicles,
    with_rounds,
)
from jobfair.shuttle.models import Departure, Ride, RoadTable, ShuttlePlan
from jobfair.shuttle.planning.types import Group, Groups, Reason, TravelTimes
from jobfair.shuttle.queries.demand import asked_for, place_of, plan_buses, plan_stops
from jobfair.shuttle.queries.departures import list_departures
from jobfair.shuttle.queries.plans import get_plan, list_waves, settings_of
from jobfair.shuttle.roads import RoadTimes, matrix
from jobfair.shuttle.rules import Direction, PlanState, RequestState

MINUTE = timedelta(minutes=1)
Boarding = dict[tuple[int, int], Groups]
"""Who boards or alights, by departure and stop."""


@dataclass(frozen=True)
class OpenPlan:
    """A plan with its document, and the road times that it counts on."""

    row: ShuttlePlan
    document: Document
    roads: TravelTimes


def open_plan(fair_id: int, plan_id: int) -> OpenPlan:
    """Return the plan, which is the timetable as it is now if it is published; raise NotFound."""
    row = get_plan(fair_id, plan_id)
    document = read_document(row.document)
    if row.state is PlanState.PUBLISHED:
        document = timetable_document(fair_id, document)
    return OpenPlan(row, document, roads_of(fair_id, document))


def roads_of(fair_id: int, document: Document) -> TravelTimes:
    """Return the road times of the plan: the server's where it was asked, else straight lines."""
    straight = straight_roads(document)
    if not document.roads:
        return straight
    times = session().scalar(
        sa.select(RoadTable.times).where(
            RoadTable.fair_id == fair_id, RoadTable.digest == document.roads
        )
    )
    return matrix(RoadTimes(**times), straight) if times else straight


def timetable_document(fair_id: int, known: Document | None = None) -> Document:
    """Return the buses that go to the fair and home as a plan, with everybody who rides or waits.

    Limits and road times are those of the plan that is `known`. Raises Invalid where no bus goes,
    or the fair has no place on the map.
    """
    departures = list_departures(fair_id)
    if not departures:
        raise Invalid("plan_without_timetable")
    buses = _Buses(plan_buses(fair_id))
    waves = tuple(_waves(fair_id, departures, buses))
    policy, roads = (known.policy, known.roads) if known else (settings_of(fair_id), "")
    plan = Document(place_of(fair_id), waves, plan_stops(), buses.known, policy, roads)
    if any(departure.block is None for departure in departures):
        plan = with_rounds(plan, roads_of(fair_id, plan))
    return _with_waiting(fair_id, buses.counted(plan))


class _Buses:
    """The kinds of buses of a timetable: those that are known, and what others there are."""

    def __init__(self, known: Sequence[PlanBus]) -> None:
        self.known = tuple(known)
        self._unknown: set[str] = set()

    def name_of(self, departure: Departure) -> str:
        """Return the kind of bus that the departure is, which is known from now on."""
        places = (departure.seats, departure.wheelchairs)
        fitting = [bus.name for bus in self.known if (bus.seats, bus.wheelchairs) == places]
        if departure.bus in fitting:
            return departure.bus
        if fitting:
            return fitting[0]
        name = " + ".join(str(number) for number in places)
        self.known += (PlanBus(name, *places, count=0, cost_cents=0),)
        self._unknown.add(name)
        return name

    def counted(self, plan: Document) -> Document:
        """Return the plan with as many buses of kinds that nobody has told as there must be."""
        used = vehicles(plan)
        buses = (
            replace(bus, count=used[bus.name]) if bus.name in self._unknown else bus
            for bus in plan.buses
        )
        return replace(plan, buses=tuple(buses))


def _waves(fair_id: int, departures: Sequence[Departure], buses: _Buses) -> Iterator[PlanWave]:
    told = {
        (way, wave.number): at
        for wave in list_waves(fair_id)
        for way, at in ((Direction.OUT, wave.arrives_at), (Direction.BACK, wave.returns_at))
    }
    boarding = _boarding(fair_id)
    order = list(Direction)
    rows = sorted(departures, key=lambda one: (order.index(one.direction), one.wave, one.line))
    for (way, number), group in groupby(rows, key=lambda one: (one.direction, one.wave)):
        going = list(group)
        times = [departure.fair_at for departure in going]
        at = told.get((way, number)) or (max(times) if way is Direction.OUT else min(times))
        trips = tuple(_trip(departure, at, boarding, buses) for departure in going)
        yield PlanWave(way, number, at, trips)


def _trip(departure: Departure, at: datetime, boarding: Boarding, buses: _Buses) -> PlanTrip:
    calls = (
        PlanCall(
            call.stop_id,
            boarding.get((departure.id, call.stop_id), ()),
            abs(call.at - departure.fair_at) // MINUTE,
        )
        for call in departure.calls
    )
    shift = (departure.fair_at - at) // MINUTE
    return PlanTrip(departure.line, buses.name_of(departure), tuple(calls), shift, departure.block)


def _boarding(fair_id: int) -> Boarding:
    query = sa.select(Ride.departure_id, Ride.stop_id, Ride.people, Ride.wheelchairs)
    found: Boarding = defaultdict(tuple)
    for departure, stop, people, chairs in session().execute(
        query.where(Ride.fair_id == fair_id).order_by(Ride.id)
    ):
        found[departure, stop] += (Group(people - chairs, chairs),)
    return found


def _with_waiting(fair_id: int, plan: Document) -> Document:
    """Return the plan with those left over who wait for seats."""
    waves = list(plan.waves)
    for index, asked in asked_for(fair_id, plan, (RequestState.WAITING,)).items():
        left = (Left(stop, groups, Reason.TOO_FEW_BUSES) for stop, groups in asked.items())
        waves[index] = replace(waves[index], unserved=tuple(left))
    return replace(plan, waves=tuple(waves))
