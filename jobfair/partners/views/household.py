"""One household of a partner: look, correct, add, cancel, badges, link, group."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees.forms import HouseholdForm, done
from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.operations import coming
from jobfair.attendees.queries import count_wheelchairs
from jobfair.attendees.rules import HouseholdState, can_cancel
from jobfair.attendees.service import (
    Correction,
    cancel,
    cancel_one,
    correct,
    new_badge,
    renew_link,
)
from jobfair.booking.queries import token_of
from jobfair.booking.service.changes import add_person, fit_wheelchairs
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import NotFound
from jobfair.fairs.queries import list_windows
from jobfair.partners.blueprint import partner
from jobfair.partners.forms.groups import PutForm
from jobfair.partners.forms.register import OneForm
from jobfair.partners.pages import ask, mine, show
from jobfair.partners.queries import get_own, list_groups
from jobfair.partners.service.people import put_into_group
from jobfair.places.operations import is_day
from jobfair.places.queries import standing
from jobfair.shuttle.prospects import standing_of
from jobfair.shuttle.queries import journey_of, open_offer_of
from jobfair.telling.queries import history_of
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm

METHODS = ["GET", "POST"]
AT = "/people/<int:household_id>"


@partner.route(AT, methods=METHODS)
@requires(Permission.HELP)
def household(household_id: int) -> ResponseReturnValue:
    """Show a household and take corrections."""
    own, found = mine(), _own(household_id)
    fair = own.fair
    form = HouseholdForm(found, list_windows(fair.id), fair.time_zone)
    if done(form, lambda: _correct(found, form)):
        flash(_("The changes are stored."))
        return redirect(_home(household_id))
    # First, since it reads the household anew without all that the page shows.
    waiting = standing(fair, household_id) if found.waiting_since else None
    found = _own(household_id)
    groups = list_groups(fair.id, own.partner_id)
    return show(
        "partners/household.html",
        form,
        household=found,
        token=token_of(found),
        coming=coming(found),
        waiting=waiting,
        journey=journey_of(found.id),
        bus=standing_of(found.id, clock.now()),
        bus_offer=open_offer_of(found.id),
        put=PutForm(groups, found.group_id),
        groups=groups,
        told=history_of(found.id),
        has_places=found.state is HouseholdState.REGISTERED,
        on_day=is_day(fair, clock.now()),
        can_cancel=can_cancel(fair.phase, fair.ends_at, clock.now()),
    )


@partner.route(f"{AT}/add", methods=METHODS)
@requires(Permission.HELP)
def household_add(household_id: int) -> ResponseReturnValue:
    """Add a person to a household."""
    found, form = _own(household_id), OneForm()
    lang = found.lang
    actor, now = current_actor(), clock.now()
    if done(form, lambda: add_person(household_id, form.said(lang), actor=actor, now=now)):
        flash(_("One more person is registered. Please print the sheet again."))
        return redirect(_home(household_id))
    return show("partners/household_add.html", form, household=found)


@partner.post(f"{AT}/group")
@requires(Permission.HELP)
def household_group(household_id: int) -> ResponseReturnValue:
    """Put a household into a group, or into none."""
    own = mine()
    _own(household_id)
    form = PutForm(list_groups(own.fair.id, own.partner_id), None)
    if done(form, lambda: put_into_group(own, [household_id], form.chosen, now=clock.now())):
        flash(_("The changes are stored."))
    return redirect(_home(household_id))


@partner.route(f"{AT}/link", methods=METHODS)
@requires(Permission.HELP)
def household_link(household_id: int) -> ResponseReturnValue:
    """Ask whether the link on the printed sheet is to die, and have another one."""
    _own(household_id)
    actor, now = current_actor(), clock.now()
    return _ask(
        household_id,
        lambda: renew_link(household_id, actor=actor, now=now),
        _("There is a new link. Please print the sheet again."),
        question=_("A new link?"),
        consequence=_(
            "The link on their sheet and in their mails opens nothing any more. Print the sheet"
            " again, then they have the new one."
        ),
        label=_("Yes, a new link"),
    )


@partner.route(f"{AT}/badge/<int:number>", methods=METHODS)
@requires(Permission.HELP)
def household_badge(household_id: int, number: int) -> ResponseReturnValue:
    """Ask whether a person's badge is to be replaced, and do it; `number` counts from 1."""
    name = _person(household_id, number).latin_name
    actor, now = current_actor(), clock.now()
    return _ask(
        household_id,
        lambda: new_badge(household_id, number - 1, actor=actor, now=now),
        _("%(name)s has a new badge. Please print the sheet again.", name=name),
        question=_("A new badge for %(name)s?", name=name),
        consequence=_("The old badge is refused at the door. Print the sheet again."),
        label=_("Yes, a new badge"),
    )


@partner.route(f"{AT}/cancel", methods=METHODS)
@requires(Permission.HELP)
def household_cancel(household_id: int) -> ResponseReturnValue:
    """Ask whether the household doesn't come any more, and do it."""
    _own(household_id)
    actor, now = current_actor(), clock.now()
    return _ask(
        household_id,
        lambda: cancel(household_id, actor=actor, now=now),
        _("The household is cancelled."),
        question=_("Cancel for the whole household?"),
        consequence=_(
            "Their places at the fair and their seats on the bus are free for others. Their codes"
            " no longer work."
        ),
        label=_("Yes, cancel"),
    )


@partner.route(f"{AT}/cancel/<int:number>", methods=METHODS)
@requires(Permission.HELP)
def household_cancel_person(household_id: int, number: int) -> ResponseReturnValue:
    """Ask whether a person doesn't come any more, and do it; `number` counts from 1."""
    name = _person(household_id, number).latin_name
    actor, now = current_actor(), clock.now()
    return _ask(
        household_id,
        lambda: cancel_one(household_id, number - 1, actor=actor, now=now),
        _("%(name)s does not come any more.", name=name),
        question=_("Cancel for %(name)s?", name=name),
        consequence=_(
            "The place at the fair and the seat on the bus are free for others. The code no longer"
            " works."
        ),
        label=_("Yes, cancel"),
    )


def _own(household_id: int) -> Household:
    own = mine()
    return get_own(own.fair.id, own.partner_id, household_id)


def _person(household_id: int, number: int) -> Attendee:
    """Return the person of the own household that still comes; raise NotFound."""
    for person in coming(_own(household_id)):
        if person.position == number - 1:
            return person
    raise NotFound("not_found")


def _home(household_id: int) -> str:
    return url_for("partners.household", household_id=household_id)


def _ask(
    household_id: int, act: Callable[[], object], said: str, **words: str
) -> ResponseReturnValue:
    """Show a question about the household, and act after its button was pressed."""

    def page(form: ActionForm) -> str:
        return render_template(
            "partners/ask.html", form=form, household=_own(household_id), **words
        )

    return ask(act, said, _home(household_id), page)


def _correct(found: Household, form: HouseholdForm) -> None:
    household_id, actor, now = found.id, current_actor(), clock.now()
    wheelchairs = count_wheelchairs(household_id)
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
    if not fit_wheelchairs(household_id, wheelchairs, actor=actor, now=now):
        flash(_("Their bus has no free place for a wheelchair. Please call the team."), "wait")
