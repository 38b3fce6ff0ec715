"""What a plan comes to: times, figures, and every rule that it breaks."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jobfair.shuttle.document.problems import calling, problem_of, route_plan_of, route_trip
from jobfair.shuttle.document.types import Document, PlanTrip, PlanWave, TripKey
from jobfair.shuttle.planning import checker
from jobfair.shuttle.planning.timetable import Halt, drive
from jobfair.shuttle.planning.types import Direction as Way
from jobfair.shuttle.planning.types import RouteProblem, TravelTimes
from jobfair.shuttle.rules import CALLS_MOST, LINES_MOST, Direction

MINUTE = timedelta(minutes=1)
TIGHT_MOST_S = 180
"""Times told by hand may be so much shorter than the roads take before that is a fault."""


class Rule(StrEnum):
    """What a plan may break besides the planner's own rules."""

    NO_PLACE = "no_place"
    """The stop has no place on the map."""
    NO_CALLS = "no_calls"
    CALLS_MOST = "calls_most"
    LINE_MOST = "line_most"
    LINE_TWICE = "line_twice"
    LATE = "late"
    """The bus arrives after its wave."""
    EARLY = "early"
    """The bus leaves for home before its wave."""
    TIGHT = "tight"
    """The times told by hand are shorter than the roads take."""
    VEHICLES = "vehicles"
    """More vehicles of a kind are on the road than there are."""


UNSOUND = {
    Rule.NO_CALLS,
    Rule.CALLS_MOST,
    Rule.LINE_MOST,
    Rule.LINE_TWICE,
    checker.Fault.UNKNOWN_BUS,
    checker.Fault.UNKNOWN_STOP,
    checker.Fault.CALLS_TWICE,
}


@dataclass(frozen=True)
class Violation:
    """A rule that the plan breaks, where, what is there and what might be."""

    code: str
    """A Rule, or a Fault of `planning.checker`."""
    direction: Direction | None = None
    wave: int | None = None
    line: int | None = None
    stop: int | None = None
    bus: str | None = None
    found: int = 0
    allowed: int = 0


@dataclass(frozen=True)
class TripTimes:
    """When a bus leaves each stop and arrives at the fair; on the way home the other way round."""

    fair_at: datetime
    calls: tuple[datetime, ...]


@dataclass(frozen=True)
class TripFigures:
    """How full and how long a trip is."""

    people: int
    seats: int
    wheelchairs: int
    km: float
    longest_s: int


@dataclass(frozen=True)
class Figures:
    """What the whole plan is good for, and what it costs."""

    people: int
    left: int
    places: int
    vehicles: int
    km: float
    cost_cents: int
    longest_s: int
    trips: dict[TripKey, TripFigures]


def times(plan: Document, roads: TravelTimes) -> dict[TripKey, TripTimes]:
    """Return the timetable, in whole minutes."""
    found = {}
    for wave in plan.waves:
        problem = problem_of(plan, wave, roads)
        for trip in wave.trips:
            found[key_of(wave, trip)] = _times(problem, wave, trip)
    return found


def key_of(wave: PlanWave, trip: PlanTrip) -> TripKey:
    """Return what names the trip in its plan."""
    return TripKey(wave.direction, trip.line, wave.number)


def _times(problem: RouteProblem, wave: PlanWave, trip: PlanTrip) -> TripTimes:
    """Tell the times so that two halts differ by a minute and no ride is told too short."""
    fair_at = wave.at + trip.shift_min * MINUTE
    outbound = wave.direction is Direction.OUT
    way = -1 if outbound else 1
    minutes = {call.stop: call.minutes for call in trip.calls}
    rides = _minutes_needed(problem, wave, trip)
    at, told = 0, []
    for call in reversed(trip.calls) if outbound else trip.calls:
        fixed = minutes[call.stop]
        at = fixed if fixed is not None else max(at + 1, rides.get(call.stop, 0))
        told.append(fair_at + way * at * MINUTE)
    return TripTimes(fair_at, tuple(reversed(told) if outbound else told))


