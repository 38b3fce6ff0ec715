"""A list to fill in: the headings that we know, and one example that is never taken over."""

import csv
import io
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from jobfair.partners.lists.columns import Column, heading_of

GERMAN: dict[Column, str] = {
    Column.HOUSEHOLD: "1",
    Column.GIVEN: "Amira",
    Column.FAMILY: "Beispiel",
    Column.OWN_GIVEN: "أميرة",
    Column.OWN_FAMILY: "",
    Column.KIND: "Erwachsen",
    Column.BIRTH: "1988",
    Column.PLACE: "49565 Bramsche",
    Column.LANGUAGE: "Arabisch",
    Column.PHONE: "0171 3920000",
    Column.EMAIL: "name@example.org",
    Column.ARRIVAL: "",
    Column.STOP: "ja",
    Column.GERMAN: "A2",
    Column.LICENCE: "nein",
    Column.WHEELCHAIR: "nein",
    Column.INTERPRETER: "ja",
    Column.CHILDCARE: "nein",
    Column.SIGN_LANGUAGE: "nein",
}
ENGLISH = GERMAN | {
    Column.FAMILY: "Example",
    Column.KIND: "Adult",
    Column.LANGUAGE: "Arabic",
    Column.STOP: "yes",
    Column.LICENCE: "no",
    Column.WHEELCHAIR: "no",
    Column.INTERPRETER: "yes",
    Column.CHILDCARE: "no",
    Column.SIGN_LANGUAGE: "no",
}
WIDTH = 18


def is_example(values: Mapping[Column, str]) -> bool:
    """Tell whether the row is the example of our template."""
    named = (values.get(Column.GIVEN), values.get(Column.FAMILY))
    return any(named == (row[Column.GIVEN], row[Column.FAMILY]) for row in (GERMAN, ENGLISH))


def _rows(lang: str) -> tuple[list[str], list[str]]:
    example = GERMAN if lang == "de" else ENGLISH
    return [heading_of(column, lang) for column in example], list(example.values())


def template_csv(lang: str) -> bytes:
    """Return the template as CSV that spreadsheets open with its umlauts."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(_rows(lang))
    return text.getvalue().encode("utf-8-sig")


def template_xlsx(lang: str) -> bytes:
    """Return the template as a workbook whose cells are text, so that numbers keep their nought."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in _rows(lang):
        sheet.append(row)
    for place, cell in enumerate(sheet[1], 1):
        cell.font = Font(bold=True)
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width, column.number_format = WIDTH, "@"
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
