"""The organiser's pages about the arrival windows of a fair."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs import queries
from jobfair.fairs.admin.blueprint import attempt, blueprint, shown
from jobfair.fairs.context import current_fair
from jobfair.fairs.models import ArrivalWindow
from jobfair.fairs.service import windows
from jobfair.fairs.window_form import WindowForm, typed_window
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm


@blueprint.route("/<fair:fair>/settings/windows", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def windows_page() -> ResponseReturnValue:
    """Show the arrival windows of the fair and add one."""
    fair = current_fair()
    form = WindowForm(fair=fair.facts)
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: windows.add_window(fair.id, form.facts, actor=actor, now=now)):
        return redirect(url_for("fairs_admin.windows_page"))
    present = queries.list_windows(fair.id)
    places = sum(window.capacity for window in present)
    return shown("fairs/windows.html", form, windows=present, places=places)


@blueprint.route("/<fair:fair>/settings/windows/<int:window_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def window(window_id: int) -> ResponseReturnValue:
    """Change or remove an arrival window."""
    fair = current_fair()
    present = queries.get_window(fair.id, window_id)
    form = WindowForm(fair=fair.facts, data=typed_window(present, fair.time_zone))
    actor, now = current_actor(), clock.now()

    def act() -> ArrivalWindow:
        return windows.edit_window(fair.id, window_id, form.facts, actor=actor, now=now)

    if attempt(form, act):
        return redirect(url_for("fairs_admin.windows_page"))
    return shown("fairs/window.html", form, window=present, remove=ActionForm())


@blueprint.post("/<fair:fair>/settings/windows/<int:window_id>/remove")
@requires(Permission.ORGANISE)
def remove_window(window_id: int) -> ResponseReturnValue:
    """Remove an arrival window that nobody has chosen."""
    fair, form = current_fair(), ActionForm()
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: windows.remove_window(fair.id, window_id, actor=actor, now=now)):
        flash(gettext("The window is removed."))
        return redirect(url_for("fairs_admin.windows_page"))
    for _target, fault in form.faults:
        flash(fault, "no")
    return redirect(url_for("fairs_admin.window", window_id=window_id))
