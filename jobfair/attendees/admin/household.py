"""The organiser's pages about one household: correcting, cancelling, new papers, forgetting."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees import queries
from jobfair.attendees.admin.blueprint import blueprint
from jobfair.attendees.forms import HouseholdForm, done
from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.operations import coming
from jobfair.attendees.ports import ports
from jobfair.attendees.rules import HouseholdState, can_cancel
from jobfair.attendees.service import (
    Correction,
    cancel,
    cancel_one,
    correct,
    new_badge,
    renew_link,
)
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import NotFound
from jobfair.fairs.context import current_fair
from jobfair.fairs.queries import list_windows
from jobfair.privacy.service import erase_household
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm, BaseForm
from jobfair.web.links import token_for

METHODS = ["GET", "POST"]


@blueprint.route("/<int:household_id>", methods=METHODS)
@requires(Permission.ORGANISE)
def household(household_id: int) -> ResponseReturnValue:
    """Show a household and take corrections."""
    found, fair = _household(household_id), current_fair()
    form = HouseholdForm(found, list_windows(fair.id), fair.time_zone)
    if done(form, lambda: _correct(found, form)):
        flash(_("The changes are stored."))
        return redirect(url_for("attendees_admin.household", household_id=household_id))
    found = _household(household_id)
    return _show(
        "attendees/household.html",
        form,
        household=found,
        token=token_for("my", found.id, found.link_version),
        coming=coming(found),
        can_cancel=can_cancel(fair.phase, fair.ends_at, clock.now()),
        has_shuttle=ports().has_shuttle(fair.id),
        place_in_line=_place_in_line(found),
    )


def _place_in_line(household: Household) -> int | None:
    waits = household.state is HouseholdState.WAITLISTED
    return ports().place_in_line(household) if waits else None


@blueprint.route("/<int:household_id>/link", methods=METHODS)
@requires(Permission.ORGANISE)
def link(household_id: int) -> ResponseReturnValue:
    """Ask whether the link on the printed sheet is to die, and have another one."""
    found, form = _household(household_id), ActionForm()
    if done(form, lambda: renew_link(household_id, actor=current_actor(), now=clock.now())):
        flash(_("There is a new link. Please print the sheet again."))
        return redirect(url_for("attendees_admin.household", household_id=household_id))
    return _show("attendees/link.html", form, household=found)


@blueprint.route("/<int:household_id>/badge/<int:number>", methods=METHODS)
@requires(Permission.ORGANISE)
def badge(household_id: int, number: int) -> ResponseReturnValue:
    """Ask whether a person's badge is to be replaced, and do it; `number` counts from 1."""
    person, form = _coming_person(household_id, number), ActionForm()
    name = person.latin_name
    if done(
        form, lambda: new_badge(household_id, number - 1, actor=current_actor(), now=clock.now())
    ):
        flash(_("%(name)s has a new badge. Please print the sheet again.", name=name))
        return redirect(url_for("attendees_admin.household", household_id=household_id))
    return _show("attendees/badge.html", form, household=_household(household_id), person=person)


@blueprint.route("/<int:household_id>/cancel", methods=METHODS)
@requires(Permission.ORGANISE)
def cancel_household(household_id: int) -> ResponseReturnValue:
    """Ask whether the household doesn't come any more, and do it."""
    _household(household_id)
    form = ActionForm()
    if done(form, lambda: cancel(household_id, actor=current_actor(), now=clock.now())):
        flash(_("The household is cancelled."))
        return redirect(url_for("attendees_admin.household", household_id=household_id))
    found = _household(household_id)
    return _show("attendees/cancel.html", form, household=found, leaving=coming(found))


@blueprint.route("/<int:household_id>/cancel/<int:number>", methods=METHODS)
@requires(Permission.ORGANISE)
def cancel_person(household_id: int, number: int) -> ResponseReturnValue:
    """Ask whether a person doesn't come any more, and do it; `number` counts from 1."""
    person, form = _coming_person(household_id, number), ActionForm()
    name = person.latin_name
    if done(
        form, lambda: cancel_one(household_id, number - 1, actor=current_actor(), now=clock.now())
    ):
        flash(_("%(name)s does not come any more.", name=name))
        return redirect(url_for("attendees_admin.household", household_id=household_id))
    leaving = [_coming_person(household_id, number)]
    return _show("attendees/cancel.html", form, household=_household(household_id), leaving=leaving)


@blueprint.route("/<int:household_id>/forget", methods=METHODS)
@requires(Permission.ORGANISE)
def forget(household_id: int) -> ResponseReturnValue:
    """Ask whether all that is known of the household is to be deleted, and do it."""
    _household(household_id)
    form = ActionForm()
    if done(form, lambda: erase_household(household_id, current_actor(), clock.now())):
        flash(_("The household is forgotten. The counts stay."))
        return redirect(url_for("attendees_admin.people"))
    found = _household(household_id)
    return _show("attendees/forget.html", form, household=found, coming=coming(found))


def _household(household_id: int) -> Household:
    """Return the household of this fair; raise NotFound."""
    found = queries.get_whole_household(household_id)
    if found.fair_id != current_fair().id or found.erased_at is not None:
        raise NotFound("not_found")
    return found


def _coming_person(household_id: int, number: int) -> Attendee:
    """Return the person of the household that still comes; raise NotFound."""
    for person in coming(_household(household_id)):
        if person.position == number - 1:
            return person
    raise NotFound("not_found")


def _correct(found: Household, form: HouseholdForm) -> None:
    household_id, actor, now = found.id, current_actor(), clock.now()
    wheelchairs = queries.count_wheelchairs(household_id)
    correct(
        household_id,
        Correction(
            lang=form.lang.data,
            municipality=form.municipality.data,
            email=form.email.data or "",
            phone=form.phone.data or "",
            people=form.corrected(found.people),
            window_id=form.chosen_window,
        ),
        actor=actor,
        now=now,
    )
    if not ports().fit_wheelchairs(household_id, wheelchairs, actor=actor, now=now):
        flash(
            _("Their bus has no free place for a wheelchair. Please look for another bus."), "wait"
        )


def _show(template: str, form: BaseForm, **values: object) -> ResponseReturnValue:
    return render_template(template, form=form, **values), 422 if form.faults else 200
