"""Asks the optimiser for a plan."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jobfair.shuttle import solving
from jobfair.shuttle.files import Node
from jobfair.shuttle.planning.reading import read_plan
from jobfair.shuttle.planning.types import RoutePlan, RouteProblem
from jobfair.shuttle.planning.writing import problem_json

SOLVER = "jobfair.shuttle.planning.solver"
SECONDS = 30.0
SEED = 1
PATIENCE = 20_000
"""Each of several searches ends after so many steps without a better plan."""
MEMORY_MB = 4096


def plan(
    problem: RouteProblem,
    *,
    seconds: float = SECONDS,
    seed: int = SEED,
    patience: int = PATIENCE,
    on_progress: Callable[[RoutePlan], None] = lambda _plan: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RoutePlan:
    """Return the best plan found; the same for the same seed where patience ends before the time.

    Each better plan on the way goes to `on_progress`. Whoever cancels gets the last of them, not
    `finished`; without any, solving.Cancelled is raised. Raises solving.SolverFault.
    """
    best: RoutePlan | None = None

    def note(progress: dict[str, Any]) -> None:
        nonlocal best
        best = read_plan(Node(progress["plan"]), problem)
        on_progress(best)

    until = time.monotonic() + seconds
    given = {"problem": problem_json(problem), "until": until, "seed": seed, "patience": patience}
    try:
        result = solving.run(
            SOLVER,
            given,
            on_progress=note,
            seconds=seconds,
            cancelled=cancelled,
            memory_mb=MEMORY_MB,
        )
    except solving.Cancelled:
        if best is None:
            raise
        return replace(best, finished=False)
    return read_plan(Node(result["plan"]), problem)
