"""How many would ride from where, as long as nobody has asked: by population and earlier fairs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from jobfair.shuttle.planning.types import Group, Groups

PRIOR = 100
"""Population counts as though so many people had asked by it at the earlier fair."""
PARTIES = (1, 2, 1, 3, 2, 4)
"""In parties of these sizes, one after the other, people are thought to come."""


@dataclass(frozen=True)
class Catchment:
    """A stop, the people who live in its municipality, and those who asked there last time."""

    stop: int
    municipality: str
    population: int
    earlier: int = 0


def expected_riders(places: Sequence[Catchment], riders: int) -> dict[int, int]:
    """Return how many of all riders come from each stop, in whole people."""
    weights = _weights(places)
    total = sum(weights.values())
    if not total:
        return {}
    found = _in_whole({stop: riders * weight / total for stop, weight in weights.items()}, riders)
    return {stop: people for stop, people in found.items() if people}


def _in_whole(exact: Mapping[int, float], riders: int) -> dict[int, int]:
    """Return whole numbers that sum up to all riders; the largest parts of one are rounded up."""
    found = {stop: int(people) for stop, people in exact.items()}
    rest = riders - sum(found.values())
    for stop in sorted(exact, key=lambda stop: (found[stop] - exact[stop], stop))[:rest]:
        found[stop] += 1
    return found


def _weights(places: Iterable[Catchment]) -> dict[int, float]:
    """Weigh stops: earlier riders each as one, the county's people together as `PRIOR`."""
    by_place: dict[str, list[Catchment]] = {}
    for place in places:
        by_place.setdefault(place.municipality, []).append(place)
    county = sum(stops[0].population for stops in by_place.values()) or 1
    weights: dict[int, float] = {}
    for stops in by_place.values():
        asked = sum(stop.earlier + 1 for stop in stops)
        people = PRIOR * stops[0].population / county
        for stop in stops:
            weights[stop.stop] = stop.earlier + people * (stop.earlier + 1) / asked
    return weights


def parties(people: int) -> Groups:
    """Return so many people in parties as they come, none larger than is left."""
    groups: list[Group] = []
    for size in cycle(PARTIES):
        if people <= 0:
            return tuple(groups)
        groups.append(Group(min(size, people)))
        people -= size
    return tuple(groups)


def spread(riders: Mapping[int, int], waves: Sequence[int]) -> dict[int, dict[int, Groups]]:
    """Return the parties of each stop, by wave; the waves are about equally full."""
    found: dict[int, dict[int, Groups]] = {wave: {} for wave in waves}
    load = dict.fromkeys(waves, 0)
    for stop, people in sorted(riders.items()):
        for group in parties(people):
            wave = min(waves, key=load.__getitem__)
            load[wave] += group.people
            found[wave][stop] = (*found[wave].get(stop, ()), group)
    return found
