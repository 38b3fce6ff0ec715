"""Reads for those who go along: who rides on a bus, stop by stop."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa

from jobfair.attendees.models import Attendee
from jobfair.checkin.ports import Rider
from jobfair.core.db import session
from jobfair.core.text import name_key
from jobfair.shuttle.models import Departure, Stop
from jobfair.shuttle.queries.day import read_day
from jobfair.shuttle.queries.departures import get_departure


@dataclass(frozen=True)
class Traveller:
    """A person on the list of a bus: no more than those who go along need to know."""

    person: Attendee
    wheelchair: bool
    on_board: bool


@dataclass(frozen=True)
class Group:
    """People who ride together, with so many prams."""

    people: tuple[Traveller, ...]
    prams: int


@dataclass(frozen=True)
class StopList:
    """Who boards at a stop on the way out, or alights there on the way back."""

    stop: Stop
    at: datetime
    late: int
    groups: tuple[Group, ...]

    @property
    def people(self) -> int:
        """Return how many they are."""
        return _count(self.groups)


@dataclass(frozen=True)
class Manifest:
    """All who ride on a departure; nobody who waits, nobody who has cancelled.

    `others` have no seat of their own: they got on on the spot, or come from an earlier bus.
    """

    departure: Departure
    late: int
    stops: tuple[StopList, ...]
    others: tuple[Group, ...]

    @property
    def people(self) -> int:
        """Return how many are on the list, with a seat or without."""
        return sum(stop.people for stop in self.stops) + _count(self.others)

    @property
    def on_board(self) -> int:
        """Return how many are on board."""
        groups = [*self.others, *(group for stop in self.stops for group in stop.groups)]
        return sum(one.on_board for group in groups for one in group.people)


def get_manifest(fair_id: int, key: str) -> Manifest:
    """Return who rides on the departure of that key; raise NotFound."""
    departure_id = get_departure(fair_id, key).id
    day = read_day(session(), fair_id, [departure_id])
    departure = day.departures[departure_id]
    riders = day.riders(departure)
    people = _people_of(riders)
    seated = [rider for rider in riders if rider.seated]
    lates = zip(departure.calls, day.late_at_calls(departure), strict=True)
    return Manifest(
        departure,
        day.late_at_fair(departure),
        tuple(
            StopList(
                call.stop,
                call.at,
                late,
                _groups((rider for rider in seated if rider.stop_id == call.stop_id), people),
            )
            for call, late in lates
        ),
        _groups((rider for rider in riders if not rider.seated), people),
    )


def _people_of(riders: Sequence[Rider]) -> dict[int, Attendee]:
    query = sa.select(Attendee).where(Attendee.id.in_([one.attendee_id for one in riders]))
    return {person.id: person for person in session().scalars(query)}


def _groups(riders: Iterable[Rider], people: dict[int, Attendee]) -> tuple[Group, ...]:
    """Return the households among them, in the order of their first names on lists."""
    ordered = sorted(riders, key=lambda one: people[one.attendee_id].household_id)
    groups = [
        _group(list(household), people)
        for _id, household in groupby(ordered, lambda one: people[one.attendee_id].household_id)
    ]
    return tuple(sorted(groups, key=_by_name))


def _group(riders: Sequence[Rider], people: dict[int, Attendee]) -> Group:
    travellers = [
        Traveller(people[one.attendee_id], one.wheelchair, one.boarded.since is not None)
        for one in riders
    ]
    return Group(tuple(travellers), riders[0].prams)


def _by_name(group: Group) -> str:
    first = group.people[0].person
    return name_key(f"{first.family_name} {first.given_name}")


def _count(groups: Iterable[Group]) -> int:
    return sum(len(group.people) for group in groups)
