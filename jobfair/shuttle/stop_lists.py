"""Lists of stops as CSV: written for spreadsheets, read with all of their faults."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jobfair.core.errors import Invalid
from jobfair.core.position import is_position, read_degrees
from jobfair.core.separated import announced, plain, records_of, text_of
from jobfair.core.text import clean_line
from jobfair.data.municipalities import municipalities
from jobfair.shuttle.rules import NAME_MOST, NOTE_MOST, StopInput

BYTES_MOST = 500_000
ROWS_MOST = 2000
COLUMNS = ("name", "municipality", "lat", "lon", "step_free", "note")
NEEDED = ("name", "municipality")

_HEADINGS = {
    "name": ("name", "stop", "halt", "haltestelle"),
    "municipality": ("municipality", "ags", "gemeinde", "ort"),
    "lat": ("lat", "latitude", "breite", "breitengrad"),
    "lon": ("lon", "lng", "longitude", "länge", "längengrad"),
    "step_free": ("step_free", "step-free", "without steps", "stufenlos", "ohne stufen"),
    "note": ("note", "hint", "where exactly", "hinweis", "bussteig", "wo genau"),
}
_COLUMN = {heading: column for column, known in _HEADINGS.items() for heading in known}
_YES = frozenset({"yes", "ja", "y", "j", "x", "1", "true", "wahr"})
_NO = frozenset({"", "no", "nein", "n", "0", "false", "falsch", "-"})
_FORMULA = ("'=", "'+", "'-", "'@")


class StopFault(StrEnum):
    """What is wrong with a row."""

    NAME = "name"
    NAME_LONG = "name_long"
    MUNICIPALITY = "municipality"
    PLACE = "place"
    FAR = "far"
    STEP_FREE = "step_free"
    NOTE_LONG = "note_long"
    TWICE = "twice"


@dataclass(frozen=True)
class StopRow:
    """A row as it was typed, with the stop that it describes or what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    stop: StopInput | None
    faults: tuple[StopFault, ...]


@dataclass(frozen=True)
class StopList:
    """A list: its headings as they were typed, and its rows."""

    head: tuple[str, ...]
    rows: tuple[StopRow, ...]

    @property
    def stops(self) -> list[StopInput]:
        """Return the stops that are described without a fault."""
        return [row.stop for row in self.rows if row.stop]

    @property
    def at_fault(self) -> list[StopRow]:
        """Return the rows with a fault."""
        return [row for row in self.rows if row.faults]

    def text_of(self, rows: Sequence[StopRow]) -> str:
        """Return these rows as a list that can be read again."""
        return _written([self.head, *(row.cells for row in rows)])


def decoded(content: bytes) -> str:
    """Return the text of a file, in whatever encoding a spreadsheet writes; raise Invalid."""
    if len(content) > BYTES_MOST:
        raise Invalid("stop_list_bytes", most=BYTES_MOST // 1000)
    try:
        return text_of(content)
    except UnicodeError:
        raise Invalid("stop_list_encoding") from None


def read_stops(text: str) -> StopList:
    """Return the rows of the list; raise Invalid where it has no headings, or too many rows."""
    separator, table = announced(plain(text))
    records = [record for record in records_of(table, separator) if "".join(record).strip()]
    if not records:
        raise Invalid("stop_list_empty")
    if len(records) > ROWS_MOST + 1:
        raise Invalid("stop_list_rows", most=ROWS_MOST)
    columns = _columns(records[0])
    known: set[tuple[str, str]] = set()
    rows = (_row(n, tuple(cells), columns, known) for n, cells in enumerate(records[1:], 1))
    return StopList(tuple(records[0]), tuple(rows))


def _columns(head: Sequence[str]) -> list[str | None]:
    """Return what each column says, None for those that nobody needs; raise Invalid."""
    columns = [_COLUMN.get(heading.strip().casefold()) for heading in head]
    if not set(NEEDED) <= set(columns):
        raise Invalid("stop_list_columns", columns=", ".join(COLUMNS))
    return columns


def write_rows(stops: Sequence[StopInput], decimal: str) -> Iterator[tuple[str, ...]]:
    """Return the cells of each stop in the order of COLUMNS, degrees with that decimal sign."""
    names = {place.ags: place.display_name for place in municipalities()}
    for stop in stops:
        lat, lon = _degrees(stop.lat, decimal), _degrees(stop.lon, decimal)
        step_free = "ja" if stop.step_free else "nein"
        yield stop.name, names[stop.municipality], lat, lon, step_free, stop.note


def _degrees(value: float | None, decimal: str) -> str:
    return "" if value is None else f"{value:.6f}".replace(".", decimal)


def _written(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    return text.getvalue()


def _row(
    number: int,
    cells: tuple[str, ...],
    columns: Sequence[str | None],
    known: set[tuple[str, str]],
) -> StopRow:
    """Return the row judged, and have its stop be among the `known`."""
    typed = _typed(cells, columns)
    stop = _stop(typed)
    faults = [*_faults(typed, stop)]
    if not faults:
        if (stop.municipality, stop.name) in known:
            faults.append(StopFault.TWICE)
        known.add((stop.municipality, stop.name))
    return StopRow(number, cells, None if faults else stop, tuple(faults))


def _typed(cells: Sequence[str], columns: Sequence[str | None]) -> dict[str, str]:
    """Return what was typed for each of COLUMNS, in the first of its cells that isn't empty."""
    typed = dict.fromkeys(COLUMNS, "")
    for column, cell in zip(columns, cells, strict=False):
        if column is not None:
            typed[column] = typed[column] or _plain(cell)
    return typed


def _plain(cell: str) -> str:
    """Return the cell in one line, without the sign that keeps spreadsheets from computing it."""
    text = clean_line(cell, limit=BYTES_MOST)
    return text[1:] if text.startswith(_FORMULA) else text


def _stop(typed: dict[str, str]) -> StopInput:
    return StopInput(
        municipality=_municipality(typed["municipality"]),
        name=typed["name"],
        lat=read_degrees(typed["lat"]),
        lon=read_degrees(typed["lon"]),
        note=typed["note"],
        step_free=typed["step_free"].casefold() in _YES,
    )


def _municipality(typed: str) -> str:
    """Return the key of the municipality, by its name or by the key itself; empty for none."""
    for place in municipalities():
        keys = (place.ags, place.ags.lstrip("0"))
        names = (place.name, place.display_name)
        if typed in keys or typed.casefold() in {name.casefold() for name in names}:
            return place.ags
    return ""


def _faults(typed: dict[str, str], stop: StopInput) -> Iterator[StopFault]:
    if not stop.name:
        yield StopFault.NAME
    if len(stop.name) > NAME_MOST:
        yield StopFault.NAME_LONG
    if not stop.municipality:
        yield StopFault.MUNICIPALITY
    if typed["lat"] or typed["lon"]:
        yield from _place_faults(stop)
    if typed["step_free"].casefold() not in _YES | _NO:
        yield StopFault.STEP_FREE
    if len(stop.note) > NOTE_MOST:
        yield StopFault.NOTE_LONG


def _place_faults(stop: StopInput) -> Iterator[StopFault]:
    """Return what is wrong with a place that was typed."""
    if stop.lat is None or stop.lon is None:
        yield StopFault.PLACE
    elif not is_position(stop.lat, stop.lon):
        yield StopFault.FAR
