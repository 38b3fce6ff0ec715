"""Use cases of lists: taking one in, reading it otherwise, saving, mending and dropping rows."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

import sqlalchemy as sa

from jobfair.attendees.models import Household
from jobfair.audit.operations import record
from jobfair.booking.rules import Contact, RideInput
from jobfair.booking.service import Origin, Registration, register_all_for, register_for
from jobfair.core.db import transaction
from jobfair.core.errors import Conflict, DomainError
from jobfair.partners.blueprint import Workplace
from jobfair.partners.import_queries import get_list, judged_households, open_rows
from jobfair.partners.import_rules import (
    NAME_MOST,
    SECONDS_AT_ONCE,
    TOGETHER,
    Reading,
    data_of,
    data_typed,
    list_key,
)
from jobfair.partners.lists import Column, JudgedHousehold, Sheet
from jobfair.partners.models import ImportList, ImportRow
from jobfair.shuttle.queries import back_choices
from jobfair.shuttle.rules import Ways

Wish = tuple[JudgedHousehold, Registration, Origin]


@dataclass(frozen=True)
class Typed:
    """What was typed into the fields of a row; `anyway` says that nobody else is meant."""

    cells: Mapping[Column, str]
    anyway: bool = False


def add_list(place: Workplace, name: str, sheet: Sheet, *, now: datetime) -> int:
    """Have the rows of the sheet kept as drafts; return the list's id."""
    reading = Reading.of_sheet(sheet)
    assert place.actor.id is not None  # noqa: S101  # both ways in need a sign-in
    with transaction() as current:
        imported = ImportList(
            fair_id=place.fair.id,
            partner_id=place.partner_id,
            user_id=place.actor.id,
            name=name[:NAME_MOST],
            reading=reading.stored,
            created_at=now,
            updated_at=now,
        )
        current.add(imported)
        current.flush()
        rows = [
            {
                "fair_id": place.fair.id,
                "list_id": imported.id,
                "number": row.number,
                "data": data_of(row.cells),
            }
            for row in sheet.rows
        ]
        current.execute(sa.insert(ImportRow), rows)
        _note(place, "import_list.added", imported.id, now)
    return imported.id


def read_as(
    place: Workplace, list_id: int, reading: Reading, *, first_is_heading: bool, now: datetime
) -> None:
    """Have the columns of the list say what they are said to, as long as nothing was saved."""
    with transaction() as current:
        imported = _locked(place, list_id)
        before = Reading(**imported.reading)
        if before.is_begun:
            raise Conflict("list_begun")
        titles = before.titles
        if first_is_heading and not titles:
            first = open_rows(list_id)[0]
            titles = [first.data.get(str(place), "") for place in range(len(before.columns))]
            current.delete(first)
        width = len(before.columns)
        columns = [*reading.columns, *[""] * width][:width]
        imported.reading = Reading(titles, columns, reading.place, reading.lang).stored
        imported.updated_at = now


def save_good(place: Workplace, list_id: int, *, page_lang: str, now: datetime) -> None:
    """Have good households be registered, each exactly once and whole, for some seconds.

    Whoever runs it again goes on with those that are left.
    """
    imported = _begin(place, list_id, now)
    good = [one for one in judged_households(place.fair, imported, now) if one.is_good]
    _register(place, imported, good, page_lang=page_lang, now=now)


def mend(
    place: Workplace,
    list_id: int,
    typed: Mapping[int, Typed],
    *,
    page_lang: str,
    now: datetime,
) -> JudgedHousehold | None:
    """Have the rows say what was typed, and their household be registered if all of it is good.

    Return the household with its faults where it is still a draft.
    """
    imported = _begin(place, list_id, now)
    wanted = _store(place, list_id, typed)
    for household in judged_households(place.fair, imported, now):
        if wanted.isdisjoint(row.number for row in household.rows):
            continue
        if not household.is_good:
            return household
        _register(place, imported, [household], page_lang=page_lang, now=now)
    return None


def _store(place: Workplace, list_id: int, typed: Mapping[int, Typed]) -> set[int]:
    """Have the rows that are still open say what was typed; return their numbers."""
    with transaction():
        _locked(place, list_id)
        rows = [row for row in open_rows(list_id) if row.number in typed]
        for row in rows:
            said = typed[row.number]
            row.data = data_typed(said.cells, anyway=said.anyway)
    if not rows:
        raise Conflict("list_rows_gone")
    return {row.number for row in rows}


def drop_rows(place: Workplace, list_id: int, numbers: Iterable[int], *, now: datetime) -> None:
    """Have these rows be forgotten, unless somebody was registered from them."""
    with transaction() as current:
        imported = _locked(place, list_id)
        theirs = sa.and_(ImportRow.list_id == list_id, ImportRow.household_id.is_(None))
        current.execute(sa.delete(ImportRow).where(theirs, ImportRow.number.in_(list(numbers))))
        imported.updated_at = now


