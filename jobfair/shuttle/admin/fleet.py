"""The organiser's pages about what plans begin with: kinds of buses, waves, limits."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs.context import current_fair
from jobfair.shuttle import queries
from jobfair.shuttle.admin.fleet_forms import BusTypeForm, LimitsForm, WaveForm
from jobfair.shuttle.admin.pages import attempt, shown
from jobfair.shuttle.admin.plan_words import euros
from jobfair.shuttle.service import settings
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm

blueprint = Blueprint("shuttle_fleet", __name__, url_prefix="/desk/<fair:fair>/shuttle/fleet")
blueprint.add_app_template_filter(euros)


@blueprint.get("")
@requires(Permission.ORGANISE)
def index() -> ResponseReturnValue:
    """Show kinds of buses, waves and limits."""
    fair_id = current_fair().id
    return render_template(
        "shuttle/fleet.html",
        kinds=queries.list_bus_types(fair_id),
        waves=queries.list_waves(fair_id),
        limits=queries.settings_of(fair_id),
    )


@blueprint.route("/buses/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def new_bus_type() -> ResponseReturnValue:
    """Add a kind of bus."""
    form, fair_id = BusTypeForm(), current_fair().id
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: settings.add_bus_type(fair_id, form.plan(), actor=actor, now=now)):
        flash(_("The kind of bus is added."))
        return redirect(url_for("shuttle_fleet.index"))
    return shown("shuttle/bus_type.html", form, kind=None)


@blueprint.route("/buses/<int:bus_type_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def bus_type(bus_type_id: int) -> ResponseReturnValue:
    """Describe a kind of bus anew."""
    fair_id = current_fair().id
    kind = queries.get_bus_type(fair_id, bus_type_id)
    form = BusTypeForm(kind)
    actor, now = current_actor(), clock.now()
    if attempt(
        form,
        lambda: settings.edit_bus_type(fair_id, bus_type_id, form.plan(), actor=actor, now=now),
    ):
        flash(_("Saved."))
        return redirect(url_for("shuttle_fleet.index"))
    return shown("shuttle/bus_type.html", form, kind=kind, remove_form=ActionForm(formdata=None))


@blueprint.post("/buses/<int:bus_type_id>/remove")
@requires(Permission.ORGANISE)
def remove_bus_type(bus_type_id: int) -> ResponseReturnValue:
    """Take a kind of bus out."""
    form, fair_id = ActionForm(), current_fair().id
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: settings.remove_bus_type(fair_id, bus_type_id, actor=actor, now=now)):
        flash(_("The kind of bus is taken out."))
    return redirect(url_for("shuttle_fleet.index"))


@blueprint.route("/waves/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def new_wave() -> ResponseReturnValue:
    """Add a wave."""
    fair = current_fair()
    form = WaveForm(fair)
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: settings.add_wave(fair.id, form.plan(), actor=actor, now=now)):
        flash(_("The times are added."))
        return redirect(url_for("shuttle_fleet.index"))
    return shown("shuttle/wave.html", form, wave=None)


@blueprint.route("/waves/<int:number>", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def wave(number: int) -> ResponseReturnValue:
    """Change the times of a wave."""
    fair = current_fair()
    found = queries.get_wave(fair.id, number)
    form = WaveForm(fair, found)
    actor, now = current_actor(), clock.now()
    if attempt(
        form, lambda: settings.edit_wave(fair.id, number, form.plan(), actor=actor, now=now)
    ):
        flash(_("Saved."))
        return redirect(url_for("shuttle_fleet.index"))
    return shown("shuttle/wave.html", form, wave=found, remove_form=ActionForm(formdata=None))


@blueprint.post("/waves/<int:number>/remove")
@requires(Permission.ORGANISE)
def remove_wave(number: int) -> ResponseReturnValue:
    """Take a wave out that no bus has and nobody wants."""
    form, fair_id = ActionForm(), current_fair().id
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: settings.remove_wave(fair_id, number, actor=actor, now=now)):
        flash(_("The times are taken out."))
        return redirect(url_for("shuttle_fleet.index"))
    for _target, fault in form.faults:
        flash(fault, "no")
    return redirect(url_for("shuttle_fleet.wave", number=number))


@blueprint.route("/limits", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def limits() -> ResponseReturnValue:
    """Change what plans keep to."""
    fair_id = current_fair().id
    form = LimitsForm(queries.settings_of(fair_id))
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: settings.keep_settings(fair_id, form.plan(), actor=actor, now=now)):
        flash(_("Saved."))
        return redirect(url_for("shuttle_fleet.index"))
    return shown("shuttle/limits.html", form)
