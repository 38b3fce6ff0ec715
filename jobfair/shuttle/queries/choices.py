"""Reads for those who choose: where one can board, and when buses arrive and go home."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import sqlalchemy as sa

from jobfair.core.db import session
from jobfair.data.municipalities import municipality as municipality_of
from jobfair.shuttle.models import Call, Departure, Ride, RideRequest, Stop
from jobfair.shuttle.queries.departures import list_departures
from jobfair.shuttle.queries.plans import list_waves
from jobfair.shuttle.queries.stops import list_stops
from jobfair.shuttle.rules import Direction, distance_km

NEAREST_OTHERS = 3
UNKNOWN_KM = 999.0

Times = Mapping[tuple[Direction, int], Mapping[int, Collection[Departure]]]
"""The departures of each way and wave, by the stops where they call."""
Free = Mapping[int, int]
"""How many seats are free, by departure."""
NONE: Mapping[int, int] = {}


@dataclass(frozen=True)
class Bus:
    """The bus that would carry a household from a stop: when, and how many seats are free."""

    line: int
    leaves_at: datetime
    fair_at: datetime
    free: int


@dataclass(frozen=True)
class StopChoice:
    """A stop where one can board; there is no bus before there is a timetable."""

    stop_id: int
    name: str
    municipality_name: str
    note: str
    step_free: bool
    distance_km: float | None
    bus: Bus | None


@dataclass(frozen=True)
class WaveChoice:
    """When buses arrive, or leave for home.

    Once it is known, `free` is how many seats there are at every stop, `most` at the best one.
    """

    wave: int
    at: datetime
    free: int | None
    most: int | None = None

    def differs(self, people: int) -> bool:
        """Tell whether so many people have seats at some of the stops and not at others."""
        return self.free is not None and self.free < people <= (self.most or 0)


@dataclass(frozen=True)
class BusChoices:
    """What a household can choose from: stops, times to arrive, times to go home."""

    stops: Sequence[StopChoice]
    arrivals: Sequence[WaveChoice]
    returns: Sequence[WaveChoice]
    times: Times

    @property
    def is_planned(self) -> bool:
        """Tell whether there is a timetable."""
        return bool(self.times)

    def is_home_too_early(self, out_wave: str, back_wave: str) -> bool:
        """Tell whether the buses of that way home leave before those there have arrived."""
        arrives = (one.at for one in self.arrivals if str(one.wave) == out_wave)
        leaves = next((one.at for one in self.returns if str(one.wave) == back_wave), None)
        return leaves is not None and any(at >= leaves for at in arrives)

    def serves(
        self, stop_ids: Iterable[int], direction: Direction, wave: int, flexibility: int
    ) -> bool:
        """Tell whether a bus goes from or to one of the stops at about that time."""
        waves = range(wave - flexibility, wave + flexibility + 1)
        near = (self.times.get((direction, number), {}) for number in waves)
        wanted = set(stop_ids)
        return not self.is_planned or any(wanted & stops.keys() for stops in near)


def bus_choices(
    fair_id: int, municipality: str, people: int = 1, household_id: int | None = None
) -> BusChoices:
    """Return the stops of the municipality, then the nearest others, and the times of their buses.

    Each stop names the first bus with room for so many people, or the first bus where none has.
    Seats of the household itself count as free.
    """
    departures = list_departures(fair_id)
    if not departures:
        return _before_timetable(fair_id, municipality)
    own = NONE if household_id is None else _own_seats(household_id)
    times, free = _times(departures), _free(departures, own)
    stops = _near(_stops_out(departures, free, people, municipality), municipality)
    ids = {stop.stop_id for stop in stops}
    arrivals, returns = (_waves(times, free, way, ids) for way in Direction)
    return BusChoices(stops, arrivals, returns, times)


def all_choices(fair_id: int) -> BusChoices:
    """Return all stops from where buses go to the fair, and the times of all buses."""
    departures = list_departures(fair_id)
    if not departures:
        return BusChoices(_catalogue(None), *_planned_waves(fair_id), {})
    times, free = _times(departures), _free(departures)
    stops = sorted(
        _stops_out(departures, free, 1, None), key=lambda stop: (stop.municipality_name, stop.name)
    )
    ids = {call.stop_id for departure in departures for call in departure.calls}
    arrivals, returns = (_waves(times, free, way, ids) for way in Direction)
    return BusChoices(stops, arrivals, returns, times)


def back_choices(fair_id: int, stop_ids: Iterable[int]) -> list[WaveChoice]:
    """Return the waves that go home to any of these stops, in order of time.

    Where buses of a wave differ, it says what holds for every stop: the fewest free seats.
    """
    departures = list_departures(fair_id)
    return _waves(_times(departures), _free(departures), Direction.BACK, set(stop_ids))


def _before_timetable(fair_id: int, municipality: str) -> BusChoices:
    """Return what can be chosen before there is a timetable: any stop nearby, any wave."""
    return BusChoices(
        _near(_catalogue(municipality), municipality), *_planned_waves(fair_id), times={}
    )


def _planned_waves(fair_id: int) -> tuple[list[WaveChoice], list[WaveChoice]]:
    waves = list_waves(fair_id)
    arrivals = [WaveChoice(one.number, one.arrives_at, None) for one in waves if one.arrives_at]
    returns = [WaveChoice(one.number, one.returns_at, None) for one in waves if one.returns_at]
    return sorted(arrivals, key=_at), sorted(returns, key=_at)


def _at(wave: WaveChoice) -> datetime:
    return wave.at


def _catalogue(municipality: str | None) -> list[StopChoice]:
    return [_stop_choice(stop, municipality, None) for stop in list_stops()]


def _near(choices: Iterable[StopChoice], municipality: str) -> list[StopChoice]:
    """Return the municipality's own stops, then the nearest others, nearest first."""
    home = municipality_of(municipality).display_name
    ordered = sorted(choices, key=lambda one: (_distance(one), one.name))
    near = [one for one in ordered if one.municipality_name == home]
    others = [one for one in ordered if one.municipality_name != home]
    return near + others[:NEAREST_OTHERS]


