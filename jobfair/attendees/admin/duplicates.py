"""The organiser's pages about people who may be registered twice."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobfair.attendees.admin.blueprint import page_words
from jobfair.attendees.duplicates import Reason
from jobfair.attendees.forms import done
from jobfair.attendees.queries import find_pair, list_pairs
from jobfair.attendees.service import call_distinct, merge
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs.context import current_fair
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm

blueprint = Blueprint(
    "attendees_duplicates", __name__, url_prefix="/desk/<fair:fair>/people/duplicates"
)
ON_PAGE = 25
REASON_NAMES: dict[Reason, Any] = {
    Reason.PHONE: _l("Same telephone number"),
    Reason.BIRTH_YEAR: _l("Same year of birth"),
    Reason.MUNICIPALITY: _l("Same municipality"),
    Reason.SPELLING: _l("Same name in one household"),
}


@blueprint.context_processor
def _words() -> dict[str, object]:
    return {**page_words(), "REASON_NAMES": REASON_NAMES}


@blueprint.get("")
@requires(Permission.ORGANISE)
def pairs() -> ResponseReturnValue:
    """Show who may be registered twice, side by side, the likeliest first."""
    total, found = list_pairs(current_fair().id, limit=ON_PAGE)
    return render_template("attendees/duplicates.html", form=ActionForm(), pairs=found, total=total)


@blueprint.route("/<int:kept_id>/<int:other_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def keep(kept_id: int, other_id: int) -> ResponseReturnValue:
    """Ask whether two people are one of whom this one stays, and merge them."""
    fair_id, form = current_fair().id, ActionForm()
    kept, other = find_pair(fair_id, kept_id, other_id)
    name = kept.latin_name
    if done(
        form,
        lambda: merge(fair_id, kept_id, other_id, actor=current_actor(), now=clock.now()),
    ):
        flash(_("%(name)s is registered once now.", name=name))
        return redirect(url_for("attendees_duplicates.pairs"))
    kept, other = find_pair(fair_id, kept_id, other_id)  # as they are after what was refused
    status = 422 if form.faults else 200
    return render_template("attendees/merge.html", form=form, kept=kept, other=other), status


@blueprint.post("/<int:first_id>/<int:second_id>/distinct")
@requires(Permission.ORGANISE)
def distinct(first_id: int, second_id: int) -> ResponseReturnValue:
    """Have two people known as two."""
    fair_id = current_fair().id
    call_distinct(fair_id, first_id, second_id, actor=current_actor(), now=clock.now())
    flash(_("They are two people. They are not shown together any more."))
    return redirect(url_for("attendees_duplicates.pairs"))
