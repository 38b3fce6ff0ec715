"""`flask jobfair shuttle …`: the optimisers on files, without a database."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from jobfair.shuttle.allocation import allocator
from jobfair.shuttle.allocation import reading as seat_reading
from jobfair.shuttle.allocation import words as seat_words
from jobfair.shuttle.allocation.allocator import Progress
from jobfair.shuttle.allocation.checker import check_allocation
from jobfair.shuttle.allocation.writing import allocation_json
from jobfair.shuttle.files import FileFault, Node, read_object
from jobfair.shuttle.planning import planner, words
from jobfair.shuttle.planning.checker import check_plan
from jobfair.shuttle.planning.reading import read_plan, read_problem
from jobfair.shuttle.planning.types import RoutePlan
from jobfair.shuttle.planning.writing import plan_json
from jobfair.shuttle.solving import SolverFault

P = ParamSpec("P")
SECONDS_MOST = 3600
SEED_MOST = 1_000_000
FILE = click.Path(path_type=Path)


def refusing(function: Callable[P, None]) -> Callable[P, None]:
    """Have a fault and Ctrl-C end the command: exit code 1, one line on standard error."""

    @wraps(function)
    def command(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            function(*args, **kwargs)
        except FileFault as fault:
            raise click.ClickException(str(fault)) from None
        except SolverFault as fault:
            raise click.ClickException(f"The optimiser gave no answer: {fault}") from None
        except KeyboardInterrupt:
            show_progress("")  # ends the line on which a terminal shows ^C
            raise click.Abort from None

    return command


@click.group("shuttle")
def shuttle() -> None:
    """Bus routes and seats from files, without a database."""


@shuttle.command("plan")
@click.argument("problem", metavar="FILE", type=FILE)
@click.option(
    "--seconds",
    type=click.IntRange(1, SECONDS_MOST),
    default=int(planner.SECONDS),
    show_default=True,
    help="How long to search at most.",
)
@click.option("--seed", type=click.IntRange(0, SEED_MOST), default=planner.SEED, show_default=True)
@refusing
def plan_routes(problem: Path, seconds: int, seed: int) -> None:
    """Print a route plan for the route problem in FILE as JSON."""
    given = read_problem(read_object(problem))
    plan = planner.plan(given, seconds=seconds, seed=seed, on_progress=_show_plan)
    _print(plan_json(given.name, plan))


@shuttle.command("allocate")
@click.argument("problem", metavar="FILE", type=FILE)
@click.option(
    "--seconds",
    type=click.IntRange(1, SECONDS_MOST),
    default=int(allocator.SECONDS),
    show_default=True,
    help="How long to search at most.",
)
@refusing
def allocate_seats(problem: Path, seconds: int) -> None:
    """Print a seat allocation for the seat problem in FILE as JSON."""
    given = seat_reading.read_problem(read_object(problem))
    allocation = allocator.allocate(given, seconds=seconds, on_progress=_show_allocation)
    _print(allocation_json(given.name, allocation))


@shuttle.command("check")
@click.argument("problem", type=FILE)
@click.argument("solution", type=FILE)
@refusing
def check(problem: Path, solution: Path) -> None:
    """Print each violation of SOLUTION in a line; exit code 1 if there is any."""
    given = read_object(problem)
    seats = given["kind"].one_of("route-problem", "seat-problem") == "seat-problem"
    faults = (_seat_faults if seats else _route_faults)(given, read_object(solution))
    for line in faults:
        click.echo(line)
    sys.exit(bool(faults))


def _route_faults(problem: Node, solution: Node) -> list[str]:
    given = read_problem(problem)
    found = check_plan(given, read_plan(solution, given))
    return [words.in_words(violation) for violation in found]


def _seat_faults(problem: Node, solution: Node) -> list[str]:
    given = seat_reading.read_problem(problem)
    found = check_allocation(given, seat_reading.read_allocation(solution, given))
    return [seat_words.in_words(violation) for violation in found]


def _show_allocation(progress: Progress) -> None:
    show_progress(f"{progress.goal}, part {progress.part} of {progress.parts}")


def _show_plan(plan: RoutePlan) -> None:
    show_progress(f"{plan.people} people on {len(plan.trips)} buses, cost {plan.cost_m} m")


def show_progress(line: str) -> None:
    """Write the line to standard error where somebody looks at it."""
    if sys.stderr.isatty():
        click.echo(line, err=True)


def _print(solution: dict[str, Any]) -> None:
    click.echo(json.dumps(solution, ensure_ascii=False))
