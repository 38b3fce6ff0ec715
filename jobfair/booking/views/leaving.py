"""A household that doesn't come: one of them, all of them, or everything forgotten."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees.forms import done
from jobfair.attendees.service import cancel, cancel_one
from jobfair.booking.forms import DeleteForm
from jobfair.booking.service import changes
from jobfair.booking.views.blueprint import blueprint
from jobfair.booking.views.gates import METHODS
from jobfair.booking.views.opened import can_change, coming, opened, own_page
from jobfair.core import clock
from jobfair.core.errors import NotFound
from jobfair.shuttle.queries import journey_of
from jobfair.web.access import current_actor, public
from jobfair.web.forms import ActionForm


@blueprint.route("/my/<token>/cancel", methods=METHODS)
@public
def cancel_all(token: str) -> ResponseReturnValue:
    """Ask whether nobody comes any more, and do it."""
    household, form = opened(token), ActionForm()
    people, household_id = coming(household), household.id
    if not people or done(
        form, lambda: cancel(household_id, actor=current_actor(), now=clock.now())
    ):
        return own_page(token)
    return _ask(form, token)


@blueprint.route("/my/<token>/cancel/<int:number>", methods=METHODS)
@public
def cancel_person(token: str, number: int) -> ResponseReturnValue:
    """Ask whether one person doesn't come, and do it; `number` counts the household from 1."""
    household, form = opened(token), ActionForm()
    people, household_id = coming(household), household.id
    names = {one.position: one.given_name for one in people}
    if number - 1 not in names:
        raise NotFound("not_found")
    if len(people) == 1:
        return redirect(url_for("booking.cancel_all", token=token))
    if done(
        form, lambda: cancel_one(household_id, number - 1, actor=current_actor(), now=clock.now())
    ):
        flash(_("%(name)s does not come any more.", name=names[number - 1]))
        return own_page(token)
    return _ask(form, token, number - 1)


@blueprint.route("/my/<token>/delete", methods=METHODS)
@public
def delete(token: str) -> ResponseReturnValue:
    """Say what deleting means, and after a tick forget everything about the household."""
    household, form = opened(token), DeleteForm()
    household_id, comes = household.id, can_change(household)
    if done(form, lambda: changes.delete(household_id, actor=current_actor(), now=clock.now())):
        flash(_("Everything that we had stored about you is deleted."))
        return redirect(url_for("booking.fair_page"))
    page = render_template("booking/delete.html", form=form, token=token, comes=comes)
    return page, 422 if form.faults else 200


def _ask(form: ActionForm, token: str, position: int | None = None) -> ResponseReturnValue:
    """Show the question, with the household as it is after whatever was refused."""
    household = opened(token)
    people = coming(household)
    leaving = [one for one in people if position in (None, one.position)]
    page = render_template(
        "booking/cancel.html",
        form=form,
        token=token,
        leaving=leaving,
        waits=household.waiting_since is not None,
        whole=len(leaving) == len(people),
        journey=journey_of(household.id),
    )
    return page, 422 if form.faults else 200
