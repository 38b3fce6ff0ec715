"""Bus routes: how far plans are from the best known, in how much time, and what is wrong with them.

The best known plans of the county are facts, found by longer searches; problems of our own making
have none, so their plans are compared with a bound on the people and with half the time.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.plans.bounds import people_bound
from bench.plans.made import families, mixed, remote, scarce
from jobfair.shuttle.files import Node, read_object
from jobfair.shuttle.planning.checker import check_plan
from jobfair.shuttle.planning.planner import plan
from jobfair.shuttle.planning.reading import read_problem
from jobfair.shuttle.planning.types import RoutePlan, RouteProblem

DATA = Path(__file__).parents[1] / "data"
FIRST_S = 3.0
FIRST_GAP = 0.07
MADE_S = 20.0


@dataclass(frozen=True)
class Known:
    """A problem of the county: people and cost of the best known plan, and how near we must be."""

    name: str
    people: int
    cost_m: int
    gap: float
    seconds: float


KNOWN = (
    Known("routes-county-a", 490, 670_183, 0.02, 45),
    Known("routes-county-c", 310, 545_107, 0.005, 45),
    Known("routes-county-10y", 4100, 4_295_941, 0.03, 90),
)


def main() -> None:
    """Print every figure; end with an error where one isn't kept."""
    failed = [known.name for known in KNOWN if not _measure(known)]
    failed += [
        given["name"] for make in (mixed, scarce, families, remote) if not _try(given := make(1))
    ]
    if failed:
        sys.exit(f"not as it must be: {', '.join(failed)}")


def load(name: str) -> RouteProblem:
    """Return the problem of that name in the folder of data."""
    return read_problem(read_object(DATA / f"{name}.json"))


def _measure(known: Known) -> bool:
    problem = load(known.name)
    found, first, took = _timed(problem, known.seconds)
    faults = check_plan(problem, found)
    gap, early = (_gap(one, known) for one in (found, first))
    print(
        f"{known.name}: {found.people}/{known.people} people,"
        f" cost {1 + gap:.4f} of the best known (limit {1 + known.gap:.3f}),"
        f" time {took / known.seconds:.2f} of {known.seconds:.0f} s;"
        f" after {FIRST_S:.0f} s {1 + early:.4f} (limit {1 + FIRST_GAP:.2f});"
        f" {len(faults)} violations"
    )
    return not faults and gap <= known.gap and early <= FIRST_GAP


def _gap(found: RoutePlan, known: Known) -> float:
    """Return how much dearer the plan is than the best known; infinite where it carries fewer."""
    return found.cost_m / known.cost_m - 1 if found.people >= known.people else float("inf")


def _try(given: dict[str, Any]) -> bool:
    problem = read_problem(Node(given))
    found, first, took = _timed(problem, MADE_S)
    faults = check_plan(problem, found)
    reasons = sorted({f"{row.reason}" for row in found.unserved})
    print(
        f"{problem.name}: {found.people} of at most {people_bound(problem)} people"
        f" ({problem.people} ask), cost after {FIRST_S:.0f} s {first.cost_m / found.cost_m:.4f}"
        f" of that after {took:.0f} s; left over: {', '.join(reasons) or 'nobody'};"
        f" {len(faults)} violations"
    )
    return not faults


def _timed(problem: RouteProblem, seconds: float) -> tuple[RoutePlan, RoutePlan, float]:
    """Return the plan, the one that was there first or soon, and how long it took."""
    start = time.monotonic()
    early: list[RoutePlan] = []

    def note(better: RoutePlan) -> None:
        if not early or time.monotonic() - start <= FIRST_S:
            early.append(better)

    found = plan(problem, seconds=seconds, on_progress=note)
    return found, (early or [found])[-1], time.monotonic() - start
