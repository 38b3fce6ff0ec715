"""Searches for the best plan; runs in a process of its own (`jobfair.shuttle.child`)."""

import time
import warnings
from typing import Any

from pyvrp import Solution
from pyvrp.exceptions import PenaltyBoundWarning

from jobfair.shuttle.files import Node
from jobfair.shuttle.planning.chunks import Chunk, chunks_of
from jobfair.shuttle.planning.model import Model, Roads, make_plan
from jobfair.shuttle.planning.pool import Pool
from jobfair.shuttle.planning.reading import read_problem
from jobfair.shuttle.planning.search import Best, Limits, Run, Tell, filled
from jobfair.shuttle.planning.writing import plan_json

SEARCHES = ((10, 0.1), (5, 0.25), (5, 0.3), (5, 0.4), (5, 0.6), (1, 1.0))
"""The most people in a chunk and the share of the time left, search by search.

The first is quick. The last betters the best plan of all group by group.
"""
SECONDS_A_CHUNK = 0.05
"""A search gets so long for each chunk, even if later ones get less."""
SHARE_MOST = 0.85
GROUPS_MOST = 2000
"""More groups are not looked at one by one: there is no end to it, nor to the memory."""
CHOOSING_SHARE = 0.15
CHOOSING_MOST = 10.0


def solve(given: dict[str, Any], tell: Tell) -> dict[str, Any]:
    """Return the best plan found as JSON; tell each better one on the way.

    `until` is a moment of the monotonic clock, which all processes of a machine share.
    """
    warnings.simplefilter("ignore", PenaltyBoundWarning)
    problem = read_problem(Node(given["problem"]))
    planner = Planner(Roads(problem), tell)
    for number, (size, share) in enumerate(SEARCHES):
        chunks = chunks_of(problem, size)
        left = given["until"] - time.monotonic()
        if not chunks or left < 0:
            break
        own = max(left * share, min(left * SHARE_MOST, len(chunks) * SECONDS_A_CHUNK))
        limits = Limits(
            seed=given["seed"] * len(SEARCHES) + number,
            until=time.monotonic() + own,
            patience=given["patience"],
        )
        if size == 1:
            planner.refine(chunks, limits)
        else:
            planner.search(chunks, limits, first=not number)
            left = given["until"] - time.monotonic()
            planner.recombine(max(0, min(CHOOSING_MOST, CHOOSING_SHARE * left)))
    return {"plan": plan_json(problem.name, planner.best.plan)}


class Planner:
    """What several searches have in common: the best plan, and the trips met so far."""

    def __init__(self, roads: Roads, tell: Tell) -> None:
        self.best = Best(roads, tell)
        self._roads = roads
        self._pool = Pool(roads.problem, roads.prize)
        self._hope = True
        """Whether a plan that carries all may be found."""

    def search(self, chunks: list[Chunk], limits: Limits, *, first: bool) -> None:
        """Offer the plans of one search.

        A search that has to carry all finds cheaper plans, so it is preferred while it finds any.
        """
        optional = Model(self._roads, chunks, self._roads.prize)
        start = filled(optional, limits.seed)
        self.best.offer(optional.plan_of(start))
        if self._hope and optional.holds_all:
            # Only the first begins near a good plan: the others are to come from elsewhere.
            self._hope = self._carry_all(chunks, limits, start if first else None)
            if self._hope:
                return
        Run(self.best, self._pool, optional, limits).search(start)

    def _carry_all(self, chunks: list[Chunk], limits: Limits, near: Solution | None) -> bool:
        """Offer plans that carry all; tell whether there are any."""
        required = Model(self._roads, chunks, 0)
        start = required.adopt(near) if near and near.is_complete() else None
        return Run(self.best, self._pool, required, limits).search(start)

    def recombine(self, seconds: float) -> None:
        """Offer the best plan that can be put together from trips met so far."""
        plan = self.best.plan
        costs = [make_plan(self._roads, [trip]).cost_m for trip in plan.trips]
        trips = self._pool.better_trips(plan, costs, seconds)
        self.best.offer(make_plan(self._roads, trips))

    def refine(self, chunks: list[Chunk], limits: Limits) -> None:
        """Better the best plan group by group, which fills the last seats."""
        if len(chunks) <= GROUPS_MOST:
            complete = self.best.plan.people == sum(chunk.people for chunk in chunks)
            model = Model(self._roads, chunks, 0 if complete else self._roads.prize)
            Run(self.best, self._pool, model, limits).search(model.resume(self.best.plan))
