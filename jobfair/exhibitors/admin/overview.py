"""The list of exhibitors, on the page and as a file."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.core.actor import Permission
from jobfair.core.text import clean_line
from jobfair.exhibitors import queries, words
from jobfair.exhibitors.admin.blueprint import blueprint
from jobfair.exhibitors.models import Exhibitor
from jobfair.exhibitors.rules import NAME_MOST, ExhibitorState
from jobfair.fairs.context import current_fair
from jobfair.web.access import requires
from jobfair.web.tables import csv_answer


def wanted_state() -> ExhibitorState | None:
    """Return the state that the list is narrowed to."""
    return next((s for s in ExhibitorState if s.value == request.args.get("state")), None)


@blueprint.get("")
@requires(Permission.ORGANISE)
def index() -> ResponseReturnValue:
    """Show the exhibitors by state, or those that a text finds."""
    fair, state = current_fair(), wanted_state()
    text = clean_line(request.args.get("q", ""), NAME_MOST)
    return render_template(
        "exhibitors/desk_index.html",
        exhibitors=queries.list_applications(fair.id, state, text),
        sizes=queries.sizes(fair.id),
        twins=queries.twins(fair.id),
        state=state,
        text=text,
        words=words,
    )


@blueprint.get("/table.csv")
@requires(Permission.ORGANISE)
def table() -> ResponseReturnValue:
    """Give the exhibitors as a file."""
    fair = current_fair()
    exhibitors = queries.list_applications(fair.id, wanted_state())
    return csv_answer(f"{fair.slug}-exhibitors", _head(), map(_row, exhibitors))


def _head() -> tuple[str, ...]:
    return (
        _("Stand"),
        _("Name"),
        _("State"),
        _("Kind"),
        _("Branch"),
        _("Town"),
        _("Website"),
        _("Contact"),
        _("E-mail address"),
        _("Telephone number"),
        _("Needs"),
        _("Note"),
        _("Offers"),
    )


def _row(exhibitor: Exhibitor) -> tuple[object, ...]:
    return (
        exhibitor.stand.label if exhibitor.stand else "",
        exhibitor.name,
        words.STATES[exhibitor.state],
        words.KINDS[exhibitor.kind],
        exhibitor.branch,
        exhibitor.place,
        exhibitor.website,
        exhibitor.contact_name,
        exhibitor.contact_email,
        exhibitor.contact_phone,
        ", ".join(words.need_words(exhibitor.needs)),
        exhibitor.needs_note,
        ", ".join(posting.title for posting in exhibitor.postings),
    )
