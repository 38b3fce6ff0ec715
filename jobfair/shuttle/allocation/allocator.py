"""Asks the optimiser for an allocation; needs neither numpy nor highspy itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jobfair.shuttle import solving
from jobfair.shuttle.allocation.problem import Allocation, Problem
from jobfair.shuttle.allocation.reading import read_allocation
from jobfair.shuttle.allocation.writing import problem_json
from jobfair.shuttle.files import Node

SOLVER = "jobfair.shuttle.allocation.solver"
SECONDS = 60.0
FOR_FILES = 30.0
"""Seconds that reading and writing a large problem may take beside solving it."""
MEMORY_MB = 4096


@dataclass(frozen=True)
class Progress:
    """What the optimiser aims at now, in which of the parts that it works on."""

    goal: str
    part: int
    parts: int


def allocate(
    problem: Problem,
    *,
    seconds: float = SECONDS,
    on_progress: Callable[[Progress], None] = lambda _progress: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Allocation:
    """Return the best allocation found in this time; raise solving.Cancelled, SolverFault."""

    def note(said: dict[str, Any]) -> None:
        on_progress(Progress(said["goal"], said["part"], said["parts"]))

    result = solving.run(
        SOLVER,
        {"problem": problem_json(problem), "seconds": seconds},
        on_progress=note,
        seconds=seconds + FOR_FILES,
        cancelled=cancelled,
        memory_mb=MEMORY_MB,
    )
    return read_allocation(Node(result), problem)
