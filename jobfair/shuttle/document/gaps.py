"""Stops that a plan leaves without a bus when people want one: no rule is broken by that."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from jobfair.shuttle.document.types import Document, PlanWave
from jobfair.shuttle.rules import Direction


@dataclass(frozen=True)
class Gap:
    """Stops without a bus in a wave, with the number of people whom that concerns."""

    wave: PlanWave
    stops: Counter[int]

    @cached_property
    def people(self) -> int:
        """Return how many people it concerns."""
        return self.stops.total()


def no_later_bus(plan: Document) -> Gap | None:
    """Return the stops of those who ride home earlier and find no bus in the last wave."""
    home = [wave for wave in plan.waves if wave.direction is Direction.BACK]
    if not home:
        return None
    last = max(home, key=lambda wave: wave.at)
    served, found = _served(last), Counter[int]()
    for call in (call for wave in home for trip in wave.trips for call in trip.calls):
        if call.people and call.stop not in served:
            found[call.stop] += call.people
    return Gap(last, found) if found else None


def no_bus_as_wished(plan: Document) -> list[Gap]:
    """Return by wave the stops of those who want to ride then, where no bus halts."""
    gaps = []
    for wave in plan.waves:
        served, found = _served(wave), Counter[int]()
        for left in wave.unserved:
            if left.stop not in served:
                found[left.stop] += left.people
        gaps.append(Gap(wave, found))
    return [gap for gap in gaps if gap.people]


def _served(wave: PlanWave) -> set[int]:
    return {stop for trip in wave.trips for stop in trip.stops}
