"""The organiser's list of people, and taking it away as a file."""

import io
from collections.abc import Iterator
from typing import Any

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees import queries
from jobfair.attendees.admin.blueprint import blueprint
from jobfair.attendees.forms import FilterForm
from jobfair.attendees.queries import SEARCH_MOST, Filters
from jobfair.attendees.service import export_people
from jobfair.attendees.spreadsheet import Cell, as_workbook, people_head, people_rows
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.text import clean_line
from jobfair.fairs.context import current_fair
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm
from jobfair.web.ids import row_id
from jobfair.web.tables import csv_answer

ON_PAGE = 50
PAGES_MOST = 100_000
TEXT = "text"
FILTERS = (TEXT, "spoken", "municipality", "state", "kind", "window", "by", "bus")


@blueprint.get("")
@requires(Permission.ORGANISE)
def people() -> ResponseReturnValue:
    """Show who is registered, as searched and narrowed."""
    fair = current_fair()
    number = min(max(request.args.get("page", 1, type=int), 1), PAGES_MOST)
    total, found = queries.list_people(
        fair.id, _filters(), limit=ON_PAGE, offset=(number - 1) * ON_PAGE
    )
    kept: dict[str, Any] = {name: value for name, value in _said().items() if value}
    if number > 1 and not found:
        return redirect(url_for("attendees_admin.people", **kept))
    return render_template(
        "attendees/people.html",
        form=FilterForm(fair, queries.filter_choices(fair.id), request.args),
        print_form=ActionForm(),
        people=found,
        total=total,
        totals=queries.totals(fair.id),
        number=number,
        pages=max(-(-total // ON_PAGE), 1),
        kept=kept,
    )


@blueprint.get("/people.csv")
@requires(Permission.ORGANISE)
def export() -> ResponseReturnValue:
    """Hand out the list as it is narrowed, for any spreadsheet."""
    return csv_answer(f"{current_fair().slug}-people", people_head(), _taken_out())


@blueprint.get("/people.xlsx")
@requires(Permission.ORGANISE)
def workbook() -> ResponseReturnValue:
    """Hand out the list as it is narrowed, as a workbook."""
    book = io.BytesIO(as_workbook(_("People"), people_head(), _taken_out()))
    return send_file(book, download_name=f"{current_fair().slug}-people.xlsx", as_attachment=True)


def _taken_out() -> Iterator[list[Cell]]:
    fair = current_fair()
    found = export_people(fair.id, _filters(), actor=current_actor(), now=clock.now())
    return people_rows(found, fair.time_zone)


def _filters() -> Filters:
    """Return what the list is narrowed to."""
    said = _said()
    return Filters(
        text=said[TEXT],
        spoken=said["spoken"],
        municipality=said["municipality"],
        state=said["state"],
        kind=said["kind"],
        window_id=request.args.get("window", type=row_id),
        by=said["by"],
        partner_id=request.args.get("by", type=row_id),
        bus=said["bus"],
    )


def _said() -> dict[str, str]:
    """Return what was asked for; a text of invisible characters finds nobody, so it stays."""
    said = {name: clean_line(request.args.get(name, ""), SEARCH_MOST) for name in FILTERS}
    return said | {TEXT: request.args.get(TEXT, "")}
