"""Requests that can't come into each other's way are allocated one group after the other."""

from collections import defaultdict
from collections.abc import Iterable

from jobfair.shuttle.allocation.options import Choices, holds


def components(choices: Iterable[Choices]) -> list[list[Choices]]:
    """Return the requests that could ride at all, joined by departures and municipalities.

    Municipalities join because the shortfall counts all of its requests. The smallest come first.
    """
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        parents.setdefault(name, name)
        while parents[name] != name:
            parents[name] = parents[parents[name]]
            name = parents[name]
        return name

    entries = [entry for entry in choices if _can_ride(entry)]
    for entry in entries:
        first = root(_municipality(entry))
        for leg in entry.legs:
            for option in leg:
                parents[root(f"departure {option.departure.id}")] = root(first)
    groups: dict[str, list[Choices]] = defaultdict(list)
    for entry in entries:
        groups[root(_municipality(entry))].append(entry)
    return sorted(groups.values(), key=len)


def _municipality(entry: Choices) -> str:
    return f"municipality {entry.request.municipality}"


def _can_ride(entry: Choices) -> bool:
    return all(any(holds(option.departure, entry.request) for option in leg) for leg in entry.legs)
