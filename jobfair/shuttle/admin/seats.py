"""The organiser's pages about seats: who waits and why, the allocation, a household's bus."""

from collections import Counter

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees.queries import get_household
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import NotFound
from jobfair.fairs.context import current_fair
from jobfair.shuttle import queries
from jobfair.shuttle.admin.pages import attempt, shown
from jobfair.shuttle.admin.plan_runs import run_values, told_progress
from jobfair.shuttle.admin.plan_words import WAIT_REASONS, plan_page_words
from jobfair.shuttle.admin.seats_forms import PRIORITIES, PriorityForm
from jobfair.shuttle.allocation.problem import Priority
from jobfair.shuttle.queries.priorities import priority_of
from jobfair.shuttle.rules import RunKind, WaitReason
from jobfair.shuttle.service import runs
from jobfair.shuttle.service.priorities import prefer
from jobfair.shuttle.words import page_words
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm

blueprint = Blueprint("shuttle_seats", __name__, url_prefix="/desk/<fair:fair>/shuttle")
blueprint.context_processor(page_words)
blueprint.context_processor(plan_page_words)
NEEDS_PLAN = {WaitReason.NO_TIMETABLE, WaitReason.NO_DEPARTURE, WaitReason.PARTY_TOO_LARGE}
"""Who waits for these reasons gets no seat from an allocation, only from other buses."""


@blueprint.app_template_filter("why_waiting")
def why(waiting: queries.Waiting) -> str:
    """Return why the household waits, in words."""
    return _("has an offer to answer") if waiting.offer else str(WAIT_REASONS[waiting.reason])


@blueprint.get("/waiting")
@requires(Permission.ORGANISE)
def waiting() -> ResponseReturnValue:
    """Show who waits for seats, in which order and why, and what the allocation did."""
    return _waiting(ActionForm(formdata=None))


@blueprint.post("/waiting/run")
@requires(Permission.ORGANISE)
def run() -> ResponseReturnValue:
    """Ask for an allocation."""
    form, fair_id = ActionForm(), current_fair().id
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: runs.ask_for_run(fair_id, RunKind.SEATS, {}, actor=actor, now=now)):
        return redirect(url_for(".waiting"))
    return _waiting(form)


@blueprint.post("/waiting/cancel")
@requires(Permission.ORGANISE)
def cancel() -> ResponseReturnValue:
    """Give up the allocation that is being worked out."""
    form, fair_id = ActionForm(), current_fair().id
    actor, now = current_actor(), clock.now()
    attempt(form, lambda: runs.cancel_run(fair_id, RunKind.SEATS, actor=actor, now=now))
    return redirect(url_for(".waiting"))


@blueprint.get("/waiting/progress")
@requires(Permission.ORGANISE)
def progress() -> ResponseReturnValue:
    """Give the part of the page that changes while the allocation is worked out."""
    return told_progress(runs.latest_run(current_fair().id, RunKind.SEATS), ".waiting")


@blueprint.route("/households/<int:household_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def household(household_id: int) -> ResponseReturnValue:
    """Show the bus of a household, and take its priority."""
    found = get_household(household_id)
    fair_id = current_fair().id
    if found.fair_id != fair_id:
        raise NotFound("not_found")
    form = PriorityForm(data={"priority": priority_of(household_id)})
    actor, now = current_actor(), clock.now()

    def keep() -> None:
        prefer(fair_id, household_id, Priority(form.priority.data), actor=actor, now=now)

    if attempt(form, keep):
        flash(_("Saved."))
        return redirect(url_for(".household", household_id=household_id))
    line = {one.household.id: one for one in queries.list_waiting(fair_id, clock.now())}
    return shown(
        "shuttle/household.html",
        form,
        household=found,
        journey=queries.journey_of(household_id),
        entry=line.get(household_id),
    )


def _waiting(form: ActionForm) -> ResponseReturnValue:
    fair_id = current_fair().id
    line = queries.list_waiting(fair_id, clock.now())
    return shown(
        "shuttle/waiting.html",
        form,
        line=line,
        reasons=Counter((why(one), _needs_plan(one)) for one in line).most_common(),
        PRIORITIES=PRIORITIES,
        **run_values(runs.latest_run(fair_id, RunKind.SEATS), ".waiting"),
    )


def _needs_plan(waiting: queries.Waiting) -> bool:
    return not waiting.offer and waiting.reason in NEEDS_PLAN
