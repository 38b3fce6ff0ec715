"""Every aim as an integer program, the first ones held: proven where time suffices."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic

from jobfair.shuttle.allocation.figures import Shares
from jobfair.shuttle.allocation.model import Goal, Model
from jobfair.shuttle.allocation.options import PROMISED, Choices
from jobfair.shuttle.allocation.problem import Aim, Rides
from jobfair.shuttle.allocation.room import Room

Tell = Callable[[Goal], None]
OF_REST = 0.5
"""The part of the time left that one goal may take."""


@dataclass
class Part:
    """What was found for some requests, and by how much each aim might still be missed."""

    rides: Mapping[str, Rides]
    gaps: dict[Aim, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """Requests to be given rides in this room, none worse than with those at the start."""

    entries: Collection[Choices]
    room: Room
    shares: Shares
    start: Mapping[str, Rides]
    deadline: float

    @property
    def seconds(self) -> float:
        """Return how much time is left."""
        return self.deadline - monotonic()


def goals(entries: Iterable[Choices], aims: Iterable[Aim]) -> list[Goal]:
    """Return what is aimed at in turn: what was promised, then these aims."""
    claims = {entry.claim for entry in entries}
    return [*(claim for claim in PROMISED if claim in claims), *aims]


def solve_exactly(task: Task, tell: Tell, aims: Collection[Aim] = tuple(Aim)) -> Part:
    """Return the best rides that are found in this time, each goal with those before it held."""
    model = Model(task.entries, task.room, task.shares)
    values: Sequence[float] = model.values_of(task.start)
    gaps = {}
    for goal in goals(task.entries, aims):
        tell(goal)
        found = model.improve(goal, values, OF_REST * task.seconds)
        model.hold(goal, found.value)
        values = found.values
        if isinstance(goal, Aim):
            gaps[goal] = model.gap(goal, found)
    return Part(model.rides_of(values), gaps)