def _distance(choice: StopChoice) -> float:
    return UNKNOWN_KM if choice.distance_km is None else choice.distance_km


def _own_seats(household_id: int) -> Mapping[int, int]:
    """Return how many seats the household has, by departure."""
    query = (
        sa.select(Ride.departure_id, Ride.people - Ride.wheelchairs)
        .join(Ride.request)
        .where(RideRequest.household_id == household_id)
    )
    return dict(session().execute(query).all())


def _free(departures: Iterable[Departure], own: Mapping[int, int] = NONE) -> Free:
    """Return how many seats others have left free, by departure."""
    return {one.id: one.seats - one.taken + own.get(one.id, 0) for one in departures}


def _stops_out(
    departures: Iterable[Departure], free: Free, people: int, municipality: str | None
) -> list[StopChoice]:
    """Return the stops from where buses go to the fair, each with the bus that suits best."""
    best: dict[int, tuple[tuple[bool, int, int], Stop, Bus]] = {}
    for departure, call in _calls(departures, Direction.OUT):
        bus = Bus(departure.line, call.at, departure.fair_at, free[departure.id])
        rank = (bus.free < people, departure.wave, departure.line)
        known = best.get(call.stop_id)
        if known is None or rank < known[0]:
            best[call.stop_id] = rank, call.stop, bus
    return [_stop_choice(stop, municipality, bus) for _rank, stop, bus in best.values()]


def _stop_choice(stop: Stop, municipality: str | None, bus: Bus | None) -> StopChoice:
    distance = None
    if municipality is not None and stop.lat is not None and stop.lon is not None:
        home = municipality_of(municipality)
        distance = distance_km((home.lat, home.lon), (stop.lat, stop.lon))
    return StopChoice(
        stop_id=stop.id,
        name=stop.name,
        municipality_name=municipality_of(stop.municipality).display_name,
        note=stop.note,
        step_free=stop.step_free,
        distance_km=distance,
        bus=bus,
    )


def _times(departures: Iterable[Departure]) -> Times:
    times: dict[tuple[Direction, int], dict[int, list[Departure]]] = {}
    for departure in departures:
        at_stops = times.setdefault((departure.direction, departure.wave), defaultdict(list))
        for call in departure.calls:
            at_stops[call.stop_id].append(departure)
    return times


def _waves(
    times: Times, free: Free, direction: Direction, stop_ids: Collection[int]
) -> list[WaveChoice]:
    """Return the waves of buses at these stops in order of time."""
    found = [
        _wave_choice(direction, wave, [at_stops[key] for key in stop_ids if key in at_stops], free)
        for (way, wave), at_stops in times.items()
        if way is direction
    ]
    return sorted(filter(None, found), key=_at)


def _wave_choice(
    direction: Direction, wave: int, buses: Sequence[Collection[Departure]], free: Free
) -> WaveChoice | None:
    """Return when the last of the buses arrives, or the first goes home, None without buses.

    `buses` are those at each stop.
    """
    if not buses:
        return None
    times = [bus.fair_at for bus in chain.from_iterable(buses)]
    at = max(times) if direction is Direction.OUT else min(times)
    most = [max(free[bus.id] for bus in at_stop) for at_stop in buses]
    return WaveChoice(wave, at, min(most), max(most))


def _calls(
    departures: Iterable[Departure], direction: Direction
) -> Iterator[tuple[Departure, Call]]:
    for departure in departures:
        if departure.direction is direction:
            yield from ((departure, call) for call in departure.calls)
