"""Reads for those who choose: where one can board, and when buses go home."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jobfair.data.municipalities import municipality as municipality_of
from jobfair.shuttle.models import Call, Departure
from jobfair.shuttle.queries.departures import list_departures
from jobfair.shuttle.rules import Direction, distance_km

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
