"""The desk's page of the conflicts, and of scans whose times can't be true."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.checkin.admin.blueprint import attempt, blueprint, shown
from jobfair.checkin.conflicts import SHOWN_MOST, list_conflicts, not_counted
from jobfair.checkin.forms import ResolveForm
from jobfair.checkin.models import Conflict
from jobfair.checkin.service.conflicts import resolve
from jobfair.checkin.verdicts import VERDICTS
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs.context import current_fair
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm, BaseForm


@blueprint.get("/conflicts")
@requires(Permission.ORGANISE)
def conflicts() -> ResponseReturnValue:
    """Show who was let in against the rules: who, where, when, and what to do."""
    return _show(ActionForm(formdata=None))


@blueprint.post("/conflicts/<int:conflict_id>")
@requires(Permission.ORGANISE)
def resolve_conflict(conflict_id: int) -> ResponseReturnValue:
    """Note what was found out about a conflict."""
    fair, form = current_fair(), ResolveForm(conflict_id)
    actor, now = current_actor(), clock.now()

    def act() -> Conflict:
        return resolve(fair.id, conflict_id, form.reason.data or "", actor, now=now)

    if attempt(form, act):
        flash(_("The conflict is resolved."))
        return redirect(url_for("door_desk.conflicts"))
    return _show(form, {conflict_id: form})


def _show(form: BaseForm, sent: dict[int, ResolveForm] | None = None) -> ResponseReturnValue:
    """Show the page; a form that was sent is shown again beside its conflict."""
    fair = current_fair()
    found = list_conflicts(fair.id)
    blank = {one.conflict.id: ResolveForm(one.conflict.id, formdata=None) for one in found}
    return shown(
        "checkin/desk/conflicts.html",
        form,
        forms=blank | (sent or {}),
        found=found,
        resolved=list_conflicts(fair.id, resolved=True),
        left_out=not_counted(fair),
        most=SHOWN_MOST,
        verdicts=VERDICTS,
    )
