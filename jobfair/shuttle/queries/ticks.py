"""Reads for a paper list that came to the desk: who is on it, and what is known already."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa

from jobfair.attendees.models import Attendee
from jobfair.checkin.models import Scan
from jobfair.checkin.ports import Rider
from jobfair.checkin.rules import Direction as Way
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.shuttle.models import Departure
from jobfair.shuttle.queries.day import read_day


@dataclass(frozen=True)
class Box:
    """A box of the list: ticked or not; what a phone scanned can't be taken out here."""

    ticked: bool
    scanned: bool


@dataclass(frozen=True)
class TickRow:
    """A person on the list, with whether they got on and off."""

    person: Attendee
    party: int
    stop: str
    boarded: Box
    alighted: Box


@dataclass(frozen=True)
class TickList:
    """The list of a bus, stop by stop in the order of its way."""

    departure: Departure
    rows: tuple[TickRow, ...]

    @property
    def stops(self) -> list[tuple[str, list[TickRow]]]:
        """Return the rows of each stop."""
        return [(stop, list(rows)) for stop, rows in groupby(self.rows, lambda row: row.stop)]


def tick_list(fair: Fair, departure: Departure) -> TickList:
    """Return who is on the list of the bus, and what is known of them."""
    day = read_day(session(), fair.id, [departure.id])
    riders = day.riders(day.departures[departure.id])
    people = _people(riders)
    boxes = _boxes(departure)
    order: dict[int | None, int] = {call.stop_id: n for n, call in enumerate(departure.calls)}
    names: dict[int | None, str] = {call.stop_id: call.stop.name for call in departure.calls}
    rows = [
        TickRow(
            people[rider.attendee_id],
            rider.party,
            names.get(rider.stop_id, ""),
            boxes.get((rider.attendee_id, Way.BOARD), Box(ticked=False, scanned=False)),
            boxes.get((rider.attendee_id, Way.ALIGHT), Box(ticked=False, scanned=False)),
        )
        for rider in sorted(riders, key=lambda one: order.get(one.stop_id, len(order)))
    ]
    return TickList(departure, tuple(rows))


def _people(riders: Sequence[Rider]) -> dict[int, Attendee]:
    query = sa.select(Attendee).where(Attendee.id.in_([one.attendee_id for one in riders]))
    return {person.id: person for person in session().scalars(query)}


def _boxes(departure: Departure) -> dict[tuple[int | None, Way], Box]:
    query = (
        sa.select(Scan.attendee_id, Scan.direction, sa.func.count(Scan.device_id))
        .where(
            Scan.fair_id == departure.fair_id,
            Scan.departure_id == departure.id,
            Scan.passed,
            Scan.counts,
            Scan.undone_at.is_(None),
        )
        .group_by(Scan.attendee_id, Scan.direction)
    )
    return {
        (person, way): Box(ticked=True, scanned=scans > 0)
        for person, way, scans in session().execute(query)
    }