def _minutes_needed(problem: RouteProblem, wave: PlanWave, trip: PlanTrip) -> dict[int, int]:
    """Return for each stop how long before the fair the bus has to leave, or after it arrives."""
    driven = route_trip(problem, trip)
    if not driven.calls:
        return {}
    halts = drive(problem, driven, Way(wave.direction), wave.at).halts
    return {int(halt.stop): -(-_away(wave, halt) // MINUTE) for halt in halts}


def _away(wave: PlanWave, halt: Halt) -> timedelta:
    if wave.direction is Direction.OUT:
        return wave.at - halt.leaves_at
    return halt.arrives_at - wave.at


def violations(plan: Document, roads: TravelTimes) -> list[Violation]:
    """Return every rule that the plan breaks, wave by wave, then what concerns the whole day."""
    found: list[Violation] = []
    for wave in plan.waves:
        problem = problem_of(plan, wave, roads)
        found += _planners(problem, wave)
        found += _lines(wave)
        for trip in wave.trips:
            found += _calls(plan, wave, trip)
            found += _shifted(wave, trip)
            found += _told(problem, wave, trip)
    return found + list(_vehicles(plan))


def unsound(plan: Document, roads: TravelTimes) -> list[Violation]:
    """Return the rules for which the plan can't be a timetable; others may be broken knowingly."""
    return [
        fault
        for fault in violations(plan, roads)
        if fault.code in UNSOUND or (fault.code == Rule.NO_PLACE and not _is_told(plan, fault))
    ]


def _is_told(plan: Document, fault: Violation) -> bool:
    """Tell whether somebody has said when the bus is at that stop."""
    return any(
        call.minutes is not None
        for wave, trip in plan.trips()
        if (wave.direction, wave.number, trip.line) == (fault.direction, fault.wave, fault.line)
        for call in trip.calls
        if call.stop == fault.stop
    )


def _planners(problem: RouteProblem, wave: PlanWave) -> Iterator[Violation]:
    trips = calling(problem, wave)
    for fault in checker.check_plan(problem, route_plan_of(problem, wave)):
        yield Violation(
            code=fault.code.value,
            direction=wave.direction,
            wave=wave.number,
            line=None if fault.trip is None else trips[fault.trip].line,
            stop=None if fault.stop is None else int(fault.stop),
            bus=fault.bus,
            found=fault.found,
            allowed=fault.allowed,
        )


def _lines(wave: PlanWave) -> Iterator[Violation]:
    where = (wave.direction, wave.number)
    for line, used in Counter(trip.line for trip in wave.trips).items():
        if used > 1:
            yield Violation(Rule.LINE_TWICE, *where, line, found=used, allowed=1)
        if line > LINES_MOST:
            yield Violation(Rule.LINE_MOST, *where, line, found=line, allowed=LINES_MOST)


def _calls(plan: Document, wave: PlanWave, trip: PlanTrip) -> Iterator[Violation]:
    where, calls = (wave.direction, wave.number, trip.line), len(trip.calls)
    if not calls:
        yield Violation(Rule.NO_CALLS, *where)
    if calls > CALLS_MOST:
        yield Violation(Rule.CALLS_MOST, *where, found=calls, allowed=CALLS_MOST)
    for stop in trip.stops:
        if not plan.is_placed(stop):
            yield Violation(Rule.NO_PLACE, *where, stop)


def _shifted(wave: PlanWave, trip: PlanTrip) -> Iterator[Violation]:
    """Find out whether the trip is too late for its wave, or leaves too early for home."""
    where = (wave.direction, wave.number, trip.line)
    if wave.direction is Direction.OUT and trip.shift_min > 0:
        yield Violation(Rule.LATE, *where, found=trip.shift_min)
    if wave.direction is Direction.BACK and trip.shift_min < 0:
        yield Violation(Rule.EARLY, *where, found=-trip.shift_min)


def _told(problem: RouteProblem, wave: PlanWave, trip: PlanTrip) -> Iterator[Violation]:
    """Find the stops whose times were told shorter than the roads take."""
    where = (wave.direction, wave.number, trip.line)
    needed = _minutes_needed(problem, wave, trip)
    for stop, minutes in ((call.stop, call.minutes) for call in trip.calls):
        if minutes is not None and 60 * (needed.get(stop, 0) - minutes) > TIGHT_MOST_S:
            yield Violation(Rule.TIGHT, *where, stop, found=minutes, allowed=needed[stop])


def _vehicles(plan: Document) -> Iterator[Violation]:
    for bus, used in sorted(vehicles(plan).items()):
        if bus in plan.bus and used > plan.bus[bus].count:
            yield Violation(Rule.VEHICLES, bus=bus, found=used, allowed=plan.bus[bus].count)


def vehicles(plan: Document) -> Counter[str]:
    """Return how many vehicles of each kind drive the plan; one that goes twice counts once."""
    rounds = {
        (trip.bus, index if trip.block is None else trip.block, trip.block is None)
        for index, (_wave, trip) in enumerate(plan.trips())
    }
    return Counter(bus for bus, _number, _single in rounds)


def figures(plan: Document, roads: TravelTimes) -> Figures:
    """Return what the plan is good for, and what it costs."""
    trips = dict(_trip_figures(plan, roads))
    used = vehicles(plan)
    km = sum(trip.km for trip in trips.values())
    return Figures(
        people=sum(trip.people for trip in trips.values()),
        left=sum(wave.left for wave in plan.waves),
        places=_places(plan),
        vehicles=used.total(),
        km=km,
        cost_cents=_fixed_cents(plan, used) + round(km * plan.policy.km_cents),
        longest_s=max((trip.longest_s for trip in trips.values()), default=0),
        trips=trips,
    )


def _fixed_cents(plan: Document, used: Mapping[str, int]) -> int:
    return sum(plan.bus[bus].cost_cents * n for bus, n in used.items() if bus in plan.bus)


def _places(plan: Document) -> int:
    buses = (plan.bus.get(trip.bus) for _wave, trip in plan.trips())
    return sum(bus.seats + bus.wheelchairs for bus in buses if bus)


def _trip_figures(plan: Document, roads: TravelTimes) -> Iterator[tuple[TripKey, TripFigures]]:
    for wave in plan.waves:
        problem = problem_of(plan, wave, roads)
        for trip in wave.trips:
            driven = route_trip(problem, trip)
            way = Way(wave.direction)
            rides = checker.rides(problem, driven, way)
            yield (
                key_of(wave, trip),
                TripFigures(
                    people=trip.people,
                    seats=driven.seats,
                    wheelchairs=driven.wheelchairs,
                    km=checker.trip_metres(problem, driven, way) / 1000 if driven.calls else 0,
                    longest_s=max((ride for _stop, ride, _limit in rides), default=0),
                ),
            )
