"""The organiser's pages with which a fair is postponed or cancelled and everybody told."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.desk.reach import reach_of
from jobfair.fairs.admin.blueprint import attempt, shown
from jobfair.fairs.context import current_fair
from jobfair.fairs.models import Fair
from jobfair.fairs.news_forms import CallOffForm, PostponeForm
from jobfair.fairs.rules import NEWS_PHASES
from jobfair.fairs.service import news
from jobfair.web.access import current_actor, requires

blueprint = Blueprint("news", __name__, url_prefix="/desk")


@blueprint.route("/<fair:fair>/postpone", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def postpone() -> ResponseReturnValue:
    """Have the fair at another time."""
    fair = current_fair()
    form = PostponeForm(fair.facts)
    actor, now = current_actor(), clock.now()

    def act() -> Fair:
        times = (form.starts_at, form.ends_at)
        return news.postpone(fair.id, *times, form.words, actor=actor, now=now)

    if attempt(form, act):
        flash(_("The fair is postponed. Everybody is being told."))
        return redirect(url_for("desk.today"))
    return shown(
        "desk/postpone.html", form, reach=reach_of(fair.id), possible=fair.phase in NEWS_PHASES
    )


@blueprint.route("/<fair:fair>/call-off", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def call_off() -> ResponseReturnValue:
    """Cancel the fair."""
    fair = current_fair()
    form = CallOffForm(fair.name)
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: news.call_off(fair.id, form.words, actor=actor, now=now)):
        flash(_("The fair is cancelled. Everybody is being told."))
        return redirect(url_for("desk.today"))
    return shown(
        "desk/call_off.html", form, reach=reach_of(fair.id), possible=fair.phase in NEWS_PHASES
    )
