"""How good an allocation is: one value for each aim, compared in their order."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from jobfair.shuttle.allocation.options import PROMISED, Choices, Claim
from jobfair.shuttle.allocation.problem import Aim, Departure, Priority, Rides, SeatRequest
from jobfair.shuttle.rules import Direction

DIGITS = 4
WEIGHTS = {Priority.INTERVIEW: 100, Priority.INVITED: 10, Priority.ANYBODY: 1}
Figures = dict[Aim, float]


@dataclass(frozen=True, slots=True)
class Shares:
    """What each municipality lacks of an equal share, and the least by which sums can differ."""

    lacking: Mapping[str, float]
    grain: float

    @classmethod
    def of(cls, choices: Iterable[Choices], departures: Iterable[Departure]) -> Self:
        """Return an equal share of the outbound places for all who could ride at all."""
        asked: Counter[str] = Counter()
        for entry in choices:
            if entry.reachable:
                asked[entry.request.municipality] += entry.request.people
        places = sum(d.seats + d.wheelchairs for d in departures if d.direction is Direction.OUT)
        people = max(1, asked.total())
        share = min(1.0, places / people)
        return cls({name: share * asked[name] for name in sorted(asked)}, 1 / people)

    def beside(self, requests: Iterable[SeatRequest]) -> "Shares":
        """Return what is lacking when these ride; less than nothing is kept in mind."""
        lacking = dict(self.lacking)
        for request in requests:
            lacking[request.municipality] -= request.people
        return replace(self, lacking=lacking)

    def among(self, municipalities: Collection[str]) -> "Shares":
        """Return what these municipalities are lacking."""
        lacking = {name: self.lacking[name] for name in sorted(municipalities)}
        return replace(self, lacking=lacking)

    @property
    def shortfall(self) -> float:
        """Return by how many people the municipalities are short together."""
        return round(sum(max(0.0, lacking) for lacking in self.lacking.values()), DIGITS)


def measure(choices: Mapping[str, Choices], shares: Shares, given: Mapping[str, Rides]) -> Figures:
    """Return the value of each aim when these requests have these rides."""
    people: Counter[int] = Counter()
    deviation = requested = 0
    for name, rides in given.items():
        request = choices[name].request
        people[request.priority] += request.people
        requested += request.requested * request.people
        deviation += request.people * _deviation(choices[name], rides)
    return {
        Aim.PRIORITY_2: people[Priority.INTERVIEW],
        Aim.PRIORITY_1: people[Priority.INVITED],
        Aim.SHORTFALL: shares.beside(choices[name].request for name in given).shortfall,
        Aim.PEOPLE: sum(people.values()),
        Aim.DEVIATION: deviation,
        Aim.REQUESTED: requested,
    }


def merit(
    choices: Mapping[str, Choices], shares: Shares, given: Mapping[str, Rides]
) -> tuple[float, ...]:
    """Return what sorts allocations, the better one greater: what was promised, then the aims."""
    promised: Counter[Claim] = Counter()
    for name in given:
        promised[choices[name].claim] += choices[name].request.people
    figures = measure(choices, shares, given)
    aims = (figures[aim] if aim.more_is_better else -figures[aim] for aim in Aim)
    return (*(promised[claim] for claim in PROMISED), *aims)


def weighted(figures: Figures) -> float:
    """Return the one figure for large problems: people weighted by their priority."""
    first, second = figures[Aim.PRIORITY_2], figures[Aim.PRIORITY_1]
    others = figures[Aim.PEOPLE] - first - second
    return (
        WEIGHTS[Priority.INTERVIEW] * first
        + WEIGHTS[Priority.INVITED] * second
        + WEIGHTS[Priority.ANYBODY] * others
    )


def _deviation(choices: Choices, rides: Rides) -> int:
    return sum(
        next(option.deviation for option in leg if option.ride == ride)
        for leg, ride in zip(choices.legs, rides.all(), strict=True)
    )
