"""The organiser's overview of a fair."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from jobfair.checkin.queries import arrivals
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.languages import LANGUAGES
from jobfair.data.municipalities import municipality
from jobfair.desk.chart import bar_chart
from jobfair.desk.figures import key_figures
from jobfair.desk.needs import needs_of
from jobfair.desk.queries import count_all, list_failed_mails
from jobfair.fairs.context import current_fair
from jobfair.fairs.forms import MoveForm
from jobfair.fairs.words import PHASES, moves_from
from jobfair.web.access import requires

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("/<fair:fair>")
@requires(Permission.ORGANISE)
def today() -> ResponseReturnValue:
    """Show how the fair stands and what needs the organiser now."""
    fair, now = current_fair(), clock.now()
    counts = count_all(fair.id)
    return render_template(
        "desk/today.html",
        now=now,
        figures=key_figures(fair, counts),
        needs=needs_of(fair, counts, now),
        chart=bar_chart(arrivals(fair.id)),
        by_language=[(_language(code), n) for code, n in counts.attendees.by_language],
        by_place=[(_place(ags), n) for ags, n in counts.attendees.by_municipality],
        phases=PHASES,
        moves=moves_from(fair.phase),
        move=MoveForm(),
    )


@blueprint.get("/<fair:fair>/mails")
@requires(Permission.ORGANISE)
def failed_mails() -> ResponseReturnValue:
    """Show whom no mail reached."""
    return render_template("desk/failed_mails.html", mails=list_failed_mails(current_fair().id))


def _language(code: str) -> str:
    """Return the language's name in the language of the page, which is German or English."""
    language = LANGUAGES.get(code)
    if language is None:
        return code
    return language.german_name if str(get_locale()) == "de" else language.english_name


def _place(ags: str) -> str:
    try:
        return municipality(ags).display_name
    except KeyError:
        return ags
