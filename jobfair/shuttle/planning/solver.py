"""Searches for the best plan with PyVRP; runs in a process of its own (`jobfair.shuttle.child`)."""

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyvrp import (
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
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.search import LocalSearch, PerturbationManager, compute_neighbours

from jobfair.shuttle.files import Node
from jobfair.shuttle.planning.chunks import Chunk, chunks_of
from jobfair.shuttle.planning.model import Model, Roads, make_plan
from jobfair.shuttle.planning.reading import read_problem
from jobfair.shuttle.planning.types import RoutePlan
from jobfair.shuttle.planning.writing import plan_json

Tell = Callable[[dict[str, Any]], None]
SEARCHES = ((10, 0.1), (5, 0.45), (5, 0.45), (10, 0.3), (5, 0.6), (1, 1.0))
"""The most people in a chunk and the share of the time left, search by search.

The first is quick. The last betters the best plan of all group by group.
"""
GROUPS_MOST = 2000
"""More groups are not looked at one by one: there is no end to it, nor to the memory."""
FIRST_ITERATIONS = 1000
"""So long a plan is sought that carries all, before one is sought that carries many."""
SECONDS_A_CHUNK = 0.05
"""A run gets so long for each chunk, even if later runs get less or nothing."""
HISTORY = 50
PENALTY_MOST = 100_000.0
PENALTY_PRIZES = 10.0
"""Whoever is on a bus that is too full must cost more than leaving them."""
TELL_EVERY = 0.3


def solve(given: dict[str, Any], tell: Tell) -> dict[str, Any]:
    """Return the best plan found as JSON; tell each better one on the way.

    `until` is a moment of the monotonic clock, which all processes of a machine share.
    """
    warnings.simplefilter("ignore", PenaltyBoundWarning)
    roads = Roads(read_problem(Node(given["problem"])))
    best = Best(roads, tell)
    hope = True
    for number, (size, share) in enumerate(SEARCHES):
        chunks = chunks_of(roads.problem, size)
        left = given["until"] - time.monotonic()
        if not chunks or left < 0:
            break
        own = max(left * share, len(chunks) * SECONDS_A_CHUNK)
        limits = Limits(
            seed=given["seed"] * len(SEARCHES) + number,
            until=time.monotonic() + min(left, own),
            patience=given["patience"],
        )
        if size == 1:
            _refine(best, roads, chunks, limits)
        else:
            hope = _search(best, roads, chunks, limits, first=not number, hope=hope)
    return {"plan": plan_json(roads.problem.name, best.plan)}


def _search(
    best: "Best", roads: Roads, chunks: list[Chunk], limits: "Limits", *, first: bool, hope: bool
) -> bool:
    """Offer the plans of one search; tell whether there is hope for one that carries all.

    A search that has to carry all finds cheaper plans, so it is preferred where it finds any.
    """
    optional = Model(roads, chunks, roads.prize)
    start = filled(optional, limits.seed)
    best.offer(optional.plan_of(start))
    if hope and optional.holds_all:
        required = Model(roads, chunks, 0)
        # Only the first search begins near a good plan: the others are to come from elsewhere.
        whole = required.adopt(start) if first and start.is_complete() else None
        if Run(best, required, limits).search(whole):
            return True
    Run(best, optional, limits).search(start)
    return False


def _refine(best: "Best", roads: Roads, chunks: list[Chunk], limits: "Limits") -> None:
    """Better the best plan group by group, which fills the last seats."""
    if len(chunks) <= GROUPS_MOST:
        complete = best.plan.people == sum(chunk.people for chunk in chunks)
        model = Model(roads, chunks, 0 if complete else roads.prize)
        Run(best, model, limits).search(model.resume(best.plan))


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

    def __init__(self, best: Best, model: Model, limits: Limits) -> None:
        self._best = best
        self._model = model
        self._limits = limits
        self._found: Solution | None = None
        self._offered: Solution | None = None
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

    def on_iteration(self, *_now: object) -> None:
        """Count, and tell what wasn't told at once."""
        self._iterations += 1
        if self._best.due:
            self._offer()

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
