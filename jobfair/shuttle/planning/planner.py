"""Asks the optimiser for a plan."""

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
MEMORY_MB = 4096


def plan(
    problem: RouteProblem,
    *,
    seconds: float = SECONDS,
    seed: int = SEED,
    patience: int | None = None,
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

    given = {"problem": problem_json(problem), "seconds": seconds, "seed": seed}
    try:
        result = solving.run(
            SOLVER,
            given | {"patience": patience},
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
