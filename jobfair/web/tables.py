"""Tables to take away: CSV that a spreadsheet reads and can't be made to run anything."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def defused(cell: object) -> str:
    """Return the text of a cell, which no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_answer(name: str, head: Sequence[object], rows: Iterable[Sequence[object]]) -> Response:
    """Return the table as a file, with semicolons and a mark that spreadsheets know as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([defused(cell) for cell in row])
    answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
