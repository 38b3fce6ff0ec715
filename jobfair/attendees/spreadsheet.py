"""The list of people as a table for spreadsheets; needs never leave the house."""

import io
from collections.abc import Iterator, Sequence
from enum import StrEnum

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from jobfair.attendees.queries import Listed
from jobfair.attendees.words import (
    KIND_NAMES,
    LEVEL_NAMES,
    LICENCE_NAMES,
    STATE_NAMES,
    language_name,
    municipality_name,
    registrar_name,
)
from jobfair.core.codes import group_code
from jobfair.data.work import WorkField
from jobfair.data.work_words import WORK_NAMES
from jobfair.web.filters import local
from jobfair.web.tables import FORMULA

WIDTH = 18
Cell = str | int


class Format(StrEnum):
    """What the list can be taken away as."""

    CSV = "csv"
    XLSX = "xlsx"


def people_head() -> list[str]:
    """Return the headings of the table."""
    return [
        _("Family name"),
        _("First name"),
        _("Family name in own script"),
        _("First name in own script"),
        _("Adult or child"),
        _("Year of birth"),
        _("State"),
        _("Language"),
        _("Other languages"),
        _("German level"),
        _("Work looked for"),
        _("Driving licence"),
        _("Municipality"),
        _("E-mail address"),
        _("Telephone number"),
        _("Arrival"),
        _("Registered by"),
        _("Registered on"),
        _("Code"),
        _("Household"),
    ]


def people_rows(people: Sequence[Listed], zone: str) -> Iterator[list[Cell]]:
    """Return a row for each person under those headings, times on the clock of the zone."""
    return (_row(person, zone) for person in people)


def as_workbook(title: str, head: Sequence[str], rows: Iterator[list[Cell]]) -> bytes:
    """Return the table as an XLSX file in which every text is a text, never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number in range(1, len(head) + 1):
        sheet.column_dimensions[chr(ord("A") + number - 1)].width = WIDTH
    sheet.append(head)
    for row in rows:
        sheet.append([_harmless(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _harmless(sheet: WriteOnlyWorksheet, value: Cell) -> object:
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not text.startswith(FORMULA):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _row(person: Listed, zone: str) -> list[Cell]:
    arrives = person.window_starts_at
    return [
        person.family_name,
        person.given_name,
        person.own_family_name,
        person.own_given_name,
        str(KIND_NAMES[person.kind]),
        person.birth_year or "",
        str(STATE_NAMES[person.state]),
        language_name(person.lang),
        ", ".join(map(language_name, person.speaks)),
        str(LEVEL_NAMES[person.german_level]) if person.german_level else "",
        ", ".join(str(WORK_NAMES[WorkField(field)]) for field in person.work),
        str(LICENCE_NAMES[person.licence]) if person.licence else "",
        municipality_name(person.municipality),
        person.email,
        person.phone,
        local(arrives, zone).strftime("%H:%M") if arrives else "",
        registrar_name(person.partner, person.registered_by),
        local(person.registered_at, zone).strftime("%Y-%m-%d"),
        group_code(person.code) if person.code else "",
        person.household_id,
    ]
