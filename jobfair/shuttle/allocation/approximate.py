"""Requests too many for exact programs: a rounded relaxation, neighbourhoods, bounds beside them.

Who has an interview or is invited is few enough to be exact about. Everybody else is given what the
relaxed program gives in full; then one neighbourhood after the other is made better.
"""

from collections.abc import Mapping
from dataclasses import replace
from time import monotonic

from jobfair.shuttle.allocation.bounds import counted
from jobfair.shuttle.allocation.exact import Part, Task, Tell, goals, solve_exactly
from jobfair.shuttle.allocation.figures import measure, merit
from jobfair.shuttle.allocation.greedy import fill
from jobfair.shuttle.allocation.model import Model
from jobfair.shuttle.allocation.neighbourhoods import improve
from jobfair.shuttle.allocation.options import Choices
from jobfair.shuttle.allocation.problem import Aim, Rides
from jobfair.shuttle.allocation.program import Found, worth

FIRST = (Aim.PRIORITY_2, Aim.PRIORITY_1)
FIRST_MOST = 5_000
"""How many requests with priority are allocated by one exact program."""
RELAXED_MOST = 150_000
"""How many columns are relaxed as a whole, for a start and for bounds."""
FOR_FIRST, FOR_SEARCH = 0.4, 0.7
SHORTFALL_WEIGHT = 10.0


def solve_widely(task: Task, tell: Tell) -> Part:
    """Return good rides, found in this time, and by how much each aim might be missed."""
    began, seconds = monotonic(), task.seconds
    choices = {entry.request.id: entry for entry in task.entries}
    model = Model(task.entries, task.room, task.shares) if _columns(task) <= RELAXED_MOST else None
    first = _first(replace(task, deadline=began + FOR_FIRST * seconds), tell)
    starts = [task.start, _filled(task, choices, first.rides)]
    if model:
        starts.append(_filled(task, choices, _rounded(model, starts[1], task)))
    start = max(starts, key=lambda rides: merit(choices, task.shares, rides))
    until = began + (FOR_SEARCH if model else 1) * seconds
    rides = improve(replace(task, start=start, deadline=until), tell)
    reached = measure(choices, task.shares, rides)
    bounds = counted(task.entries, task.room, task.shares)
    gaps = {aim: abs(bounds[aim] - reached[aim]) for aim in Aim}
    sharper = first.gaps | (_relaxed(model, rides, task, tell) if model else {})
    return Part(rides, {aim: min(gaps[aim], sharper.get(aim, gaps[aim])) for aim in Aim})


def _columns(task: Task) -> int:
    return sum(len(leg) for entry in task.entries for leg in entry.legs)


def _first(task: Task, tell: Tell) -> Part:
    """Return the rides of those who come first, as good as can be for them, if they are few."""
    entries = [entry for entry in task.entries if max(entry.standing) > 0]
    if len(entries) > FIRST_MOST:
        return Part({}, {})
    names = {entry.request.id for entry in entries}
    start = {name: rides for name, rides in task.start.items() if name in names}
    return solve_exactly(replace(task, entries=entries, start=start), tell, FIRST)


def _filled(
    task: Task, choices: Mapping[str, Choices], given: Mapping[str, Rides]
) -> dict[str, Rides]:
    """Return these rides, and those of whoever else fits or comes first."""
    rides = dict(given)
    fill(choices, task.room.beside(choices, given), rides)
    return rides


def _rounded(model: Model, first: Mapping[str, Rides], task: Task) -> dict[str, Rides]:
    """Return the rides that the relaxed program gives in full, none worse for who comes first."""
    values = model.values_of(first)
    for goal in goals(task.entries, FIRST):
        model.hold(goal, worth(model.goals[goal], values))
    found = model.program.relax(model.together(SHORTFALL_WEIGHT), task.seconds / 4)
    return model.rides_of(found.values) if found.values else {}


def _relaxed(model: Model, rides: Mapping[str, Rides], task: Task, tell: Tell) -> dict[Aim, float]:
    """Return by how much each later aim might be missed, as far as time suffices."""
    values, gaps = model.values_of(rides), {}
    for aim in (aim for aim in Aim if aim not in FIRST):
        tell(aim)
        if task.seconds < 0:
            break
        reached = worth(model.goals[aim], values)
        bound = model.program.relax(model.goals[aim], task.seconds).bound
        gaps[aim] = model.gap(aim, Found(values, reached, max(bound, reached)))
        model.hold(aim, reached)
    return gaps
