"""One search by PyVRP, and what comes of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyvrp import (
    CostEvaluator,
    IteratedLocalSearch,
    IteratedLocalSearchCallbacks,
    IteratedLocalSearchParams,
    PenaltyManager,
    PenaltyParams,
    RandomNumberGenerator,
    Solution,
    SolveParams,
)
from pyvrp import solve as search
from pyvrp.search import LocalSearch, PerturbationManager, compute_neighbours

from jobfair.shuttle.planning.model import Model, Roads, make_plan
from jobfair.shuttle.planning.pool import TRIPS_MOST, Pool
from jobfair.shuttle.planning.types import RoutePlan
from jobfair.shuttle.planning.writing import plan_json

Tell = Callable[[dict[str, Any]], None]
Met = tuple[int, int, int, tuple[int, ...]]
"""The cost of the plan, the metres, the kind of bus and the clients of a route."""
FIRST_ITERATIONS = 1000
"""So long a plan is sought that carries all, before one is sought that carries many."""
HISTORY = 50
PENALTY_MOST = 100_000.0
PENALTY_PRIZES = 10.0
"""Whoever is on a bus that is too full must cost more than leaving them."""
TELL_EVERY = 0.3
MEET_EVERY = 5
CHUNKS_MOST = 300
"""Trips of larger plans are not kept: they are too many to choose from."""


@dataclass(frozen=True)
class Limits:
    """What a search begins with, and when it ends: at a moment, or so long without success."""

    seed: int
    until: float
    patience: int


class Best:
    """The best plan of all runs; a better one is told, though not every moment."""

    def __init__(self, roads: Roads, tell: Tell) -> None:
        self.plan = make_plan(roads, [])
        self._name = roads.problem.name
        self._tell = tell
        self._next = 0.0

    @property
    def due(self) -> bool:
        """Tell whether the last one was told some time ago."""
        return time.monotonic() >= self._next

    def offer(self, plan: RoutePlan) -> None:
        """Keep and tell the plan if it is better."""
        if plan.rank < self.plan.rank:
            self.plan = plan
            self._next = time.monotonic() + TELL_EVERY
            self._tell({"plan": plan_json(self._name, plan)})


class Run(IteratedLocalSearchCallbacks):
    """One search: watches it and says when it ends."""

    def __init__(self, best: Best, pool: Pool, model: Model, limits: Limits) -> None:
        self._best = best
        self._pool = pool
        self._model = model
        self._limits = limits
        self._found: Solution | None = None
        self._offered: Solution | None = None
        self._met: dict[tuple[int, frozenset[int]], Met] = {}
        self._iterations = 0
        self._found_at = 0

    def search(self, start: Solution | None) -> bool:
        """Search until time or patience is at its end; tell whether any plan was found."""
        search(
            self._model.data,
            self,
            self._limits.seed,
            collect_stats=False,
            params=params_of(self._model, self),
            initial_solution=start,
        )
        self._offer()
        for met in sorted(self._met.values())[:TRIPS_MOST]:
            self._pool.add(self._model.found(*met))
        return self._found is not None

    def __call__(self, best_cost: int) -> bool:  # noqa: ARG002  # PyVRP's protocol
        """Tell PyVRP whether to end."""
        if self._found is None and self._iterations >= FIRST_ITERATIONS:
            return True
        patient = self._iterations - self._found_at < self._limits.patience
        return not patient or time.monotonic() >= self._limits.until

    def on_start(self, ils: IteratedLocalSearch) -> None:
        """Note the plan that the search begins with, if it is one."""
        self.on_best(ils.initial_solution)

    def on_best(self, best: Solution) -> None:
        """Note a better plan."""
        if best.is_feasible():
            self._found = best
            self._found_at = self._iterations
            if self._best.due:
                self._offer()

    def on_iteration(
        self,
        current: Solution,  # noqa: ARG002  # PyVRP's order of arguments
        candidate: Solution,
        best: Solution,  # noqa: ARG002
        cost_evaluator: CostEvaluator,
    ) -> None:
        """Count, tell what wasn't told at once, and keep trips of plans on the way."""
        self._iterations += 1
        if self._best.due:
            self._offer()
        if self._iterations % MEET_EVERY == 0 and len(self._model.chunks) <= CHUNKS_MOST:
            self._meet(candidate, cost_evaluator.penalised_cost(candidate))

    def _meet(self, solution: Solution, plan_cost: int) -> None:
        """Keep the trips that keep all limits, each as in the cheapest plan with it."""
        for route in solution.routes():
            if route.is_feasible():
                visits = tuple(a.idx for a in route if a.is_client())
                key = route.vehicle_type(), frozenset(visits)
                met = (plan_cost, route.distance(), route.vehicle_type(), visits)
                self._met[key] = min(met, self._met.get(key, met))

    def _offer(self) -> None:
        if self._found is not self._offered and self._found is not None:
            self._best.offer(self._model.plan_of(self._found))
            self._offered = self._found


def params_of(model: Model, callbacks: IteratedLocalSearchCallbacks) -> SolveParams:
    """Return how PyVRP is to search."""
    return SolveParams(
        ils=IteratedLocalSearchParams(history_length=HISTORY, callbacks=callbacks),
        penalty=PenaltyParams(max_penalty=max(PENALTY_MOST, PENALTY_PRIZES * model.prize)),
    )


def filled(model: Model, seed: int) -> Solution:
    """Return what a local search makes of empty buses: a fair plan at once."""
    data, params = model.data, params_of(model, IteratedLocalSearchCallbacks())
    neighbours = compute_neighbours(data, params.neighbourhood)
    perturbation = PerturbationManager(params.perturbation)
    improve = LocalSearch(data, RandomNumberGenerator(seed), neighbours, perturbation)
    for operator in params.operators:
        if operator.supports(data):
            improve.add_operator(operator(data))
    penalties = PenaltyManager(params.penalty.midpoint_penalties(data), params.penalty)
    return improve(Solution(data, []), penalties.max_cost_evaluator(), exhaustive=True)
