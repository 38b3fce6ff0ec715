"""The stands of a fair: list, add many, rename, move, remove."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.exhibitors import queries
from jobfair.exhibitors.admin.blueprint import blueprint
from jobfair.exhibitors.forms import OneStandForm, StandsForm
from jobfair.exhibitors.pages import attempt, shown
from jobfair.exhibitors.rules import read_labels
from jobfair.exhibitors.service import stands
from jobfair.fairs.context import current_fair
from jobfair.fairs.queries import get_fair
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm

AT_LABELS = dict.fromkeys(
    ("stand_exists", "stands_none", "stands_too_many", "stand_label_long"), "labels"
)


@blueprint.route("/stands", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def stands_page() -> ResponseReturnValue:
    """Show the stands by room, and add many at once."""
    fair, form = get_fair(current_fair().id), StandsForm()
    form.room_id.offer(fair.rooms)
    actor, now = current_actor(), clock.now()

    def act() -> None:
        labels = read_labels(form.labels.data or "")
        stands.add_stands(fair.id, form.room_id.data or None, labels, actor=actor, now=now)

    if attempt(form, act, AT_LABELS):
        flash(_("Saved."))
        return redirect(url_for("exhibitors_admin.stands_page"))
    return shown("exhibitors/desk_stands.html", form, stands=queries.list_stands(fair.id))


@blueprint.route("/stands/<int:stand_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def stand(stand_id: int) -> ResponseReturnValue:
    """Rename a stand or put it into another room."""
    fair = get_fair(current_fair().id)
    present = queries.get_stand(fair.id, stand_id)
    form = OneStandForm(data={"label": present.label, "room_id": present.room_id or 0})
    form.room_id.offer(fair.rooms)
    actor, now = current_actor(), clock.now()

    def act() -> None:
        room_id = form.room_id.data or None
        stands.change_stand(fair.id, stand_id, form.label.data or "", room_id, actor=actor, now=now)

    if attempt(form, act, {"stand_exists": "label"}):
        return redirect(url_for("exhibitors_admin.stands_page"))
    remove = ActionForm(formdata=None)
    return shown("exhibitors/desk_stand.html", form, stand=present, remove=remove)


@blueprint.post("/stands/<int:stand_id>/remove")
@requires(Permission.ORGANISE)
def remove_stand(stand_id: int) -> ResponseReturnValue:
    """Remove a stand that nobody has."""
    fair, form = current_fair(), ActionForm()
    actor, now = current_actor(), clock.now()
    attempt(form, lambda: stands.remove_stand(fair.id, stand_id, actor=actor, now=now))
    for _target, fault in form.faults:
        flash(fault, "no")
    return redirect(url_for("exhibitors_admin.stands_page"))
