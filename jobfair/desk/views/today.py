"""The organiser's overview of a fair."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from jobfair.attendees.words import language_name, municipality_name
from jobfair.checkin.queries import arrivals
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.desk.figures import key_figures
from jobfair.desk.needs import needs_of
from jobfair.desk.queries import count_all, list_failed_mails
from jobfair.desk.reach import progress_of
from jobfair.fairs.context import current_fair
from jobfair.fairs.forms import MoveForm
from jobfair.fairs.words import PHASES, moves_from
from jobfair.telling.views import name_of
from jobfair.web.access import requires
from jobfair.web.chart import bar_chart

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("/<fair:fair>")
@requires(Permission.ORGANISE)
def today() -> ResponseReturnValue:
    """Show how the fair stands and what needs the organiser now."""
    fair, now = current_fair(), clock.now()
    counts = count_all(fair, now)
    return render_template(
        "desk/today.html",
        now=now,
        figures=key_figures(fair, counts),
        needs=needs_of(fair, counts, now),
        chart=bar_chart(arrivals(fair.id)),
        by_language=[(language_name(code), n) for code, n in counts.attendees.by_language],
        by_place=[(municipality_name(ags), n) for ags, n in counts.attendees.by_municipality],
        phases=PHASES,
        moves=moves_from(fair.phase),
        move=MoveForm(),
        progress=progress_of(fair),
    )


@blueprint.get("/<fair:fair>/mails")
@requires(Permission.ORGANISE)
def failed_mails() -> ResponseReturnValue:
    """Show whom no mail reached."""
    mails = list_failed_mails(current_fair().id)
    return render_template("desk/failed_mails.html", mails=mails, name_of=name_of)
