"""Makes a plan of the whole day: wave by wave, with the buses that are there at that time."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from jobfair.shuttle.document.checks import key_of, vehicles, violations
from jobfair.shuttle.document.problems import policy_of, route_problem
from jobfair.shuttle.document.rounds import TURNING, Duty, duties, with_rounds
from jobfair.shuttle.document.types import Document, Left, PlanCall, PlanTrip, PlanWave
from jobfair.shuttle.planning.travel import Homeward
from jobfair.shuttle.planning.types import (
    FAIR,
    Group,
    Groups,
    RoutePlan,
    RouteProblem,
    TravelTimes,
)
from jobfair.shuttle.rules import LINES_MOST, Direction

Asked = Mapping[int, Groups]
"""Who wants to ride in a wave, by stop."""
Solve = Callable[[RouteProblem], RoutePlan]
Calls = tuple[PlanCall, ...]
NO_PLACE = "no_place"
"""The reason of those whose stop has no place on the map."""
MIRRORED_LEAST = 0.9
"""The way home is that of the way out if at least such a share of the people ride home then."""


@dataclass(frozen=True)
class Wanted:
    """A wave to be planned, and who wants to ride in it."""

    wave: PlanWave
    asked: Asked

    @property
    def people(self) -> int:
        """Return how many want to ride."""
        return sum(group.people for groups in self.asked.values() for group in groups)


def compose(
    frame: Document, wanted: Mapping[int, Asked], roads: TravelTimes, solve: Solve
) -> Document:
    """Return the plan of all waves of the frame, asked for by their index there.

    `solve` is asked once for each wave, and once more where the day has too few vehicles for what
    it said; its problems are those of the way out, also for the way home.
    """
    plan = replace(frame, waves=())
    order = sorted(range(len(frame.waves)), key=lambda index: (frame.waves[index].at, index))
    for index in order:
        one = Wanted(frame.waves[index], wanted.get(index, {}))
        plan = _with_wave(plan, one, roads, solve)
    ranked = {(wave.direction, wave.number): at for at, wave in enumerate(frame.waves)}
    waves = sorted(plan.waves, key=lambda wave: ranked[wave.direction, wave.number])
    return with_rounds(replace(plan, waves=tuple(waves)), roads)


def _with_wave(plan: Document, one: Wanted, roads: TravelTimes, solve: Solve) -> Document:
    """Return the plan with one wave more, for which there are vehicles at that time."""
    for wave in _ways(plan, one, roads, solve):
        found = with_rounds(replace(plan, waves=(*plan.waves, wave)), roads)
        if not _short_of_vehicles(found):
            break
    return found


def _ways(plan: Document, one: Wanted, roads: TravelTimes, solve: Solve) -> Iterator[PlanWave]:
    """Go through ways to carry the wave, the best first; there are vehicles for the last."""
    if (mirrored := _mirrored(plan, one, roads)) is not None:
        yield mirrored
    yield _solved(plan, one, roads, solve)
    busy = _busy(plan, one, roads)
    buses = (replace(bus, count=max(0, bus.count - busy.get(bus.name, 0))) for bus in plan.buses)
    yield _solved(replace(plan, buses=tuple(buses)), one, roads, solve)


def _short_of_vehicles(plan: Document) -> bool:
    used = vehicles(plan)
    return any(used[bus.name] > bus.count for bus in plan.buses)


def _solved(plan: Document, one: Wanted, roads: TravelTimes, solve: Solve) -> PlanWave:
    """Return the wave as the planner has it."""
    out = one.wave.direction is Direction.OUT
    problem = route_problem(plan, one.asked, roads if out else Homeward(roads))
    found = solve(problem)
    trips = [
        tuple(PlanCall(int(call.stop), call.groups) for call in trip.calls) for trip in found.trips
    ]
    calls = trips if out else [row[::-1] for row in trips]
    buses = [trip.bus for trip in found.trips]
    left = [Left(int(row.stop), row.groups, row.reason.value) for row in found.unserved]
    left += [
        Left(stop, groups, NO_PLACE)
        for stop, groups in one.asked.items()
        if groups and str(stop) not in problem.stop
    ]
    lines = _lines(plan, one.wave, calls)
    rows = zip(lines, buses, calls, strict=True)
    return replace(
        one.wave,
        trips=tuple(sorted((PlanTrip(*row) for row in rows), key=lambda trip: trip.line)),
        unserved=tuple(left),
    )


def _lines(plan: Document, wave: PlanWave, calls: Sequence[Calls]) -> list[int]:
    """Number the trips: on the way home like a line out that serves all of their stops.

    Who knows a line by its number must not find another route under it. A number beyond the last
    that is allowed is a fault of the plan, which its checks tell.
    """
    out = {
        trip.line: set(trip.stops)
        for other, trip in plan.trips()
        if other.direction is Direction.OUT and wave.direction is Direction.BACK
    }
    used = {trip.line for _wave, trip in plan.trips()}
    unused = (line for line in range(1, LINES_MOST + len(calls) + 1) if line not in used)
    lines = []
    for row in calls:
        stops = {call.stop for call in row}
        best = max(out, key=lambda line: (len(out[line] & stops), -line), default=0)
        if best and stops <= out[best]:
            lines.append(best)
            del out[best]
        else:
            lines.append(next(unused))
    return lines


def _mirrored(plan: Document, one: Wanted, roads: TravelTimes) -> PlanWave | None:
    """Return the lines of the same wave out, driven home, if they carry all who want to."""
    lines = _lines_out(plan, one.wave)
    came = sum(line.people for line in lines)
    if not one.people or not lines or one.people < MIRRORED_LEAST * came:
        return None
    waiting = {stop: sorted(groups, reverse=True) for stop, groups in one.asked.items()}
    trips = [
        replace(line, calls=_carried(plan, line, waiting), shift_min=0, block=None)
        for line in lines
    ]
    wave = replace(one.wave, trips=tuple(trip for trip in trips if trip.calls))
    is_sound = not any(waiting.values()) and not violations(replace(plan, waves=(wave,)), roads)
    return wave if is_sound else None


def _lines_out(plan: Document, back: PlanWave) -> tuple[PlanTrip, ...]:
    """Return the trips of the wave out with the number of that wave home."""
    out = (Direction.OUT, back.number)
    waves = [wave for wave in plan.waves if (wave.direction, wave.number) == out]
    return waves[0].trips if waves and back.direction is Direction.BACK else ()


def _carried(plan: Document, line: PlanTrip, waiting: dict[int, list[Group]]) -> Calls:
    """Return the halts of the line on its way home, and take who rides from those who wait."""
    bus, calls = plan.bus[line.bus], []
    seats, wheelchairs = bus.seats, bus.wheelchairs
    for stop in reversed(line.stops):
        riding: list[Group] = []
        others: list[Group] = []
        for group in waiting.get(stop, ()):
            if _fits(group, seats, wheelchairs):
                riding.append(group)
                seats -= group.seats
                wheelchairs -= group.wheelchairs
            else:
                others.append(group)
        waiting[stop] = others
        if riding:
            calls.append(PlanCall(stop, tuple(riding)))
    return tuple(calls)


def _fits(group: Group, seats: int, wheelchairs: int) -> bool:
    return group.seats <= seats and group.wheelchairs <= wheelchairs


def _busy(plan: Document, one: Wanted, roads: TravelTimes) -> Counter[str]:
    """Return how many vehicles of each kind may not be in time for the wave."""
    taken = set()
    blocks = {key_of(wave, trip): trip.block for wave, trip in plan.trips()}
    for duty in duties(plan, roads):
        if not _free(plan, duty, one, roads):
            taken.add((duty.drive.trip.bus, blocks[duty.key]))
    return Counter(bus for bus, _block in taken)


def _free(plan: Document, duty: Duty, one: Wanted, roads: TravelTimes) -> bool:
    """Tell whether the vehicle of that duty is in time for any trip of the wave."""
    stops = [str(stop) for stop in one.asked if plan.is_placed(stop)]
    policy = policy_of(plan.policy)
    out = one.wave.direction is Direction.OUT
    rides = [policy.longest_ride_s(roads.direct_s(stop)) for stop in stops if out]
    place, ends = duty.drive.ends
    ways = [roads.leg(place, start).seconds for start in (stops if out else [FAIR])]
    needed = timedelta(seconds=max(rides, default=0) + max(ways, default=0))
    return ends + needed + TURNING <= one.wave.at
