"""One exhibitor: approve or decline, give a stand and take it away, send the link again."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.exhibitors import queries, words
from jobfair.exhibitors.admin.blueprint import blueprint
from jobfair.exhibitors.forms import DecisionForm, StandForm
from jobfair.exhibitors.models import Exhibitor
from jobfair.exhibitors.pages import attempt, shown
from jobfair.exhibitors.service import applications, decisions
from jobfair.fairs.context import current_fair
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm, BaseForm


def back(exhibitor_id: int) -> ResponseReturnValue:
    """Lead to the page of the exhibitor."""
    return redirect(url_for("exhibitors_admin.detail", exhibitor_id=exhibitor_id))


def _page(exhibitor_id: int, sent: BaseForm | None = None) -> ResponseReturnValue:
    """Show the exhibitor with all that can be done; `sent` is the form that was refused."""
    fair = current_fair()
    exhibitor = queries.get_exhibitor(fair.id, exhibitor_id)
    decision = sent if isinstance(sent, DecisionForm) else DecisionForm(formdata=None)
    own = {"stand_id": exhibitor.stand_id}
    stand = sent if isinstance(sent, StandForm) else StandForm(formdata=None, data=own)
    stand.offer(queries.list_stands(fair.id), exhibitor.stand_id)
    return shown(
        "exhibitors/desk_detail.html",
        sent or ActionForm(formdata=None),
        action=ActionForm(formdata=None),
        exhibitor=exhibitor,
        decision=decision,
        stand=stand,
        twins=queries.twins(fair.id).get(exhibitor_id, []),
        words=words,
    )


@blueprint.get("/<int:exhibitor_id>")
@requires(Permission.ORGANISE)
def detail(exhibitor_id: int) -> ResponseReturnValue:
    """Show one exhibitor."""
    return _page(exhibitor_id)


@blueprint.post("/<int:exhibitor_id>/decision")
@requires(Permission.ORGANISE)
def decide(exhibitor_id: int) -> ResponseReturnValue:
    """Approve or decline."""
    fair, form = current_fair(), DecisionForm()
    actor, now = current_actor(), clock.now()
    use_case = decisions.approve if request.form.get("do") == "approve" else decisions.decline

    def act() -> Exhibitor:
        return use_case(fair.id, exhibitor_id, form.words.data or "", actor=actor, now=now)

    if attempt(form, act):
        flash(_("Saved. A mail is on its way."))
        return back(exhibitor_id)
    return _page(exhibitor_id, form)


@blueprint.post("/<int:exhibitor_id>/stand")
@requires(Permission.ORGANISE)
def give_stand(exhibitor_id: int) -> ResponseReturnValue:
    """Give the exhibitor a stand."""
    fair, form = current_fair(), StandForm()
    form.offer(queries.list_stands(fair.id), None)
    actor, now = current_actor(), clock.now()

    def act() -> Exhibitor:
        stand_id = form.stand_id.data
        return decisions.give_stand(fair.id, exhibitor_id, stand_id, actor=actor, now=now)

    if attempt(form, act, {"stand_taken": "stand_id"}):
        flash(_("Saved."))
        return back(exhibitor_id)
    return _page(exhibitor_id, form)


@blueprint.post("/<int:exhibitor_id>/no-stand")
@requires(Permission.ORGANISE)
def take_stand(exhibitor_id: int) -> ResponseReturnValue:
    """Take the stand away."""
    fair, form = current_fair(), ActionForm()
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: decisions.take_stand(fair.id, exhibitor_id, actor=actor, now=now)):
        flash(_("The stand is free again."))
        return back(exhibitor_id)
    return _page(exhibitor_id, form)


@blueprint.post("/<int:exhibitor_id>/link")
@requires(Permission.ORGANISE)
def send_link(exhibitor_id: int) -> ResponseReturnValue:
    """Send the link to the exhibitor's page again."""
    fair, form = current_fair(), ActionForm()
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: applications.send_link(fair.id, exhibitor_id, actor=actor, now=now)):
        flash(_("The link is on its way."))
        return back(exhibitor_id)
    return _page(exhibitor_id, form)
