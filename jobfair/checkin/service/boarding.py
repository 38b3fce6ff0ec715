"""Buses as the door sees them: which there are, who has a seat, and who is on board."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.models import Attendee
from jobfair.attendees.rules import NeedKind
from jobfair.checkin.lookup import Door, Moved, find_moves
from jobfair.checkin.ports import BusPlan, Rider
from jobfair.checkin.rules import Presence, presence
from jobfair.checkin.service import buses
from jobfair.core.db import session


@dataclass(frozen=True)
class Passenger:
    """A person with a seat, and since when they are on board."""

    rider: Rider
    person: Attendee
    boarded: Presence

    @property
    def wheelchair(self) -> bool:
        """Tell whether the person comes in a wheelchair."""
        return any(need.kind is NeedKind.WHEELCHAIR for need in self.person.needs)


@dataclass(frozen=True)
class BusManifest:
    """A departure with its passengers, households together."""

    plan: BusPlan
    passengers: tuple[Passenger, ...]


def boarding_choices(fair_id: int) -> list[tuple[int, str]]:
    """Return the departures of the fair as a form offers them, those to the fair first."""
    return buses().choices(session(), fair_id)


def get_manifest(departure_id: int) -> BusManifest:
    """Return who rides on the departure and who is on board; raise NotFound."""
    plan = buses().plan(session(), departure_id)
    riders = buses().riders(session(), departure_id)
    people = _people_of(riders)
    moves = find_moves(session().connection(), people)
    door = Door(departure_id=departure_id)
    return BusManifest(
        plan,
        tuple(
            Passenger(one, people[one.attendee_id], _presence(moves.get(one.attendee_id, ()), door))
            for one in riders
        ),
    )


def _people_of(riders: Sequence[Rider]) -> dict[int, Attendee]:
    query = (
        sa.select(Attendee)
        .where(Attendee.id.in_([rider.attendee_id for rider in riders]))
        .options(selectinload(Attendee.badge), selectinload(Attendee.needs))
    )
    return {person.id: person for person in session().scalars(query)}


def _presence(moves: Sequence[Moved], door: Door) -> Presence:
    """Return since when somebody is on board, rehearsals left out."""
    there = [moved.move for moved in moves if moved.concerns(door) and moved.counts]
    return presence(there)
