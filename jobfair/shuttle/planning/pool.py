"""Trips of many plans put together to a better one, by a covering program for HiGHS.

Whoever looks for plans one by one meets good trips that never stand in the same plan. Of all trips
met, the program chooses those that carry most people at least cost. A stop may be offered more
places than there are people: those who are too many are simply not taken along.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import highspy
import numpy as np

from jobfair.shuttle.planning.types import Call, Group, RoutePlan, RouteProblem, Trip

TRIPS_MOST = 2000
GAP = 1e-4
NODES_MOST = 300
"""Ends a choice that takes long at the same point on every machine."""
Item = tuple[str, Group]


@dataclass(frozen=True)
class Found:
    """A trip that keeps all limits, what it costs, and the cost of the best plan with it."""

    trip: Trip
    cost_m: int
    plan_cost: int


class Pool:
    """The trips met so far, the cheapest of those that carry the same people."""

    def __init__(self, problem: RouteProblem, prize: int) -> None:
        self._problem = problem
        self._prize = prize
        self._found: dict[tuple[str, frozenset[tuple[Item, int]]], Found] = {}

    def add(self, found: Found) -> None:
        """Keep the trip if none is known that carries the same people for less."""
        key = (found.trip.bus, frozenset(_carried(found.trip).items()))
        known = self._found.get(key)
        if known is None or (found.cost_m, found.plan_cost) < (known.cost_m, known.plan_cost):
            self._found[key] = found

    def better_trips(self, plan: RoutePlan, costs: list[int], seconds: float) -> list[Trip]:
        """Return the best choice of trips found in that time, which may be those of the plan."""
        if not self._found:
            return list(plan.trips)
        own = [Found(trip, cost, 0) for trip, cost in zip(plan.trips, costs, strict=True)]
        others = sorted(self._found.values(), key=lambda one: one.plan_cost)[:TRIPS_MOST]
        program = _Program(self._problem, [*own, *others], self._prize)
        return list(self._without_surplus(program.solve(plan, seconds)))

    def _without_surplus(self, trips: Iterable[Trip]) -> Iterator[Trip]:
        """Go through the trips, each with those whom none before has taken along."""
        waiting = _asked(self._problem)
        for trip in trips:
            taken = [_take(call, waiting) for call in trip.calls]
            calls = tuple(call for call in taken if call.groups)
            if calls:
                yield Trip(trip.bus, calls)


class _Program:
    """How often to drive each trip, and how many of each kind of group to leave."""

    def __init__(self, problem: RouteProblem, found: list[Found], prize: int) -> None:
        self._found = found
        self._buses = problem.buses
        self._asked = _asked(problem)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # its stub lacks the type
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("mip_rel_gap", GAP)
        self._highs.setOptionValue("mip_max_nodes", NODES_MOST)
        for one in self._found:
            self._variable(problem.bus[one.trip.bus].count, one.cost_m)
        for (_stop, group), number in self._asked.items():
            self._variable(number, prize * group.people)
        self._limit_buses()
        self._cover()

    def solve(self, plan: RoutePlan, seconds: float) -> list[Trip]:
        """Return the trips to drive: no fewer people, and then no more cost, than in the plan.

        The first of the trips found are those of the plan.
        """
        left = Counter((row.stop, group) for row in plan.unserved for group in row.groups)
        people = {n: group.people for n, (_stop, group) in enumerate(self._asked, len(self._found))}
        self._row(
            -highspy.kHighsInf, sum(group.people * n for (_, group), n in left.items()), people
        )
        start = highspy.HighsSolution()
        driven = [float(n < len(plan.trips)) for n in range(len(self._found))]
        start.col_value = [*driven, *(float(left[item]) for item in self._asked)]
        self._highs.setSolution(start)
        self._highs.setOptionValue("time_limit", seconds)
        self._highs.run()
        times = self._highs.getSolution().col_value
        pairs = zip(self._found, times, strict=False)
        return [one.trip for one, driven in pairs for _ in range(round(driven))]

    def _variable(self, most: int, cost: int) -> None:
        self._highs.addVar(0, most)
        last = self._highs.getNumCol() - 1
        self._highs.changeColCost(last, cost)
        self._highs.changeColIntegrality(last, highspy.HighsVarType.kInteger)

    def _limit_buses(self) -> None:
        for bus in self._buses:
            own = {n: 1 for n, one in enumerate(self._found) if one.trip.bus == bus.name}
            self._row(-highspy.kHighsInf, bus.count, own)

    def _cover(self) -> None:
        """Have each group of a kind at a stop be carried, or left."""
        offered: dict[Item, dict[int, int]] = {item: {} for item in self._asked}
        for n, one in enumerate(self._found):
            for item, number in _carried(one.trip).items():
                offered[item][n] = number
        for left, (item, number) in enumerate(self._asked.items(), len(self._found)):
            self._row(number, highspy.kHighsInf, offered[item] | {left: 1})

    def _row(self, least: float, most: float, terms: dict[int, int]) -> None:
        columns = np.array(list(terms), dtype=np.int32)
        self._highs.addRow(
            least, most, len(terms), columns, np.array([*map(float, terms.values())])
        )


def _take(call: Call, waiting: Counter[Item]) -> Call:
    """Return the call with those who wait there, and have them wait no more."""
    taken = []
    for group in call.groups:
        if waiting[call.stop, group]:
            waiting[call.stop, group] -= 1
            taken.append(group)
    return Call(call.stop, tuple(taken))


def _asked(problem: RouteProblem) -> Counter[Item]:
    return Counter((stop.id, group) for stop in problem.stops for group in stop.groups)


def _carried(trip: Trip) -> Counter[Item]:
    return Counter((call.stop, group) for call in trip.calls for group in call.groups)
