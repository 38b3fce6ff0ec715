"""Which bus of the timetable goes on as which trip of a plan, so that riders keep their seats."""

from collections.abc import Collection, Mapping
from itertools import combinations

from jobfair.shuttle.document.types import TripKey

Stops = Mapping[TripKey, Collection[int]]
"""Where each trip of the plan calls."""
Riders = Mapping[TripKey, Mapping[int, int]]
"""How many people ride from or to which stop, on each bus of the timetable."""


def successors(plan: Stops, riders: Riders) -> dict[TripKey, TripKey]:
    """Return by the trips of the plan, given with their stops, the bus that goes on as each.

    Buses keep their names, but two of a way and wave exchange theirs where more people find
    their stop so, until no exchange of two is left that gains. No bus ends whose name goes on.
    """
    pairing = _Pairing(plan, riders)
    while sum(pairing.exchange(*pair) for pair in combinations(sorted(pairing.buses), 2)):
        pass
    return {trip: bus for trip, bus in pairing.buses.items() if trip in plan and bus in riders}


class _Pairing:
    """Which bus goes on as which trip: all names that either has, each with one of the others."""

    def __init__(self, plan: Stops, riders: Riders) -> None:
        self._plan, self._riders = plan, riders
        self.buses = {key: key for key in plan.keys() | riders.keys()}

    def exchange(self, one: TripKey, other: TripKey) -> bool:
        """Exchange the buses of two trips if that gains, and tell whether it does."""
        first, second = self.buses[one], self.buses[other]
        alike = (one.direction, one.wave) == (other.direction, other.wave)
        gains = self._kept(one, second) + self._kept(other, first) > (
            self._kept(one, first) + self._kept(other, second)
        )
        gains = gains and alike and not (self._ends(one, second) or self._ends(other, first))
        if gains:
            self.buses[one], self.buses[other] = second, first
        return gains

    def _kept(self, trip: TripKey, bus: TripKey) -> int:
        """Return how many people find their stop if the bus goes on as that trip."""
        if trip not in self._plan:
            return 0
        riders = self._riders.get(bus, {})
        return sum(people for stop, people in riders.items() if stop in self._plan[trip])

    def _ends(self, trip: TripKey, bus: TripKey) -> bool:
        return trip not in self._plan and bus in self._riders