def drop_list(place: Workplace, list_id: int, *, now: datetime) -> None:
    """Have the list and its drafts be forgotten; who was registered from it stays registered."""
    with transaction() as current:
        imported = _locked(place, list_id)
        current.execute(sa.delete(ImportRow).where(ImportRow.list_id == list_id))
        current.delete(imported)
        _note(place, "import_list.dropped", list_id, now)


def _locked(place: Workplace, list_id: int) -> ImportList:
    return get_list(place.fair.id, place.partner_id, list_id, locked=True)


def _begin(place: Workplace, list_id: int, now: datetime) -> ImportList:
    """Have each row know by itself what it says, and nothing be kept of columns left out."""
    with transaction() as current:
        imported = _locked(place, list_id)
        reading = Reading(**imported.reading)
        if not reading.is_begun:
            known = [
                {"id": row.id, "data": {c.value: t for c, t in reading.values(row.data).items()}}
                for row in open_rows(list_id)
            ]
            if known:
                current.execute(sa.update(ImportRow), known)
            imported.reading = Reading(place=reading.place, lang=reading.lang).stored
        imported.updated_at = now
    return get_list(place.fair.id, place.partner_id, list_id)


def _register(
    place: Workplace,
    imported: ImportList,
    households: Sequence[JudgedHousehold],
    *,
    page_lang: str,
    now: datetime,
) -> None:
    """Register the households for some seconds; one that is refused holds up no other.

    Raises the last refusal when the others are registered.
    """
    list_id, key = imported.id, list_key(imported.id, imported.created_at)
    back, until = _Back(place.fair.id), monotonic() + SECONDS_AT_ONCE
    refusals: list[DomainError] = []
    for first in range(0, len(households), TOGETHER):
        if monotonic() > until:
            break
        wishes = [
            (
                one,
                _registration(one, back, page_lang),
                Origin(f"{key}{one.rows[0].number}", place.partner_id),
            )
            for one in households[first : first + TOGETHER]
        ]
        _mark(list_id, _made(place, wishes, refusals, now))
    if refusals:
        raise refusals[-1]


def _made(
    place: Workplace, wishes: Sequence[Wish], refusals: list[DomainError], now: datetime
) -> list[tuple[JudgedHousehold, Household]]:
    """Register them together; where that is refused, one by one, and add the refusals."""
    fair_id, at_desk = place.fair.id, place.partner_id is None
    asked = [(wish, origin) for _one, wish, origin in wishes]
    with suppress(DomainError):
        together = register_all_for(fair_id, asked, actor=place.actor, now=now, at_desk=at_desk)
        return [(one, household) for (one, *_), household in zip(wishes, together, strict=True)]
    made = []
    for one, wish, origin in wishes:
        try:
            household = register_for(
                fair_id, wish, origin, actor=place.actor, now=now, at_desk=at_desk
            )
        except DomainError as refusal:
            refusals.append(refusal)
        else:
            made.append((one, household))
    return made


class _Back:
    """The last buses home, looked up once a stop."""

    def __init__(self, fair_id: int) -> None:
        self.fair_id = fair_id
        self.waves: dict[int, int | None] = {}

    def ride(self, stop_id: int) -> RideInput:
        """Return the wish to ride from there, and home with the last bus that goes there."""
        if stop_id not in self.waves:
            choices = back_choices(self.fair_id, [stop_id])
            self.waves[stop_id] = choices[-1].wave if choices else None
        wave = self.waves[stop_id]
        return RideInput(Ways.OUT if wave is None else Ways.BOTH, stop_id, wave)


def _registration(one: JudgedHousehold, back: _Back, page_lang: str) -> Registration:
    home = one.home
    return Registration(
        people=one.people,
        municipality=home.place,
        contact=Contact(email=home.email, phone=home.phone, lang=home.lang),
        ride=None if home.stop_id is None else back.ride(home.stop_id),
        page_lang=page_lang,
        window_id=home.window_id,
    )


def _mark(list_id: int, made: Iterable[tuple[JudgedHousehold, Household]]) -> None:
    """Have the rows say from which household they are, and nothing else any more."""
    households = {row.number: one.id for judged, one in made for row in judged.rows}
    with transaction() as current:
        numbered = sa.select(ImportRow.number, ImportRow.id).where(
            ImportRow.list_id == list_id, ImportRow.number.in_(households)
        )
        done = [
            {"id": row_id, "household_id": households[number], "data": {}}
            for number, row_id in current.execute(numbered.with_for_update())
        ]
        if done:
            current.execute(sa.update(ImportRow), done)


def _note(place: Workplace, action: str, list_id: int, now: datetime) -> None:
    record(place.actor, action, "import_list", list_id, now=now, fair_id=place.fair.id)
