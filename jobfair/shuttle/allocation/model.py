"""The integer program of a seat problem: how many of each kind of party ride on each departure.

Parties that may ride the same buses and differ in nothing that counts but the order of asking are
one kind; a column says how many of them ride, and one for each departure how many ride there. That
leaves nothing to branch on that changes nothing. What is given beside the program (confirmed rides,
the rest of a neighbourhood) only lessens the room and the shares.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf

from jobfair.shuttle.allocation.figures import WEIGHTS, Shares
from jobfair.shuttle.allocation.options import Choices, Claim, Option, holds
from jobfair.shuttle.allocation.problem import Aim, Priority, Rides, SeatRequest
from jobfair.shuttle.allocation.program import Found, Program, worth
from jobfair.shuttle.allocation.room import Room

Terms = dict[int, float]
Goal = Aim | Claim
WHOLE = 1e-6
PREFERRED: Mapping[int, Aim] = {
    Priority.INTERVIEW: Aim.PRIORITY_2,
    Priority.INVITED: Aim.PRIORITY_1,
}
PART = 0.1
"""How much of the smallest difference that can be may be lost when a value is held."""


@dataclass
class Kind:
    """Parties that differ only in their stops and who asked first, with their columns."""

    choices: list[Choices]
    riding: int
    columns: list[dict[str, int]] = field(default_factory=list)
    """How many ride there, by departure, for each way."""
    order: list[int] = field(default_factory=list)

    @property
    def request(self) -> SeatRequest:
        """Return one of them."""
        return self.choices[0].request


class Model:
    """The program over these requests, in this room."""

    def __init__(self, choices: Iterable[Choices], room: Room, shares: Shares) -> None:
        self.program = Program()
        self.goals: dict[Goal, Terms] = {goal: {} for goal in (*Claim, *Aim)}
        self._grain = shares.grain
        self._kinds = [self._kind(kind) for kind in _kinds(choices)]
        self._keep_room(room)
        self._short = self._count_shortfall(shares.lacking)

    def hold(self, goal: Goal, value: float) -> None:
        """Have this goal's objective never fall below this value again."""
        slack = PART * (self._grain if goal is Aim.SHORTFALL else 1.0)
        self.program.row(value - slack, inf, self.goals[goal])

    def improve(self, goal: Goal, start: Sequence[float], seconds: float) -> Found:
        """Return the best values for this goal that are found in this time."""
        found = self.program.maximise(self.goals[goal], start, seconds)
        values = self._completed(list(found.values))
        value = worth(self.goals[goal], values)
        return Found(values, value, max(found.bound, value))

    def gap(self, goal: Goal, found: Found) -> float:
        """Return by how much the goal might still be missed, in steps that there can be."""
        grain = self._grain if goal is Aim.SHORTFALL else 1.0
        return floor((found.bound - found.value) / grain + PART) * grain

    def together(self, shortfall: float) -> Terms:
        """Return an objective of more people and, weighted so, less shortfall."""
        short = {column: shortfall * cost for column, cost in self.goals[Aim.SHORTFALL].items()}
        return self.goals[Aim.PEOPLE] | short

    def weighted(self) -> Terms:
        """Return the objective of the one figure for large problems."""
        return {
            kind.riding: WEIGHTS[Priority(kind.request.priority)] * kind.request.people
            for kind in self._kinds
        }

    def values_of(self, rides: Mapping[str, Rides]) -> list[float]:
        """Return the values of all columns when these parties ride."""
        values = [0.0] * self.program.size
        for kind in self._kinds:
            for entry in kind.choices:
                if given := rides.get(entry.request.id):
                    values[kind.riding] += 1
                    for columns, ride in zip(kind.columns, given.all(), strict=True):
                        values[columns[ride.departure]] += 1
        return self._completed(values)

    def rides_of(self, values: Sequence[float]) -> dict[str, Rides]:
        """Return who rides where with these values; of one kind, those who asked first."""
        rides = {}
        for kind in self._kinds:
            legs = [_driven(columns, values) for columns in kind.columns]
            for entry, *departures in zip(kind.choices, *legs, strict=False):
                rides[entry.request.id] = entry.rides_on(departures)
        return rides

    def _kind(self, kind: list[Choices]) -> Kind:
        """Add the columns of one kind and return it."""
        first = kind[0]
        made = Kind(kind, self.program.column(len(kind)))
        people, goals = first.request.people, self.goals
        for leg in first.legs:
            made.columns.append(self._way(made, leg))
        goals[first.claim][made.riding] = people
        goals[Aim.PEOPLE][made.riding] = people
        if first.request.priority in PREFERRED:
            goals[PREFERRED[first.request.priority]][made.riding] = people
        self._order(made)
        return made

    def _way(self, kind: Kind, leg: Iterable[Option]) -> dict[str, int]:
        """Add the columns of one of the kind's ways and return them, by departure."""
        fitting = [option for option in leg if holds(option.departure, kind.request)]
        many = len(kind.choices)
        columns = {option.departure.id: self.program.column(many) for option in fitting}
        self.program.row(0, 0, {kind.riding: -1, **dict.fromkeys(columns.values(), 1)})
        for option in fitting:
            if option.deviation:
                far = -kind.request.people * option.deviation
                self.goals[Aim.DEVIATION][columns[option.departure.id]] = far
        return columns

    def _order(self, kind: Kind) -> None:
        """Have the objective of the order of asking count who asked first of those alike."""
        costs = [-entry.request.requested * entry.request.people for entry in kind.choices]
        goal = self.goals[Aim.REQUESTED]
        if len(costs) == 1:
            goal[kind.riding] = costs[0]
            return
        kind.order = [self.program.column(1) for _cost in costs]
        self.program.row(0, 0, {kind.riding: -1, **dict.fromkeys(kind.order, 1)})
        goal |= zip(kind.order, costs, strict=True)

    def _keep_room(self, room: Room) -> None:
        """Add the rows that keep every departure's seats and wheelchair places."""
        places = [(kind.request.seats, kind.request.wheelchairs) for kind in self._kinds]
        for index, needed in enumerate(zip(*places, strict=True)):
            for name, terms in self._taken(needed).items():
                self.program.row(-inf, room.free[name][index], terms)

    def _taken(self, needed: Iterable[int]) -> dict[str, Terms]:
        """Return what is taken on each departure, when parties of each kind need so much there."""
        taken: dict[str, Terms] = defaultdict(dict)
        for kind, places in zip(self._kinds, needed, strict=True):
            if places:
                for columns in kind.columns:
                    for departure, column in columns.items():
                        taken[departure][column] = places
        return taken

    def _count_shortfall(self, lacking: Mapping[str, float]) -> dict[int, tuple[float, Terms]]:
        """Add a column for what each municipality is short of, and return what it is made of."""
        served: dict[str, Terms] = defaultdict(dict)
        for kind in self._kinds:
            served[kind.request.municipality][kind.riding] = kind.request.people
        short = {}
        for name, share in lacking.items():
            if share > 0 and name in served:
                column = self.program.column(share, whole=False)
                self._bound_shortfall(column, share, served[name])
                self.goals[Aim.SHORTFALL][column] = -1
                short[column] = (share, served[name])
        return short

    def _bound_shortfall(self, column: int, share: float, served: Terms) -> None:
        """Have the column be at least what is lacking, tightly so between whole numbers."""
        self.program.row(share, inf, {column: 1, **served})
        part, above = share - floor(share), ceil(share)
        if WHOLE < part < 1 - WHOLE:
            scaled = {riding: part * people for riding, people in served.items()}
            self.program.row(part * above, inf, {column: 1, **scaled})

    def _completed(self, values: list[float]) -> list[float]:
        """Return the values with those columns set that follow from the others."""
        for kind in self._kinds:
            for column in kind.order[: round(values[kind.riding])]:
                values[column] = 1
        for column, (share, served) in self._short.items():
            riding = sum(people * values[name] for name, people in served.items())
            values[column] = max(0.0, share - riding)
        return values


def _driven(columns: Mapping[str, int], values: Sequence[float]) -> list[str]:
    """Return each departure as often as parties ride there."""
    return [name for name, column in columns.items() for _ in range(floor(values[column] + WHOLE))]


def _kinds(choices: Iterable[Choices]) -> list[list[Choices]]:
    """Return the requests that could ride at all, those alike together, earliest first."""
    kinds: dict[object, list[Choices]] = defaultdict(list)
    for entry in sorted(choices, key=lambda entry: entry.rank):
        request = entry.request
        fitting = tuple(
            tuple((o.departure.id, o.deviation) for o in leg if holds(o.departure, request))
            for leg in entry.legs
        )
        if all(fitting):
            size = (request.seats, request.wheelchairs)
            kinds[fitting, size, request.priority, request.municipality, entry.claim].append(entry)
    return list(kinds.values())
