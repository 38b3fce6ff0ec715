"""A list as rows of text, and how large it may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobfair.core.errors import Invalid
from jobfair.core.text import clean_line
from jobfair.partners.lists.columns import is_heading

BYTES_MOST = 2_000_000
ROWS_MOST = 2_000
COLUMNS_MOST = 60
CELL_MOST = 400
HEADINGS_WITHIN = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the file, counted from 1 as spreadsheets do."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings, none where the list has none, and the rows below them."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return max((len(self.header), *(len(row.cells) for row in self.rows)))


def make_sheet(rows: Iterable[Sequence[str]]) -> Sheet:
    """Return the rows that say something, below the headings among the first of them.

    What stands above the headings is a title and no person. Raises Invalid where there is
    nothing or too much; stops reading then.
    """
    kept: list[Row] = []
    for number, cells in enumerate(rows, 1):
        cleaned = _cleaned(cells)
        if cleaned:
            kept.append(Row(number, cleaned))
        if len(kept) > ROWS_MOST + HEADINGS_WITHIN:
            raise Invalid("list_rows", most=ROWS_MOST)
    return _below_headings(kept)


def _cleaned(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the cells up to the last one that says something."""
    if any(map(str.strip, cells[COLUMNS_MOST:])):
        raise Invalid("list_columns", most=COLUMNS_MOST)
    cleaned = [clean_line(cell, CELL_MOST) if cell else "" for cell in cells[:COLUMNS_MOST]]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    return tuple(cleaned)


def _below_headings(rows: list[Row]) -> Sheet:
    if not rows:
        raise Invalid("list_empty")
    header: tuple[str, ...] = ()
    for place, row in enumerate(rows[:HEADINGS_WITHIN]):
        if is_heading(row.cells):
            header, rows = row.cells, rows[place + 1 :]
            break
    if len(rows) > ROWS_MOST:
        raise Invalid("list_rows", most=ROWS_MOST)
    if not rows:
        raise Invalid("list_only_headings")
    return Sheet(header, tuple(rows))
