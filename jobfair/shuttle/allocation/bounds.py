"""What no allocation can surpass, by counting people and places."""

from collections import Counter
from collections.abc import Collection
from itertools import chain

from jobfair.shuttle.allocation.figures import Figures, Shares
from jobfair.shuttle.allocation.options import Choices
from jobfair.shuttle.allocation.problem import Aim, Priority
from jobfair.shuttle.allocation.room import Room
from jobfair.shuttle.rules import Direction


def counted(entries: Collection[Choices], room: Room, shares: Shares) -> Figures:
    """Return a bound for each aim of these requests in this room, none of them far-fetched."""
    asked: Counter[int] = Counter()
    for entry in entries:
        asked[entry.request.priority] += entry.request.people
    people = min(asked.total(), *(_most(entries, room, way) for way in Direction))
    return {
        Aim.PRIORITY_2: min(people, asked[Priority.INTERVIEW]),
        Aim.PRIORITY_1: min(people, asked[Priority.INVITED]),
        Aim.SHORTFALL: max(0.0, sum(shares.lacking.values()) - people),
        Aim.PEOPLE: people,
        Aim.DEVIATION: 0,
        Aim.REQUESTED: 0,
    }


def _most(entries: Collection[Choices], room: Room, way: Direction) -> int:
    """Return how many may ride: who needs no place this way, and as many others as there are."""
    departures = {
        option.departure.id
        for entry in entries
        for option in chain.from_iterable(entry.legs)
        if option.departure.direction is way
    }
    places = sum(sum(room.free[name]) for name in departures)
    others = sum(e.request.people for e in entries if way not in e.request.directions)
    return others + places
