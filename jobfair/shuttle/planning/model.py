"""A route problem in the words of PyVRP.

A ride limit is a window in which boarding begins, when every bus arrives at the same moment. Buses
begin at a place that is no distance from any stop. Chunks of groups are the clients. Where the
buses don't carry all, clients are optional, with a prize that outweighs any detour.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from pyvrp import Client, Depot, Location, ProblemData, Route, Solution, VehicleType

from jobfair.shuttle.planning.chunks import Chunk
from jobfair.shuttle.planning.pool import Found
from jobfair.shuttle.planning.reasons import unserved_of
from jobfair.shuttle.planning.types import FAIR, Call, Group, RoutePlan, RouteProblem, Trip

FAR_M = 10_000_000
"""From where nobody comes: back to the place where buses begin, and away from the fair."""


class Roads:
    """Ways and times between the places of a problem, once for all searches.

    The first place is where buses begin, then come the stops, at last the fair.
    """

    def __init__(self, problem: RouteProblem) -> None:
        self.problem = problem
        travel, policy = problem.travel, problem.policy
        ids = [*problem.stop, FAIR]
        self.fair = len(ids)
        shape = (len(ids) + 1, len(ids) + 1)
        self.metres = np.full(shape, FAR_M, dtype=np.int64)
        self.seconds = np.zeros(shape, dtype=np.int64)
        self.metres[0] = 0
        for row, start in enumerate(ids[:-1], 1):
            legs = [travel.leg(start, end) for end in ids]
            self.metres[row, 1:], self.seconds[row, 1:] = zip(*legs, strict=True)
        # Groups of a stop board one after the other: the bus has stopped once.
        self.seconds[1:-1, 1:-1] += policy.stop_s
        np.fill_diagonal(self.metres, 0)
        np.fill_diagonal(self.seconds, 0)
        self.limits = [policy.longest_ride_s(travel.direct_s(stop.id)) for stop in problem.stops]
        self.horizon = max(self.limits, default=0)

    @cached_property
    def prize(self) -> int:
        """Return more metres than fetching one more person could ever cost by a bus of its own."""
        farthest = int(self.metres[1:-1, 1:].max(initial=0))
        return 2 * farthest + max((bus.fixed_cost_m for bus in self.problem.buses), default=0)


class Model:
    """The problem with its groups in these chunks; the prize is for each person, 0 if all must."""

    def __init__(self, roads: Roads, chunks: Sequence[Chunk], prize: int) -> None:
        self.roads = roads
        self.chunks = chunks
        self.prize = prize
        self.buses = [bus for bus in roads.problem.buses if bus.count]
        stops = roads.problem.stops
        self.data = ProblemData(
            locations=[Location(0, 0) for _ in range(len(stops) + 2)],
            clients=[self._client(chunk, prize) for chunk in chunks],
            depots=[Depot(0), Depot(roads.fair, 0, roads.horizon)],
            vehicle_types=[
                VehicleType(
                    num_available=min(bus.count, len(chunks)),
                    capacity=[bus.seats, bus.wheelchairs],
                    start_depot=0,
                    end_depot=1,
                    fixed_cost=bus.fixed_cost_m,
                )
                for bus in self.buses
            ],
            distance_matrices=[roads.metres],  # type: ignore[list-item]  # PyVRP's stub errs
            duration_matrices=[roads.seconds],  # type: ignore[list-item]
        )

    def _client(self, chunk: Chunk, prize: int) -> Client:
        return Client(
            location=chunk.stop + 1,
            pickup=chunk.load,
            service_duration=self.roads.problem.policy.board_s_per_person * chunk.people,
            tw_early=self.roads.horizon - self.roads.limits[chunk.stop],
            tw_late=self.roads.horizon,
            prize=prize * chunk.people,
            required=not prize,
        )

    @property
    def holds_all(self) -> bool:
        """Tell whether there are as many places as people, were they only at the right stops."""
        asked = np.sum([chunk.load for chunk in self.chunks], axis=0)
        places = [(bus.count * bus.seats, bus.count * bus.wheelchairs) for bus in self.buses]
        return bool(np.all(asked <= np.sum(places, axis=0)))

    def adopt(self, solution: Solution) -> Solution:
        """Return the solution of a model with the same chunks as one of this."""
        routes = [
            Route(self.data, [a.idx for a in route if a.is_client()], route.vehicle_type())
            for route in solution.routes()
        ]
        return Solution(self.data, routes)

    def resume(self, plan: RoutePlan) -> Solution:
        """Return the plan as a solution, where each group is a chunk by itself."""
        waiting = self._waiting()
        kinds = {bus.name: kind for kind, bus in enumerate(self.buses)}
        routes = [
            Route(
                self.data,
                [waiting[call.stop, group].pop() for call in trip.calls for group in call.groups],
                kinds[trip.bus],
            )
            for trip in plan.trips
        ]
        return Solution(self.data, routes)

    def _waiting(self) -> dict[tuple[str, Group], list[int]]:
        """Return the chunks, of one group each, by what they are."""
        waiting: dict[tuple[str, Group], list[int]] = defaultdict(list)
        for index, chunk in enumerate(self.chunks):
            (group,) = chunk.groups
            waiting[self.roads.problem.stops[chunk.stop].id, group].append(index)
        return waiting

    def plan_of(self, solution: Solution) -> RoutePlan:
        """Return the solution as a plan, with those who are on no bus."""
        routes = [
            (self.buses[route.vehicle_type()].name, [a.idx for a in route if a.is_client()])
            for route in solution.routes()
        ]
        return make_plan(self.roads, [self._trip(bus, visits) for bus, visits in routes])

    def found(self, plan_cost: int, metres: int, kind: int, visits: tuple[int, ...]) -> Found:
        """Return the route of such a kind of bus as a trip with its cost."""
        bus = self.buses[kind]
        return Found(self._trip(bus.name, visits), metres + bus.fixed_cost_m, plan_cost)

    def _trip(self, bus: str, visits: Sequence[int]) -> Trip:
        """Return the trip, with all that a stop gives to this bus where it calls there first."""
        boarding: dict[int, list[Group]] = {}
        for visit in visits:
            chunk = self.chunks[visit]
            boarding.setdefault(chunk.stop, []).extend(chunk.groups)
        stops = self.roads.problem.stops
        calls = (Call(stops[at].id, tuple(sorted(groups))) for at, groups in boarding.items())
        return Trip(bus, tuple(calls))


def make_plan(roads: Roads, trips: Sequence[Trip]) -> RoutePlan:
    """Return the plan of these trips: what it costs, and who is left over with the reason."""
    problem = roads.problem
    left = {stop.id: list(stop.groups) for stop in problem.stops}
    place = {stop.id: index for index, stop in enumerate(problem.stops, 1)}
    cost = 0
    for trip in trips:
        way = [*(place[call.stop] for call in trip.calls), roads.fair]
        cost += problem.bus[trip.bus].fixed_cost_m
        cost += int(roads.metres[way[:-1], way[1:]].sum())
        for call in trip.calls:
            for group in call.groups:
                left[call.stop].remove(group)
    return RoutePlan(tuple(trips), unserved_of(problem, left), cost)
