"""The organiser's page of who waits for places, in which order and why."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees.forms import done
from jobfair.attendees.rules import can_cancel
from jobfair.attendees.words import window_name
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import NotFound
from jobfair.fairs.context import current_fair
from jobfair.fairs.queries import list_windows
from jobfair.places.operations import is_day
from jobfair.places.queries import list_waiting
from jobfair.places.rules import PASSED_OVER_MOST, may_give_on_site
from jobfair.places.service import give_on_site
from jobfair.places.words import reason_words
from jobfair.telling.views import name_of
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm

blueprint = Blueprint("places_desk", __name__, url_prefix="/desk/<fair:fair>/waiting")
SHOWN_MOST = 200


@blueprint.get("")
@requires(Permission.ORGANISE)
def waiting() -> ResponseReturnValue:
    """Show who waits, first come first, and the rule by which places are given."""
    return _show(ActionForm())


@blueprint.post("/<int:household_id>/give")
@requires(Permission.ORGANISE)
def give(household_id: int) -> ResponseReturnValue:
    """Give places to a household that is there."""
    fair, form, now = current_fair(), ActionForm(), clock.now()
    known = any(one.household.id == household_id for one in list_waiting(fair))
    if not known or not may_give_on_site(fair.phase, fair.on_site_from, now):
        raise NotFound("not_found")
    if done(form, lambda: give_on_site(household_id, actor=current_actor(), now=now)):
        flash(_("They have places now and can come in."))
        return redirect(url_for("places_desk.waiting"))
    return _show(form)


def _show(form: ActionForm) -> ResponseReturnValue:
    fair, now = current_fair(), clock.now()
    found = list_waiting(fair)
    page = render_template(
        "places/waiting.html",
        form=form,
        found=found,
        most=SHOWN_MOST,
        passed_most=PASSED_OVER_MOST,
        windows={window.id: window for window in list_windows(fair.id)},
        on_day=is_day(fair, now),
        on_site=may_give_on_site(fair.phase, fair.on_site_from, now),
        can_cancel=can_cancel(fair.phase, fair.ends_at, now),
        name_of=name_of,
        reason_words=reason_words,
        window_name=window_name,
    )
    return page, 422 if form.faults else 200
