"""Requests that can't come into each other's way are allocated one group after the other."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from jobfair.shuttle.allocation.options import Choices, holds


def components(choices: Iterable[Choices]) -> list[list[Choices]]:
    """Return the requests that could ride at all, joined by departures and municipalities.

    Municipalities join because the shortfall counts all of its requests. The smallest come first.
    """
    parents: dict[str, str] = {}
    entries = [entry for entry in choices if _can_ride(entry)]
    for entry in entries:
        first = _root(parents, _municipality(entry))
        for option in chain.from_iterable(entry.legs):
            bus = _root(parents, f"departure {option.departure.id}")
            parents[bus] = _root(parents, first)
    groups: dict[str, list[Choices]] = defaultdict(list)
    for entry in entries:
        groups[_root(parents, _municipality(entry))].append(entry)
    return sorted(groups.values(), key=len)


def _root(parents: dict[str, str], name: str) -> str:
    """Return what names all that is joined with this, and shorten the way there."""
    parents.setdefault(name, name)
    while parents[name] != name:
        parents[name] = parents[parents[name]]
        name = parents[name]
    return name


def _municipality(entry: Choices) -> str:
    return f"municipality {entry.request.municipality}"


def _can_ride(entry: Choices) -> bool:
    return all(any(holds(option.departure, entry.request) for option in leg) for leg in entry.legs)
