"""Reads about lists: whose they are, what they hold, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.attendees.words import municipality_name
from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.partners.import_rules import Reading, list_key
from jobfair.partners.lists import (
    Context,
    JudgedHousehold,
    StopFact,
    WindowFact,
    identity,
    judge,
)
from jobfair.partners.lists.rows import Identity
from jobfair.partners.models import ImportList, ImportRow
from jobfair.shuttle.queries import list_departures
from jobfair.shuttle.rules import Direction


@dataclass(frozen=True)
class ListCounts:
    """How many of a list's rows hold places, wait for them, or are drafts."""

    registered: int = 0
    waiting: int = 0
    drafts: int = 0


def get_list(
    fair_id: int, partner_id: int | None, list_id: int, *, locked: bool = False
) -> ImportList:
    """Return the partner's list, or the desk's where there is no partner; raise NotFound.

    While it is `locked` nobody else changes or deletes it.
    """
    query = sa.select(ImportList).where(
        ImportList.id == list_id,
        ImportList.fair_id == fair_id,
        ImportList.partner_id == partner_id,
    )
    found = session().scalar(query.with_for_update() if locked else query)
    if found is None:
        raise NotFound("not_found")
    return found


def list_imports(fair_id: int, partner_id: int | None) -> list[tuple[ImportList, ListCounts]]:
    """Return the partner's lists, or the desk's, the newest first, with what became of them."""
    query = (
        sa.select(ImportList)
        .where(ImportList.fair_id == fair_id, ImportList.partner_id == partner_id)
        .order_by(ImportList.created_at.desc(), ImportList.id.desc())
    )
    lists = list(session().scalars(query))
    counted = _counts([one.id for one in lists])
    return [(one, counted.get(one.id, ListCounts())) for one in lists]


def counts_of(list_id: int) -> ListCounts:
    """Return what became of the list's rows."""
    return _counts([list_id]).get(list_id, ListCounts())


def _counts(list_ids: Sequence[int]) -> dict[int, ListCounts]:
    waits = Household.state == HouseholdState.WAITLISTED
    draft = ImportRow.household_id.is_(None)
    query = (
        sa.select(
            ImportRow.list_id,
            sa.func.count().filter(sa.not_(draft), sa.not_(waits)),
            sa.func.count().filter(waits),
            sa.func.count().filter(draft),
        )
        .outerjoin(Household, Household.id == ImportRow.household_id)
        .where(ImportRow.list_id.in_(list_ids))
        .group_by(ImportRow.list_id)
    )
    return {list_id: ListCounts(*numbers) for list_id, *numbers in session().execute(query)}


def open_rows(list_id: int) -> list[ImportRow]:
    """Return the rows that nobody is registered from yet, in their order."""
    query = sa.select(ImportRow).where(
        ImportRow.list_id == list_id, ImportRow.household_id.is_(None)
    )
    return list(session().scalars(query.order_by(ImportRow.number)))


def judged_households(
    fair: Fair, imported: ImportList, now: datetime
) -> tuple[JudgedHousehold, ...]:
    """Return the households of the rows that are still open, as they are judged now."""
    reading = Reading(**imported.reading)
    rows = [reading.row(row.number, row.data) for row in open_rows(imported.id)]
    return judge(rows, _context(fair, imported, reading, now))


def _context(fair: Fair, imported: ImportList, reading: Reading, now: datetime) -> Context:
    return Context(
        year=now.year,
        lang=reading.lang,
        place=reading.place,
        stops=_stops(fair.id),
        windows=_windows(fair),
        known=_known(imported),
    )


def _stops(fair_id: int) -> tuple[StopFact, ...]:
    """Return where buses to the fair stop, in the order in which they do."""
    stops = {
        call.stop.id: StopFact(call.stop.id, call.stop.municipality, call.stop.name)
        for departure in list_departures(fair_id, Direction.OUT)
        for call in departure.calls
    }
    return tuple(stops.values())


def stop_names(fair_id: int) -> dict[int, str]:
    """Return the names of the stops from which buses go to the fair."""
    return {
        stop.id: f"{municipality_name(stop.municipality)}, {stop.name}" for stop in _stops(fair_id)
    }


def _windows(fair: Fair) -> tuple[WindowFact, ...]:
    zone = ZoneInfo(fair.time_zone)
    query = sa.select(ArrivalWindow).where(ArrivalWindow.fair_id == fair.id)
    return tuple(
        WindowFact(
            window.id,
            window.label,
            window.starts_at.astimezone(zone).time(),
            window.ends_at.astimezone(zone).time(),
            window.capacity,
        )
        for window in session().scalars(query.order_by(ArrivalWindow.starts_at, ArrivalWindow.id))
    )


def _known(imported: ImportList) -> frozenset[Identity]:
    """Return who is registered by the list's partner; at the desk, by anybody.

    Those of this list are no others: its rows were judged beside each other, whether they are
    saved in one go or in several, and are found again by their submission key.
    """
    theirs = Household.submission_key.startswith(list_key(imported.id, imported.created_at))
    query = (
        sa.select(Attendee.sound_key, Household.municipality)
        .join(Household, Household.id == Attendee.household_id)
        .where(
            Household.fair_id == imported.fair_id,
            Household.state != HouseholdState.CANCELLED,
            Attendee.state == AttendeeState.REGISTERED,
            sa.not_(theirs),
        )
    )
    if imported.partner_id is not None:
        query = query.where(Household.partner_id == imported.partner_id)
    return frozenset(identity(sounds, place) for sounds, place in session().execute(query))
