"""Decisions about lists that are being taken over: how one is read, and what a row says."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from jobfair.core.text import clean_line
from jobfair.partners.lists import Column, ListRow, Sheet, guess_columns
from jobfair.partners.lists.sheet import CELL_MOST

NAME_MOST = 120
DRAFTS_KEPT = timedelta(days=30)
SECONDS_AT_ONCE = 5.0
TOGETHER = 20
"""Households in one transaction; others wait for its end."""
ANYWAY = "anyway"

Data = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """How a list is read: what its columns say, and what holds where a row says nothing.

    Once households were saved there are no columns: each row then knows by itself what it says.
    """

    titles: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    place: str = ""
    lang: str = ""

    @classmethod
    def of_sheet(cls, sheet: Sheet) -> "Reading":
        """Return how the sheet is read by what stands in it."""
        columns = guess_columns(sheet.header, [row.cells for row in sheet.rows])
        return cls(titles=list(sheet.header), columns=list(columns))

    @property
    def stored(self) -> Data:
        """Return it as the list keeps it."""
        return asdict(self)

    @property
    def is_begun(self) -> bool:
        """Tell whether households of the list were saved, so that columns stay as they are."""
        return not self.columns

    @property
    def left_out(self) -> list[str]:
        """Return the titles of the columns that are not taken over."""
        named = zip(self.titles, self.columns, strict=False)
        return [title for title, column in named if title and not column]

    def values(self, data: Mapping[str, Any]) -> dict[Column, str]:
        """Return what a row says, by what it says."""
        if self.is_begun:
            return {column: data[column.value] for column in Column if column.value in data}
        return {
            Column(column): data[str(place)]
            for place, column in enumerate(self.columns)
            if column and str(place) in data
        }

    def row(self, number: int, data: Mapping[str, Any]) -> ListRow:
        """Return the row as it is judged."""
        return ListRow(number, self.values(data), bool(data.get(ANYWAY)))


def list_key(list_id: int, added_at: datetime) -> str:
    """Return how the submission keys of the list's households begin.

    A list that was deleted may leave its id to another one, so the time of adding belongs to it.
    """
    return f"list-{list_id}-{int(added_at.timestamp() * 1000):x}-"


def data_of(cells: Sequence[str]) -> Data:
    """Return the filled cells of a row by the number of their column."""
    return {str(place): text for place, text in enumerate(cells) if text}


def data_typed(typed: Mapping[Column, str], *, anyway: bool) -> Data:
    """Return what was typed into the fields of a row."""
    cleaned = {column.value: clean_line(text, CELL_MOST) for column, text in typed.items()}
    filled: Data = {name: text for name, text in cleaned.items() if text}
    return filled | {ANYWAY: True} if anyway else filled
