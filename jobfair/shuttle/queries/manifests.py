"""Reads for those who go along: who rides on a bus, stop by stop."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.core.db import session
from jobfair.core.text import name_key
from jobfair.shuttle.models import Departure, Ride, RideRequest, Stop
from jobfair.shuttle.queries.departures import get_departure
from jobfair.shuttle.rules import RequestState


@dataclass(frozen=True)
class Group:
    """People who ride together."""

    lang: str
    phone: str
    people: tuple[Attendee, ...]


@dataclass(frozen=True)
class StopList:
    """Who boards at a stop on the way out, or alights there on the way back."""

    stop: Stop
    at: datetime
    groups: tuple[Group, ...]

    @property
    def people(self) -> int:
        """Return how many they are."""
        return sum(len(group.people) for group in self.groups)


@dataclass(frozen=True)
class Manifest:
    """All who ride on a departure; nobody who waits, nobody who has cancelled."""

    departure: Departure
    stops: tuple[StopList, ...]

    @property
    def people(self) -> int:
        """Return how many they are."""
        return sum(stop.people for stop in self.stops)


def get_manifest(fair_id: int, key: str) -> Manifest:
    """Return who rides on the departure of that key; raise NotFound."""
    departure = get_departure(fair_id, key)
    groups: dict[int, list[Group]] = {call.stop_id: [] for call in departure.calls}
    for stop_id, household in _riders(departure):
        people = tuple(one for one in household.people if one.state is AttendeeState.REGISTERED)
        if people:
            groups[stop_id].append(Group(household.lang, household.phone, people))
    return Manifest(
        departure,
        tuple(
            StopList(call.stop, call.at, tuple(sorted(groups[call.stop_id], key=_by_name)))
            for call in departure.calls
        ),
    )


def _riders(departure: Departure) -> list[tuple[int, Household]]:
    query = (
        sa.select(Ride.stop_id, Household)
        .join(RideRequest, RideRequest.id == Ride.request_id)
        .join(Household, Household.id == RideRequest.household_id)
        .where(
            Ride.departure_id == departure.id,
            RideRequest.state == RequestState.SEATED,
            Household.state == HouseholdState.REGISTERED,
        )
        .order_by(Household.id)
        .options(selectinload(Household.people))
    )
    return [(stop_id, household) for stop_id, household in session().execute(query)]


def _by_name(group: Group) -> str:
    first = group.people[0]
    return name_key(f"{first.family_name} {first.given_name}")
