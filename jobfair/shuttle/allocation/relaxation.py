"""The one figure for large problems, and what no allocation can surpass of it."""

from collections.abc import Iterable
from time import monotonic

from jobfair.shuttle.allocation.bounds import counted
from jobfair.shuttle.allocation.components import components
from jobfair.shuttle.allocation.figures import Shares, measure, weighted
from jobfair.shuttle.allocation.greedy import completed
from jobfair.shuttle.allocation.model import Model
from jobfair.shuttle.allocation.options import Choices, Claim, options
from jobfair.shuttle.allocation.problem import Problem
from jobfair.shuttle.allocation.room import Room

SECONDS = 120.0


def upper_bound(problem: Problem, seconds: float = SECONDS) -> float:
    """Return what the weighted people of no allocation that keeps what is confirmed can surpass."""
    deadline = monotonic() + seconds
    choices = options(problem)
    everybody = completed(choices, problem.departures, {}).rides
    kept = {name: rides for name, rides in everybody.items() if choices[name].claim is Claim.KEPT}
    shares = Shares.of(choices.values(), problem.departures)
    room = Room(problem.departures).beside(choices, kept)
    groups = components(entry for name, entry in choices.items() if name not in kept)
    bounds = (_bound(group, room, shares, deadline - monotonic()) for group in groups)
    return weighted(measure(choices, shares, kept)) + sum(bounds)


def _bound(entries: Iterable[Choices], room: Room, shares: Shares, seconds: float) -> float:
    """Return the better of what the relaxed program proves and what counting does."""
    group = list(entries)
    model = Model(group, room, shares)
    relaxed = model.program.relax(model.weighted(), seconds).bound
    return min(relaxed, weighted(counted(group, room, shares)))
