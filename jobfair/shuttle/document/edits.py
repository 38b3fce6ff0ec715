"""Changes of a plan by hand; nobody who wants to ride gets lost by any of them.

Each returns another plan, which may break rules: `violations` tells. Raises NotFound for what the
plan doesn't have, and Invalid for what can't be.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from jobfair.core.errors import Invalid, NotFound
from jobfair.shuttle.document.types import (
    BY_HAND,
    Document,
    Left,
    PlanCall,
    PlanStop,
    PlanTrip,
    PlanWave,
    TripKey,
)
from jobfair.shuttle.planning.types import Groups
from jobfair.shuttle.rules import LINES_MOST, Direction

SHIFT_MOST = 2 * 60

Change = Callable[[PlanTrip], PlanTrip]


def move_stop(
    plan: Document, key: TripKey, stop: int, to_line: int, position: int | None = None
) -> Document:
    """Have everybody of the stop ride on that line of the same wave, halting there as told.

    `position` counts from 0 on the line without this stop; where it is None, the stop becomes the
    first on the way out, or the last on the way back.
    """
    target = key._replace(line=to_line)
    plan.trip(target)
    groups = _call(plan.trip(key), stop).groups
    taken = _change_trip(plan, key, lambda trip: _without(trip, stop))
    return _change_trip(taken, target, lambda trip: _with(trip, stop, groups, position, key))


def take_out_stop(plan: Document, key: TripKey, stop: int) -> Document:
    """Have the bus not halt there, and those who would board there be left over."""
    left = Left(stop, _call(plan.trip(key), stop).groups, BY_HAND)
    without = _change_trip(plan, key, lambda trip: _without(trip, stop))
    return _change_wave(without, key, lambda wave: _leave(wave, [left]))


def add_stop(plan: Document, key: TripKey, stop: PlanStop, position: int | None = None) -> Document:
    """Have the bus halt there too and take those who are left over at that stop."""
    if stop.id in plan.trip(key).stops:
        raise Invalid("calls_twice", stop=stop.name)
    if stop.id not in plan.stop:
        plan = replace(plan, stops=(*plan.stops, stop))
    groups = _left_at(plan.wave(key.direction, key.wave), stop.id)
    added = _change_trip(plan, key, lambda trip: _with(trip, stop.id, groups, position, key))
    return _change_wave(added, key, lambda wave: _take(wave, stop.id))


def change_bus(plan: Document, key: TripKey, bus: str) -> Document:
    """Have the trip be driven by a bus of another kind."""
    if bus not in plan.bus:
        raise NotFound("not_found")
    return _change_trip(plan, key, lambda trip: replace(trip, bus=bus))


def shift_trip(plan: Document, key: TripKey, minutes: int) -> Document:
    """Have the trip be so many minutes later than it is, or earlier."""
    shift = plan.trip(key).shift_min + minutes
    if abs(shift) > SHIFT_MOST:
        raise Invalid("shift_most", most=SHIFT_MOST)
    return _change_trip(plan, key, lambda trip: replace(trip, shift_min=shift))


def add_trip(plan: Document, direction: Direction, number: int, bus: str) -> Document:
    """Have one more bus go in the wave, on a line of its own that calls nowhere yet."""
    if bus not in plan.bus:
        raise NotFound("not_found")
    trip = PlanTrip(free_line(plan), bus, ())
    wave = plan.wave(direction, number)
    return _replace_wave(plan, wave, replace(wave, trips=(*wave.trips, trip)))


def delete_trip(plan: Document, key: TripKey) -> Document:
    """Have the trip not go, and all who would ride be left over."""
    gone = plan.trip(key)
    left = [Left(call.stop, call.groups, BY_HAND) for call in gone.calls]

    def without(wave: PlanWave) -> PlanWave:
        trips = tuple(trip for trip in wave.trips if trip is not gone)
        return _leave(replace(wave, trips=trips), left)

    return _change_wave(plan, key, without)


def free_line(plan: Document) -> int:
    """Return the lowest number that no line has; raise Invalid("lines_full")."""
    used = {trip.line for _wave, trip in plan.trips()}
    for line in range(1, LINES_MOST + 1):
        if line not in used:
            return line
    raise Invalid("lines_full", most=LINES_MOST)


def _with(
    trip: PlanTrip, stop: int, groups: Groups, position: int | None, key: TripKey
) -> PlanTrip:
    """Return the trip halting there for these people; its times are no more those told by hand."""
    if stop in trip.stops:
        return _joined(trip, stop, groups)
    calls = [replace(call, minutes=None) for call in trip.calls]
    last = len(calls) if key.direction is Direction.BACK else 0
    place = last if position is None else max(0, min(position, len(calls)))
    return replace(trip, calls=(*calls[:place], PlanCall(stop, groups), *calls[place:]))


def _joined(trip: PlanTrip, stop: int, groups: Groups) -> PlanTrip:
    calls = (
        replace(call, groups=call.groups + groups) if call.stop == stop else call
        for call in trip.calls
    )
    return replace(trip, calls=tuple(calls))


def _without(trip: PlanTrip, stop: int) -> PlanTrip:
    return replace(trip, calls=tuple(call for call in trip.calls if call.stop != stop))


def _call(trip: PlanTrip, stop: int) -> PlanCall:
    for call in trip.calls:
        if call.stop == stop:
            return call
    raise NotFound("not_found")


def _left_at(wave: PlanWave, stop: int) -> Groups:
    return tuple(group for left in wave.unserved if left.stop == stop for group in left.groups)


def _take(wave: PlanWave, stop: int) -> PlanWave:
    return replace(wave, unserved=tuple(left for left in wave.unserved if left.stop != stop))


def _leave(wave: PlanWave, more: Iterable[Left]) -> PlanWave:
    """Return the wave with more left over, those of one stop and reason together."""
    rows: dict[tuple[int, str], Groups] = {}
    for left in (*wave.unserved, *more):
        where = (left.stop, left.reason)
        rows[where] = rows.get(where, ()) + left.groups
    unserved = (Left(stop, groups, why) for (stop, why), groups in rows.items() if groups)
    return replace(wave, unserved=tuple(unserved))


def _change_trip(plan: Document, key: TripKey, change: Change) -> Document:
    before = plan.trip(key)

    def changed(wave: PlanWave) -> PlanWave:
        trips = (change(trip) if trip is before else trip for trip in wave.trips)
        return replace(wave, trips=tuple(trips))

    return _change_wave(plan, key, changed)


def _change_wave(plan: Document, key: TripKey, change: Callable[[PlanWave], PlanWave]) -> Document:
    wave = plan.wave(key.direction, key.wave)
    return _replace_wave(plan, wave, change(wave))


def _replace_wave(plan: Document, before: PlanWave, after: PlanWave) -> Document:
    waves = (after if wave is before else wave for wave in plan.waves)
    return replace(plan, waves=tuple(waves))
