"""The list of people as CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterable

from flask_babel import gettext as _

from jobfair.attendees.models import Attendee
from jobfair.attendees.words import KIND_NAMES, STATE_NAMES, language_name, municipality_name
from jobfair.core.codes import group_code

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def people_csv(people: Iterable[Attendee]) -> str:
    """Return the people, loaded with household and badge, as semicolon-separated rows."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_heads())
    for person in people:
        writer.writerow([defused(cell) for cell in _cells(person)])
    return BOM + out.getvalue()


def defused(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _heads() -> list[str]:
    return [
        _("Family name"),
        _("First name"),
        _("Family name in own script"),
        _("First name in own script"),
        _("Adult or child"),
        _("Year of birth"),
        _("State"),
        _("Language"),
        _("Municipality"),
        _("E-mail address"),
        _("Telephone number"),
        _("Code"),
        _("Household"),
    ]


def _cells(person: Attendee) -> list[str]:
    household = person.household
    return [
        person.family_name,
        person.given_name,
        person.own_family_name,
        person.own_given_name,
        str(KIND_NAMES[person.kind]),
        str(person.birth_year or ""),
        str(STATE_NAMES[person.state]),
        language_name(household.lang),
        municipality_name(household.municipality),
        household.email,
        household.phone,
        group_code(person.badge.code) if person.badge else "",
        str(household.id),
    ]
