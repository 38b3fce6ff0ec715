"""Reads for a paper list that came to the desk: who is on it, and what is known already."""

from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa

from jobfair.attendees.models import Attendee
from jobfair.checkin.models import Scan
from jobfair.checkin.rules import Direction as Way
from jobfair.core.db import session
from jobfair.shuttle.models import Departure
from jobfair.shuttle.queries.manifests import Manifest


@dataclass(frozen=True)
class Box:
    """A box of the list: ticked or not; what a phone scanned can't be taken out here."""

    ticked: bool
    scanned: bool


@dataclass(frozen=True)
class TickRow:
    """A person on the list, with whether they got on and off."""

    person: Attendee
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


def tick_list(manifest: Manifest) -> TickList:
    """Return who is on the list, in the order of the paper, and what is known of them."""
    parts = [*((stop.stop.name, stop.groups) for stop in manifest.stops), ("", manifest.others)]
    boxes, empty = _boxes(manifest.departure), Box(ticked=False, scanned=False)
    rows = [
        TickRow(
            one.person,
            stop,
            boxes.get((one.person.id, Way.BOARD), empty),
            boxes.get((one.person.id, Way.ALIGHT), empty),
        )
        for stop, groups in parts
        for group in groups
        for one in group.people
    ]
    return TickList(manifest.departure, tuple(rows))


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
