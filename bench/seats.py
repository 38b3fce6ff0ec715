"""Seats given by the optimiser: how near to the bound, how soon, in how much memory.

Each problem is solved in a process of its own, as the application does it; what comes back is
judged by the checker. Ratios are value to bound or best known value, time and memory to the limit.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter

from bench.seat_problems import many_fairs, one_fair
from config import ROOT
from jobfair.shuttle.allocation.allocator import SOLVER
from jobfair.shuttle.allocation.checker import check_allocation, figures
from jobfair.shuttle.allocation.figures import weighted
from jobfair.shuttle.allocation.problem import Allocation, Problem
from jobfair.shuttle.allocation.reading import read_allocation, read_problem
from jobfair.shuttle.allocation.relaxation import upper_bound
from jobfair.shuttle.allocation.writing import problem_json
from jobfair.shuttle.files import Node, read_object
from jobfair.shuttle.solving import CHILD

DATA = ROOT / "bench" / "data"
BEST_600 = (93, 236, 89.3513, 816, 1742, 248071)
BOUND_6000 = 127_900
ONE_FAIR, FAIRS = 600, 100
SEED = 1
Judge = Callable[[Allocation], dict[str, bool]]


@dataclass(frozen=True)
class Run:
    """An allocation with what it cost: seconds and megabytes of its process."""

    problem: Problem
    allocation: Allocation
    seconds: float
    megabytes: float

    @property
    def sound(self) -> bool:
        """Tell whether the checker has nothing to say."""
        return not check_allocation(self.problem, self.allocation)

    @property
    def weighted(self) -> float:
        """Return the one figure for large problems."""
        return weighted(figures(self.problem, self.allocation))


@dataclass(frozen=True)
class Limits:
    """What a run may take."""

    seconds: float
    megabytes: float


def main() -> None:
    """Print each ratio; fail where one is not kept."""
    kept = [
        *_six_hundred(),
        *_six_thousand(),
        *_large("100 fairs of 600", many_fairs(FAIRS, ONE_FAIR, SEED)),
        *_large("60,000 in one", one_fair(FAIRS * ONE_FAIR, SEED)),
    ]
    if not all(kept):
        sys.exit("seats are not given as well, as soon or in as little memory as they must be")


def _six_hundred() -> list[bool]:
    problem = _instance("seats-600-a")
    soon = solve(problem, 20)
    levels = soon.allocation.levels
    first = [level.value for level in levels[:4]]
    run = soon if soon.allocation.proven else solve(problem, 90)
    reached = [level.value for level in run.allocation.levels]
    print(f"  best known {BEST_600}")
    return [
        *_show("600 requests, levels 1 to 4", soon, Limits(20, 400)),
        _keep("levels 1 to 4 proven", all(level.proven for level in levels[:4])),
        _keep("levels 1 to 4 as the best known", first == [*BEST_600[:4]]),
        *_show("600 requests, all levels", run, Limits(90, 400)),
        _keep("levels 5 and 6 as the best known", reached == [*BEST_600]),
        *_after_a_cancellation(run),
    ]


def _after_a_cancellation(before: Run) -> list[bool]:
    rides = before.allocation.rides
    gone = next(iter(rides))
    requests = tuple(
        replace(request, confirmed=rides.get(request.id))
        for request in before.problem.requests
        if request.id != gone
    )
    run = solve(replace(before.problem, requests=requests), 20)
    stayed = {name: kept for name, kept in rides.items() if name != gone}
    return [
        *_show("after one cancellation", run, Limits(1, 400)),
        _keep("nobody confirmed has moved", stayed.items() <= run.allocation.rides.items()),
    ]


def _six_thousand() -> list[bool]:
    run = solve(_instance("seats-6000-a"), 55)
    return [
        *_show("6,000 requests", run, Limits(60, 500)),
        _keep("levels 1 and 2 proven", all(level.proven for level in run.allocation.levels[:2])),
        _ratio("weighted people to the bound", run.weighted / BOUND_6000, 0.997),
    ]


def _large(name: str, problem: Problem) -> list[bool]:
    run = solve(problem, 100)
    bound = upper_bound(problem)
    return [
        *_show(name, run, Limits(120, 1500)),
        _ratio("weighted people to the bound", run.weighted / bound, 0.985),
    ]


def _show(name: str, run: Run, limits: Limits) -> list[bool]:
    """Print a run's figures; tell for each whether it is kept."""
    print(f"  {name}")
    for level in run.allocation.levels:
        mark = "proven" if level.proven else f"bound {level.bound:,.10g}"
        print(f"    {level.aim:<12} {level.value:>15,.10g}  {mark}")
    return [
        _keep("no violation", run.sound),
        _least("time to its limit", run.seconds / limits.seconds, f"{run.seconds:.1f} s"),
        _least("memory to its limit", run.megabytes / limits.megabytes, f"{run.megabytes:.0f} MB"),
    ]


def _keep(name: str, kept: bool) -> bool:
    print(f"    {name:<36} {'yes' if kept else 'NO'}")
    return kept


def _ratio(name: str, ratio: float, least: float) -> bool:
    print(f"    {name:<36} {ratio:.5f}  at least {least}")
    return ratio >= least


def _least(name: str, ratio: float, value: str) -> bool:
    print(f"    {name:<36} {ratio:.2f}  {value}")
    return ratio <= 1


def solve(problem: Problem, seconds: float) -> Run:
    """Return what the optimiser makes of the problem in this time."""
    given = {"problem": {"problem": problem_json(problem), "seconds": seconds}, "memory_mb": None}
    with TemporaryFile() as asked, TemporaryFile() as answered:
        asked.write(json.dumps(given).encode())
        asked.seek(0)
        began = perf_counter()
        child = subprocess.Popen(  # our own interpreter and file
            [sys.executable, "-P", str(CHILD), SOLVER, str(os.getpid())],
            stdin=asked,
            stdout=answered,
        )
        _pid, status, usage = os.wait4(child.pid, 0)
        took = perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        answered.seek(0)
        last = answered.read().splitlines()[-1]
    allocation = read_allocation(Node(json.loads(last)["result"]), problem)
    return Run(problem, allocation, took, usage.ru_maxrss / 1024)


def _instance(name: str) -> Problem:
    return read_problem(read_object(Path(DATA / f"{name}.json")))


if __name__ == "__main__":
    main()
