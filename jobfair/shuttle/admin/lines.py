"""The organiser's page about one line of a plan: changed by hand, judged at once."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import NotFound
from jobfair.shuttle.admin.pages import attempt, shown
from jobfair.shuttle.admin.plan_forms import EDITS, EditForm, Scene
from jobfair.shuttle.admin.plan_view import PlanView, wave_name
from jobfair.shuttle.admin.plans import blueprint, view_of
from jobfair.shuttle.document import trip_key
from jobfair.shuttle.queries.demand import plan_stops
from jobfair.shuttle.service import plans
from jobfair.web.access import current_actor, requires

__all__ = ["blueprint"]


@blueprint.get("/<int:plan_id>/lines/<key>")
@requires(Permission.ORGANISE)
def line(plan_id: int, key: str) -> ResponseReturnValue:
    """Show a line with all that can be changed about it."""
    return _shown(view_of(plan_id), key)


@blueprint.post("/<int:plan_id>/lines/<key>")
@requires(Permission.ORGANISE)
def change_line(plan_id: int, key: str) -> ResponseReturnValue:
    """Change the line, and show the whole plan with what it violates now."""
    view = view_of(plan_id)
    kind = EDITS.get(request.form.get("do", ""))
    if kind is None:
        raise NotFound("not_found")
    form = kind(_scene(view, key))
    actor, now = current_actor(), clock.now()
    if attempt(
        form,
        lambda: plans.edit_plan(
            view.row.fair_id, plan_id, form.known_version, form.changed, actor=actor, now=now
        ),
    ):
        flash(_("Changed. Below is what the plan comes to now."))
        return redirect(url_for(".plan", plan_id=plan_id, wave=wave_name(form.scene.wave)))
    return _shown(view_of(plan_id), key, form)


def _scene(view: PlanView, key: str) -> Scene:
    named = trip_key(key)
    wave = view.plan.wave(named.direction, named.wave)
    stops = {stop.id: stop for stop in plan_stops()} | view.plan.stop
    return Scene(view.plan, wave, view.plan.trip(named), named, stops)


def _shown(view: PlanView, key: str, refused: EditForm | None = None) -> ResponseReturnValue:
    scene = _scene(view, key)
    forms = {name: kind(scene, formdata=None) for name, kind in EDITS.items()}
    if refused is not None:
        forms |= {name: refused for name, kind in EDITS.items() if isinstance(refused, kind)}
    return shown(
        "shuttle/line.html",
        refused or forms["move"],
        forms=forms,
        view=view,
        wave=scene.wave,
        row=view.row_of(scene.wave, scene.trip),
    )
