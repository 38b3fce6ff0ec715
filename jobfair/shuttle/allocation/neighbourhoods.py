"""Rides made better by small exact programs, in one neighbourhood after the other."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from random import Random
from time import monotonic

from jobfair.shuttle.allocation.exact import Task, Tell, solve_exactly
from jobfair.shuttle.allocation.problem import Aim, Rides

FREED = 150
"""How many requests are allocated anew at a time."""
SECONDS_EACH = 2.0
WHO_RIDES = (Aim.PRIORITY_2, Aim.PRIORITY_1, Aim.SHORTFALL, Aim.PEOPLE)
FOR_LIKING = 0.3
"""The part of the time in which it also counts how near the rides are to the wishes."""
SEED = 1


def improve(task: Task, tell: Tell) -> dict[str, Rides]:
    """Return rides that are never worse than those at the start, after all the time there is."""
    neighbourhoods = Neighbourhoods(task)
    for aims, until in ((WHO_RIDES, FOR_LIKING * task.seconds), (tuple(Aim), 0)):
        tell(aims[-1])
        while task.seconds > until:
            neighbourhoods.improve(aims)
    return neighbourhoods.rides


class Neighbourhoods:
    """Rides that get better, a few buses at a time; nothing is ever lost in between."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._entries = {entry.request.id: entry for entry in task.entries}
        self._random = Random(SEED)  # noqa: S311  # which bus is looked at next is no secret
        self._wishing: dict[str, list[str]] = defaultdict(list)
        for name, entry in self._entries.items():
            for leg in entry.legs:
                for option in leg:
                    self._wishing[option.departure.id].append(name)
        self._room = task.room.beside({}, {})
        self._lacking = dict(task.shares.lacking)
        self._riders: dict[str, dict[str, None]] = defaultdict(dict)
        self.rides: dict[str, Rides] = {}
        self._seat(task.start)
        self._queue: list[str] = []

    def improve(self, aims: Collection[Aim]) -> None:
        """Allocate the requests around one departure anew."""
        freed = self._around(self._next())
        start = {name: self.rides[name] for name in freed if name in self.rides}
        self._unseat(start)
        task = Task(
            entries=[self._entries[name] for name in freed],
            room=self._room,
            shares=replace(self._task.shares, lacking=self._lacking),
            start=start,
            deadline=monotonic() + min(self._task.seconds, SECONDS_EACH),
        )
        self._seat(solve_exactly(task, lambda _goal: None, aims).rides)

    def _next(self) -> str:
        """Return the next departure; all of them come before one comes again."""
        if not self._queue:
            self._queue = sorted(self._wishing)
            self._random.shuffle(self._queue)
        return self._queue.pop()

    def _around(self, departure: str) -> list[str]:
        """Return requests that ride on this departure or wait for it, and on others near it."""
        freed: dict[str, None] = {}
        seen = {departure}
        while len(freed) < FREED:
            freed |= self._riders[departure]
            waiting = [name for name in self._wishing[departure] if name not in self.rides]
            self._random.shuffle(waiting)
            freed |= dict.fromkeys(waiting[: FREED // 4])
            near = self._near(freed) - seen
            if not near:
                break
            departure = self._random.choice(sorted(near))
            seen.add(departure)
        return list(freed)

    def _near(self, freed: Iterable[str]) -> set[str]:
        entries = (self._entries[name] for name in freed)
        return {o.departure.id for entry in entries for leg in entry.legs for o in leg}

    def _seat(self, rides: Mapping[str, Rides]) -> None:
        for name, given in rides.items():
            request = self._entries[name].request
            self._room.take(given, request)
            self._lacking[request.municipality] -= request.people
            for ride in given.all():
                self._riders[ride.departure][name] = None
            self.rides[name] = given

    def _unseat(self, rides: Mapping[str, Rides]) -> None:
        for name, given in rides.items():
            request = self._entries[name].request
            self._room.give_back(given, request)
            self._lacking[request.municipality] += request.people
            for ride in given.all():
                del self._riders[ride.departure][name]
            del self.rides[name]
