"""The people of a registered household: their names, one more of them, a new badge."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees.forms import done
from jobfair.attendees.models import Household
from jobfair.attendees.rules import HOUSEHOLD_MOST, AttendeeKind, HouseholdState
from jobfair.attendees.service import new_badge
from jobfair.booking.forms import OnePersonForm, PeopleForm, new_key
from jobfair.booking.household import called, renamed, typed_person
from jobfair.booking.outlook import Outlook, outlook_in
from jobfair.booking.rules import (
    Typed,
    blank_person,
    newly_proposed,
    person_of,
    with_proposals,
)
from jobfair.booking.service import changes
from jobfair.booking.views.blueprint import blueprint
from jobfair.booking.views.changes import corrected
from jobfair.booking.views.gates import METHODS, by_visitor
from jobfair.booking.views.opened import can_change, coming, opened, own_page
from jobfair.core import clock
from jobfair.core.errors import NotFound
from jobfair.fairs.context import current_fair
from jobfair.fairs.queries import list_windows
from jobfair.places.queries import find_offer
from jobfair.web.access import current_actor, public
from jobfair.web.forms import ActionForm
from jobfair.web.locale import current_language


@blueprint.route("/my/<token>/change/names", methods=METHODS)
@public
@by_visitor
def names(token: str) -> ResponseReturnValue:
    """Show how the people are called, and take it corrected."""
    household = opened(token)
    if not can_change(household):
        return own_page(token)
    people = coming(household)
    typed = [typed_person(one) for one in people]
    form = PeopleForm() if request.method == "POST" else PeopleForm.of(typed)
    if proposal := _proposal(form):
        return _show("names", PeopleForm.of(proposal), token, people=typed)

    def act() -> None:
        named = {one["key"]: person_of(one) for one in form.cleaned()}
        corrected(household, people=renamed(people, named))

    if done(form, act):
        flash(_("Your change is stored."))
        return own_page(token)
    return _show("names", form, token, people=typed)


@blueprint.route("/my/<token>/people/new", methods=METHODS)
@public
@by_visitor
def new_person(token: str) -> ResponseReturnValue:
    """Say whether one more can come, and have them come."""
    household = opened(token)
    if not can_change(household):
        return own_page(token)
    household_id, people = household.id, [called(one) for one in coming(household)]
    outlook = _outlook_of_one_more(household)
    form = OnePersonForm() if request.method == "POST" else OnePersonForm.of([_nobody()])
    if proposal := _proposal(form):
        form = OnePersonForm.of(proposal)
    elif done(
        form,
        lambda: changes.add_person(
            household_id, person_of(form.cleaned()[0]), actor=current_actor(), now=clock.now()
        ),
    ):
        flash(_("One more person comes along."))
        return own_page(token)
    full, offer = len(people) >= HOUSEHOLD_MOST, find_offer(household_id, clock.now())
    return _show("person", form, token, people=people, outlook=outlook, full=full, offer=offer)


@blueprint.route("/my/<token>/badge/<int:number>", methods=METHODS)
@public
@by_visitor
def badge_anew(token: str, number: int) -> ResponseReturnValue:
    """Say what becomes of a lost badge, and have the person hold a new one."""
    household, form = opened(token), ActionForm()
    person = next((one for one in coming(household) if one.position == number - 1), None)
    if person is None or household.state is not HouseholdState.REGISTERED:
        raise NotFound("not_found")
    if not can_change(household):
        return own_page(token)
    household_id, name = household.id, person.own_given_name or person.given_name
    if done(
        form,
        lambda: new_badge(household_id, number - 1, actor=current_actor(), now=clock.now()),
    ):
        flash(_("There is a new badge for %(name)s. The old code no longer works.", name=name))
        return own_page(token)
    return _show("new_badge", form, token, called=name)


def _nobody() -> Typed:
    return blank_person(AttendeeKind.ADULT, new_key())


def _proposal(form: PeopleForm) -> list[Typed] | None:
    """Return the people with Latin spellings that nobody has looked at yet, if there are any."""
    if not form.validate_on_submit():
        return None
    before = form.cleaned()
    after = [with_proposals(person, current_language().code) for person in before]
    return after if newly_proposed(before, after) else None


def _outlook_of_one_more(household: Household) -> Outlook | None:
    """Return whether there is a place for one more, None where they all wait together."""
    if household.state is HouseholdState.WAITLISTED:
        return None
    windows = list_windows(household.fair_id)
    return outlook_in(household.window_id, current_fair(), windows, 1)


def _show(
    name: str, form: ActionForm | PeopleForm, token: str, **more: object
) -> ResponseReturnValue:
    page = render_template(f"booking/{name}.html", form=form, token=token, **more)
    return page, 422 if form.faults else 200
