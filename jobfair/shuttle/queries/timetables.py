"""Reads for the timetable: each line with its stops and all of its times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from jobfair.data.municipalities import municipality as municipality_of
from jobfair.shuttle.models import Departure, Stop
from jobfair.shuttle.queries.departures import list_departures
from jobfair.shuttle.rules import Direction


@dataclass(frozen=True)
class StopTimes:
    """When the buses of a line leave a stop on their way out, and arrive there on the way back."""

    stop_id: int
    name: str
    note: str
    municipality: str
    municipality_name: str
    step_free: bool
    place: tuple[float, float] | None
    out: tuple[datetime, ...]
    back: tuple[datetime, ...]


@dataclass(frozen=True)
class LineTimes:
    """A line: its stops from the first to the fair, arrivals there, and departures for home."""

    line: int
    arrives: tuple[datetime, ...]
    leaves: tuple[datetime, ...]
    stops: tuple[StopTimes, ...]


def timetable(fair_id: int) -> list[LineTimes]:
    """Return the fair's lines in the order of their numbers."""
    departures = list_departures(fair_id)
    return [
        _line(number, [one for one in departures if one.line == number])
        for number in sorted({one.line for one in departures})
    ]


def _line(number: int, departures: Sequence[Departure]) -> LineTimes:
    out = [one for one in departures if one.direction is Direction.OUT]
    back = [one for one in departures if one.direction is Direction.BACK]
    outwards = (call.stop for one in out for call in one.calls)
    homewards = (call.stop for one in back for call in reversed(one.calls))
    stops: dict[int, Stop] = {}
    for stop in chain(outwards, homewards):
        stops.setdefault(stop.id, stop)
    return LineTimes(
        line=number,
        arrives=tuple(sorted(one.fair_at for one in out)),
        leaves=tuple(sorted(one.fair_at for one in back)),
        stops=tuple(_stop(stop, out, back) for stop in stops.values()),
    )


def _stop(stop: Stop, out: Iterable[Departure], back: Iterable[Departure]) -> StopTimes:
    return StopTimes(
        stop_id=stop.id,
        name=stop.name,
        note=stop.note,
        municipality=stop.municipality,
        municipality_name=municipality_of(stop.municipality).display_name,
        step_free=stop.step_free,
        place=None if stop.lat is None or stop.lon is None else (stop.lat, stop.lon),
        out=_times(stop.id, out),
        back=_times(stop.id, back),
    )


def _times(stop_id: int, departures: Iterable[Departure]) -> tuple[datetime, ...]:
    calls = (call for one in departures for call in one.calls if call.stop_id == stop_id)
    return tuple(sorted(call.at for call in calls))
