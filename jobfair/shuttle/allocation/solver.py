"""The optimiser: aim after aim by integer programs, never worse than the greedy it starts from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any

from jobfair.shuttle.allocation.approximate import solve_widely
from jobfair.shuttle.allocation.components import components
from jobfair.shuttle.allocation.exact import Part, Task, solve_exactly
from jobfair.shuttle.allocation.figures import DIGITS, Figures, Shares, measure, merit
from jobfair.shuttle.allocation.greedy import completed
from jobfair.shuttle.allocation.model import Goal
from jobfair.shuttle.allocation.options import Choices, Claim, options
from jobfair.shuttle.allocation.problem import Aim, Allocation, Level, Problem, Rides
from jobfair.shuttle.allocation.reading import read_problem
from jobfair.shuttle.allocation.room import Room
from jobfair.shuttle.allocation.writing import allocation_json
from jobfair.shuttle.files import Node

SECONDS = 60.0
EXACT_MOST = 20_000
EXACT_A_SECOND = 2_000
"""How many options the requests may have together for one exact program, and in each second."""
Tell = Callable[[dict[str, Any]], None]


def solve(given: dict[str, Any], tell: Tell) -> dict[str, Any]:
    """Return the allocation of `problem`, found in `seconds`, all as JSON (see `shuttle.child`)."""
    problem = read_problem(Node(given["problem"]))
    return allocation_json(problem.name, allocate(problem, given["seconds"], tell))


def allocate(
    problem: Problem, seconds: float = SECONDS, tell: Tell = lambda _progress: None
) -> Allocation:
    """Return the best allocation found in this time, with what is proven of it."""
    deadline = monotonic() + seconds
    choices, departures = options(problem), problem.departures
    greedy = completed(choices, departures, {})
    kept = {name: rides for name, rides in greedy.rides.items() if _is_kept(choices[name])}
    shares = Shares.of(choices.values(), departures)
    task = Task(
        entries=[entry for name, entry in choices.items() if name not in kept],
        room=Room(departures).beside(choices, kept),
        shares=shares.beside(choices[name].request for name in kept),
        start=greedy.rides,
        deadline=deadline,
    )
    parts = list(_parts(task, tell))
    rides = kept | _rides(parts)
    reached = measure(choices, shares, rides)
    found = completed(choices, departures, rides)
    best = max(found, greedy, key=lambda given: merit(choices, shares, given.rides))
    figures = measure(choices, shares, best.rides)
    return replace(best, levels=_levels(parts, reached, figures))


def _parts(task: Task, tell: Tell) -> Iterator[Part]:
    """Solve one component after the other; time that one doesn't need is left to the next."""
    groups = components(task.entries)
    left = sum(map(len, groups))
    for number, group in enumerate(groups, start=1):
        names = {entry.request.id for entry in group}
        part = Task(
            entries=group,
            room=task.room,
            shares=task.shares.among({entry.request.municipality for entry in group}),
            start={name: task.start[name] for name in sorted(names & task.start.keys())},
            deadline=task.deadline - task.seconds * (1 - len(group) / left),
        )
        place = {"part": number, "parts": len(groups)}
        yield solve_part(part, partial(_tell_goal, tell, place))
        left -= len(group)


def solve_part(task: Task, tell: Callable[[Goal], None]) -> Part:
    """Return the best rides for some requests: exactly where they are few and there is time."""
    options = sum(len(leg) for entry in task.entries for leg in entry.legs)
    few = options <= min(EXACT_MOST, EXACT_A_SECOND * task.seconds)
    return solve_exactly(task, tell) if few else solve_widely(task, tell)


def _tell_goal(tell: Tell, place: Mapping[str, int], goal: Goal) -> None:
    tell({"goal": goal.name.lower(), **place})


def _is_kept(entry: Choices) -> bool:
    return entry.claim is Claim.KEPT


def _rides(parts: Iterable[Part]) -> dict[str, Rides]:
    return {name: rides for part in parts for name, rides in part.rides.items()}


def _levels(parts: Iterable[Part], reached: Figures, figures: Figures) -> tuple[Level, ...]:
    gaps = {aim: sum(part.gaps[aim] for part in parts) for aim in Aim}
    return tuple(_level(aim, reached, gaps, figures) for aim in Aim)


def _level(aim: Aim, reached: Figures, gaps: Mapping[Aim, float], figures: Figures) -> Level:
    """Return what is reached of an aim, and the bound that was found beside the value reached."""
    gap = gaps[aim] if aim.more_is_better else -gaps[aim]
    pick = max if aim.more_is_better else min
    return Level(aim, figures[aim], pick(figures[aim], round(reached[aim] + gap, DIGITS)))
