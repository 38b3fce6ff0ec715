"""Judging a list: which households it holds and what is wrong with each row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from jobfair.attendees.rules import (
    HOUSEHOLD_MOST,
    AttendeeKind,
    NeedInput,
    NeedKind,
    PersonInput,
)
from jobfair.core.text import name_key
from jobfair.partners.lists import values as cells_of
from jobfair.partners.lists.columns import NAMES, Column
from jobfair.partners.lists.example import is_example
from jobfair.partners.lists.homes import read_stop, read_window
from jobfair.partners.lists.names import Names, name_column, read_names
from jobfair.partners.lists.rows import (
    Context,
    Fault,
    Home,
    JudgedHousehold,
    JudgedRow,
    ListRow,
    identity,
)
from jobfair.partners.lists.values import Unreadable

CHILD_UNTIL = 15
DOUBTS = frozenset({"twice", "registered"})
"""What is no fault where somebody says that they are two people."""
NEED_COLUMNS = {
    NeedKind.WHEELCHAIR: Column.WHEELCHAIR,
    NeedKind.CHILDCARE: Column.CHILDCARE,
    NeedKind.SIGN_LANGUAGE: Column.SIGN_LANGUAGE,
}
T = TypeVar("T")


@dataclass
class _Reading:
    """A row while it is judged: what it says for the household, and the faults so far."""

    row: ListRow
    faults: list[Fault] = field(default_factory=list)
    person: PersonInput | None = None
    place: str = ""
    lang: str = ""
    phone: str = ""
    email: str = ""
    window_id: int | None = None
    stop_id: int | None = None

    def read(self, column: Column, meaning: Callable[[str], T]) -> T | None:
        """Return what the cell means, None for an empty or a faulty one."""
        text = self.row.values.get(column, "")
        if not text:
            return None
        try:
            return meaning(_no_formula(text))
        except Unreadable as fault:
            self.blame(column, fault.code)
            return None

    def blame(self, column: Column, code: str, row: int | None = None) -> None:
        """Have the row say what is wrong."""
        self.faults.append(Fault(column, code, row))

    def doubt(self, code: str, row: int | None = None) -> None:
        """Have the row say once that its person looks like another, unless that was answered."""
        column = name_column(self.row.values)
        if not self.row.anyway and all(fault.code not in DOUBTS for fault in self.faults):
            self.blame(column, code, row)

    def done(self) -> JudgedRow:
        """Return the row as judged."""
        return JudgedRow(self.row, self.person, tuple(self.faults))


def judge(rows: Iterable[ListRow], context: Context) -> tuple[JudgedHousehold, ...]:
    """Return the households in the order of their first rows; the template's example is no row.

    Rows that name the same family are one household, all others are one each.
    """
    families: dict[str, list[_Reading]] = {}
    for row in rows:
        if not is_example(row.values):
            families.setdefault(_family_of(row), []).append(_read(row, context))
    homes = {key: _home(readings, context) for key, readings in families.items()}
    _blame_twins(families, homes)
    _blame_known(families, homes, context)
    return tuple(
        JudgedHousehold(key, tuple(reading.done() for reading in readings), homes[key])
        for key, readings in families.items()
    )


def _no_formula(text: str) -> str:
    if text.startswith("="):
        raise Unreadable("formula")
    return text


def _family_of(row: ListRow) -> str:
    """Return what joins rows to a household; numbers are the same with and without decimals."""
    named = row.values.get(Column.HOUSEHOLD, "").casefold().removesuffix(".0")
    return f"family {named}" if named else f"row {row.number}"


def _read(row: ListRow, context: Context) -> _Reading:
    """Return what the row says by itself."""
    reading = _Reading(row)
    reading.read(Column.HOUSEHOLD, _no_formula)
    languages = reading.read(Column.LANGUAGE, cells_of.read_languages) or ()
    reading.lang = next(iter(languages), "")
    reading.place = _place(reading) or ""
    reading.phone = reading.read(Column.PHONE, cells_of.read_phone) or ""
    reading.email = reading.read(Column.EMAIL, cells_of.read_email) or ""
    if context.windows:
        in_windows = partial(read_window, windows=context.windows)
        reading.window_id = reading.read(Column.ARRIVAL, in_windows)
    reading.person = _person(reading, languages, context)
    return reading


def _place(reading: _Reading) -> str | None:
    postal = reading.row.values.get(Column.POSTAL, "")
    if reading.row.values.get(Column.PLACE):
        return reading.read(Column.PLACE, partial(cells_of.read_place, postal=postal))
    return reading.read(Column.POSTAL, cells_of.read_place)


def _person(reading: _Reading, languages: tuple[str, ...], context: Context) -> PersonInput | None:
    """Return the person; a child is asked for nothing but a name and what it needs."""
    names = _names(reading)
    kind, birth_year = _kind_and_year(reading, context)
    level = reading.read(Column.GERMAN, cells_of.read_level)
    licence = reading.read(Column.LICENCE, cells_of.read_licence)
    needs = tuple(_needs(reading, context))
    if names is None:
        return None
    said = (names.given, names.family, names.own_given, names.own_family)
    if kind is AttendeeKind.CHILD:
        return PersonInput(kind, *said, needs=needs)
    return PersonInput(
        kind,
        *said,
        birth_year=birth_year,
        speaks=languages,
        german_level=level,
        licence=licence,
        needs=needs,
    )


def _names(reading: _Reading) -> Names | None:
    values = reading.row.values
    formulas = [column for column in NAMES if values.get(column, "").startswith("=")]
    for column in formulas:
        reading.blame(column, "formula")
    try:
        return None if formulas else read_names(values, reading.lang)
    except Unreadable as fault:
        reading.blame(name_column(values), fault.code)
        return None


def _kind_and_year(reading: _Reading, context: Context) -> tuple[AttendeeKind, int | None]:
    """Return what the person is: as said, else by age."""
    kind = reading.read(Column.KIND, cells_of.read_kind)
    born = reading.read(Column.BIRTH, partial(cells_of.read_birth_year, year_now=context.year))
    if kind is None:
        young = born is not None and context.year - born <= CHILD_UNTIL
        kind = AttendeeKind.CHILD if young else AttendeeKind.ADULT
    return kind, born


def _needs(reading: _Reading, context: Context) -> Iterable[NeedInput]:
    for kind, column in NEED_COLUMNS.items():
        if reading.read(column, cells_of.read_yes):
            yield NeedInput(kind)
    spoken = partial(cells_of.read_interpreter, own=reading.lang or context.lang)
    lang = reading.read(Column.INTERPRETER, spoken)
    if lang is not None:
        yield NeedInput(NeedKind.INTERPRETER, lang)


def _home(readings: Sequence[_Reading], context: Context) -> Home:
    """Return what holds for all of them, each value from the first who says it."""
    place = _first(readings, "place") or context.place
    lang = _first(readings, "lang") or context.lang
    for reading in readings:
        _judge_in_family(reading, place, len(readings), context)
    _blame_missing(readings, place, lang)
    return Home(
        place=place,
        lang=lang,
        phone=_first(readings, "phone"),
        email=_first(readings, "email"),
        window_id=_window(readings, context),
        stop_id=_first_id(reading.stop_id for reading in readings),
    )


def _blame_missing(readings: Sequence[_Reading], place: str, lang: str) -> None:
    """Have the first row say what none of them says."""
    if not place and not _blamed(readings, Column.PLACE, Column.POSTAL):
        readings[0].blame(Column.PLACE, "place_missing")
    if not lang and not _blamed(readings, Column.LANGUAGE):
        readings[0].blame(Column.LANGUAGE, "language_missing")


def _judge_in_family(reading: _Reading, place: str, size: int, context: Context) -> None:
    """Have the row say what is wrong with it as one of a household of that size and place."""
    if reading.place not in ("", place):
        reading.blame(Column.PLACE, "place_differs")
    if size > HOUSEHOLD_MOST:
        reading.blame(Column.HOUSEHOLD, "household_size")
    if context.stops and place:
        at_home = partial(read_stop, place=place, stops=context.stops)
        reading.stop_id = reading.read(Column.STOP, at_home)


def _window(readings: Sequence[_Reading], context: Context) -> int | None:
    """Return the window in which they wish to arrive, which all of them must fit into."""
    wished = _first_id(reading.window_id for reading in readings)
    if any(one.id == wished and one.capacity < len(readings) for one in context.windows):
        readings[0].blame(Column.ARRIVAL, "window_small")
    return wished


def _first_id(ids: Iterable[int | None]) -> int | None:
    return next(filter(None, ids), None)


def _first(readings: Iterable[_Reading], name: str) -> str:
    return next(filter(None, (getattr(reading, name) for reading in readings)), "")


def _blamed(readings: Iterable[_Reading], *columns: Column) -> bool:
    return any(fault.column in columns for one in readings for fault in one.faults)


def _blame_twins(families: Mapping[str, Sequence[_Reading]], homes: Mapping[str, Home]) -> None:
    """Have the later of two rows that name the same person say so."""
    seen: dict[tuple[str, str], list[_Reading]] = {}
    for key, reading, person in _persons(families):
        words = sorted(name_key(f"{person.given_name} {person.family_name}").split())
        namesakes = seen.setdefault((" ".join(words), homes[key].place), [])
        twin = next((one for one in namesakes if _same_age(one, reading)), None)
        if twin:
            reading.doubt("twice", twin.row.number)
        namesakes.append(reading)


def _same_age(one: _Reading, other: _Reading) -> bool:
    """Tell whether nothing is known that makes them two people."""
    ages = {reading.person.birth_year for reading in (one, other) if reading.person}
    return len(ages - {None}) <= 1


def _blame_known(
    families: Mapping[str, Sequence[_Reading]], homes: Mapping[str, Home], context: Context
) -> None:
    """Have the rows of people who are registered already say so."""
    for key, reading, person in _persons(families):
        if identity(person.sounds, homes[key].place) in context.known:
            reading.doubt("registered")


def _persons(
    families: Mapping[str, Sequence[_Reading]],
) -> Iterable[tuple[str, _Reading, PersonInput]]:
    """Go through the people that are known, each with the family's key and the row."""
    for key, readings in families.items():
        for reading in readings:
            if reading.person is not None:
                yield key, reading, reading.person
