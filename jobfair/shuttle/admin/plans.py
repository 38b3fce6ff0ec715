"""The organiser's pages about plans: made, looked at, compared, published, deleted."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import DomainError, NotFound
from jobfair.fairs.context import current_fair
from jobfair.shuttle import queries
from jobfair.shuttle.admin.pages import attempt, shown
from jobfair.shuttle.admin.plan_changes import compared
from jobfair.shuttle.admin.plan_forms import NewLineForm, PublishForm, RunForm
from jobfair.shuttle.admin.plan_needs import needs_of
from jobfair.shuttle.admin.plan_runs import run_values, told_progress
from jobfair.shuttle.admin.plan_view import PlanView, wave_name
from jobfair.shuttle.admin.plan_words import (
    full_minutes,
    kilometres,
    plan_page_words,
    violation_words,
)
from jobfair.shuttle.document import PlanWave, add_trip
from jobfair.shuttle.models import ShuttlePlan
from jobfair.shuttle.queries.drafts import open_plan
from jobfair.shuttle.rules import DemandSource, RunKind
from jobfair.shuttle.service import plans, publish, runs
from jobfair.shuttle.words import page_words
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm

blueprint = Blueprint("shuttle_plan", __name__, url_prefix="/desk/<fair:fair>/shuttle/plan")
blueprint.context_processor(page_words)
blueprint.context_processor(plan_page_words)
blueprint.add_app_template_filter(full_minutes)
blueprint.add_app_template_filter(kilometres)
blueprint.add_app_template_filter(violation_words)
blueprint.add_app_template_filter(wave_name)
COMPARED = 2
LISTED = 8


@blueprint.get("")
@requires(Permission.ORGANISE)
def index() -> ResponseReturnValue:
    """Show what a plan needs, what is being worked out, and the plans that there are."""
    counts = queries.counts(current_fair().id)
    asked = counts.taken or counts.waiting_people
    usual = DemandSource.REQUESTS if asked else DemandSource.ESTIMATE
    return _index(RunForm(formdata=None, data={"source": usual.value}))


@blueprint.post("/run")
@requires(Permission.ORGANISE)
def run() -> ResponseReturnValue:
    """Ask for a plan."""
    form, fair_id = RunForm(), current_fair().id
    actor, now = current_actor(), clock.now()

    def ask() -> None:
        wish = plans.plan_wish(DemandSource(form.source.data), form.seconds.data)
        runs.ask_for_run(fair_id, RunKind.PLAN, wish, actor=actor, now=now)

    if attempt(form, ask):
        return redirect(url_for(".index"))
    return _index(form)


@blueprint.post("/cancel")
@requires(Permission.ORGANISE)
def cancel() -> ResponseReturnValue:
    """Give up the plan that is being worked out."""
    form, fair_id = ActionForm(), current_fair().id
    actor, now = current_actor(), clock.now()
    attempt(form, lambda: runs.cancel_run(fair_id, RunKind.PLAN, actor=actor, now=now))
    return redirect(url_for(".index"))


@blueprint.get("/progress")
@requires(Permission.ORGANISE)
def progress() -> ResponseReturnValue:
    """Give the part of the page that changes while a plan is worked out."""
    return told_progress(runs.latest_run(current_fair().id, RunKind.PLAN), ".index")


@blueprint.post("/timetable")
@requires(Permission.ORGANISE)
def from_timetable() -> ResponseReturnValue:
    """Begin a draft with the present timetable."""
    form, fair_id = ActionForm(), current_fair().id
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: plans.plan_from_timetable(fair_id, actor=actor, now=now)):
        return redirect(url_for(".plan", plan_id=queries.list_plans(fair_id)[0].id))
    return _told(form, url_for(".index"))


@blueprint.get("/compare")
@requires(Permission.ORGANISE)
def compare() -> ResponseReturnValue:
    """Show two plans side by side, by default the newest, and what changes for those who ride."""
    rows = queries.list_plans(current_fair().id)
    known = {str(row.id): row.id for row in rows}
    asked = [known[one] for one in request.args.getlist("plan") if one in known]
    chosen = list(dict.fromkeys([*asked, *known.values()]))[:COMPARED]
    views = [view_of(plan_id) for plan_id in chosen]
    comparison = compared(*views) if len(views) == COMPARED else None
    return render_template("shuttle/compare.html", rows=rows, views=views, comparison=comparison)


@blueprint.get("/<int:plan_id>")
@requires(Permission.ORGANISE)
def plan(plan_id: int) -> ResponseReturnValue:
    """Show the plan: one wave in full, all that it violates, what it costs."""
    view = view_of(plan_id)
    form = NewLineForm(view.plan, formdata=None, data={"version": view.row.version})
    return _shown(view, form)


@blueprint.post("/<int:plan_id>/line")
@requires(Permission.ORGANISE)
def new_line(plan_id: int) -> ResponseReturnValue:
    """Have one more bus go in the wave that is looked at."""
    view = view_of(plan_id)
    form = NewLineForm(view.plan)
    wave = _wave(view)
    change = partial(add_trip, direction=wave.direction, number=wave.number, bus=form.new_bus.data)
    version, actor, now = form.known_version, current_actor(), clock.now()
    if attempt(
        form,
        lambda: plans.edit_plan(view.row.fair_id, plan_id, version, change, actor=actor, now=now),
    ):
        flash(_("The bus is added. It halts nowhere yet."))
        return redirect(url_for(".plan", plan_id=plan_id, wave=wave_name(wave)))
    return _shown(view_of(plan_id), form)


@blueprint.post("/<int:plan_id>/copy")
@requires(Permission.ORGANISE)
def copy(plan_id: int) -> ResponseReturnValue:
    """Begin a draft that is like this plan."""
    form, fair_id = ActionForm(), current_fair().id
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: plans.copy_plan(fair_id, plan_id, actor=actor, now=now)):
        flash(_("This is a draft of its own. Change it as you like."))
        return redirect(url_for(".plan", plan_id=queries.list_plans(fair_id)[0].id))
    return _told(form, url_for(".plan", plan_id=plan_id))


@blueprint.post("/<int:plan_id>/delete")
@requires(Permission.ORGANISE)
def delete(plan_id: int) -> ResponseReturnValue:
    """Delete a plan that is not the timetable."""
    form, fair_id = ActionForm(), current_fair().id
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: plans.delete_plan(fair_id, plan_id, actor=actor, now=now)):
        flash(_("The plan is deleted."))
    return _told(form, url_for(".index"))


@blueprint.route("/<int:plan_id>/publish", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def publish_page(plan_id: int) -> ResponseReturnValue:
    """Say what publishing means for those who ride, and publish."""
    view = view_of(plan_id)
    form = PublishForm(data={"version": view.row.version, "people": 0})
    version, people = form.known_version, form.known_people
    actor, now = current_actor(), clock.now()
    if attempt(
        form,
        lambda: publish.publish_plan(
            view.row.fair_id, plan_id, version, actor=actor, now=now, people=people
        ),
    ):
        flash(_("The plan is the timetable now. Those who wait get seats in a moment."))
        return redirect(url_for("shuttle_admin.index"))
    return shown("shuttle/publish.html", form, view=view)


def view_of(plan_id: int) -> PlanView:
    """Return the plan of the current fair as its page shows it."""
    fair = current_fair()
    found = open_plan(fair.id, plan_id)
    return PlanView(found.row, found.document, found.roads, fair.venue)


def _wave(view: PlanView) -> PlanWave:
    """Return the wave that the address names, or the first; raise NotFound where there is none."""
    wave = view.wave_named(request.args.get("wave", ""))
    if wave is None:
        raise NotFound("not_found")
    return wave


def _shown(view: PlanView, form: NewLineForm) -> ResponseReturnValue:
    wave = view.wave_named(request.args.get("wave", ""))
    return shown(
        "shuttle/plan.html",
        form,
        view=view,
        shown=view.wave(wave) if wave else None,
        action_form=ActionForm(formdata=None),
    )


def _told(form: ActionForm, url: str) -> ResponseReturnValue:
    """Lead on; what refuses the form is said there."""
    for _target, fault in form.faults:
        flash(fault, "no")
    return redirect(url)


def _index(form: RunForm) -> ResponseReturnValue:
    fair = current_fair()
    latest = runs.latest_run(fair.id, RunKind.PLAN)
    return shown(
        "shuttle/plans.html",
        form,
        needs=needs_of(fair),
        rows=[(row, _readable(row)) for row in queries.list_plans(fair.id)[:LISTED]],
        has_timetable=bool(queries.list_departures(fair.id)),
        **run_values(latest, ".index"),
    )


def _readable(row: ShuttlePlan) -> PlanView | None:
    """Return the plan as its page shows it; None where it was published and no bus goes now."""
    try:
        return view_of(row.id)
    except DomainError:
        return None
