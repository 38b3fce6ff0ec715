"""Groups of a stop merged to chunks: fewer things to place, small enough to fill a bus."""

from dataclasses import dataclass
from math import ceil

from jobfair.shuttle.planning.reasons import in_time, obstacle
from jobfair.shuttle.planning.types import Group, RouteProblem, Stop


@dataclass(frozen=True)
class Chunk:
    """Groups of one stop that ride together in this search."""

    stop: int
    """The index of the stop."""
    groups: tuple[Group, ...]

    @property
    def load(self) -> list[int]:
        """Return the seats and wheelchair places that they take."""
        return [sum(g.seats for g in self.groups), sum(g.wheelchairs for g in self.groups)]

    @property
    def people(self) -> int:
        """Return how many they are."""
        return sum(group.people for group in self.groups)


def chunks_of(problem: RouteProblem, most: int) -> list[Chunk]:
    """Return all groups that some bus could carry, merged to chunks of at most so many people.

    A larger group, and one with a wheelchair, is a chunk by itself.
    """
    smallest = min((bus.seats for bus in problem.buses if bus.count), default=1)
    size = max(1, min(most, smallest // 2))
    return [
        Chunk(index, groups)
        for index, stop in enumerate(problem.stops)
        for groups in _merged(problem, stop, size)
    ]


def _merged(problem: RouteProblem, stop: Stop, size: int) -> list[tuple[Group, ...]]:
    while size > 1 and not in_time(problem, stop, size):
        size -= 1
    alone: list[Group] = []
    small: list[Group] = []
    for group in stop.groups:
        if obstacle(problem, stop, group) is None:
            (alone if group.wheelchairs or group.people >= size else small).append(group)
    return [*((group,) for group in alone), *_evenly(small, size)]


def _evenly(groups: list[Group], size: int) -> list[tuple[Group, ...]]:
    """Return the groups in chunks of about the same size, as few as possible."""
    bins: list[list[Group]] = [[] for _ in range(ceil(_people(groups) / size))]
    for group in sorted(groups, reverse=True):
        emptiest = min(bins, key=_people)
        if _people(emptiest) + group.people > size:
            bins.append([group])
        else:
            emptiest.append(group)
    return [tuple(chunk) for chunk in bins if chunk]


def _people(groups: list[Group]) -> int:
    return sum(group.people for group in groups)
