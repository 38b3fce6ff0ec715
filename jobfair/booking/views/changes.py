"""What a household changes on its own pages: one question a page, as when it registered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from jobfair.attendees.forms import done
from jobfair.attendees.models import Household
from jobfair.attendees.queries import count_wheelchairs
from jobfair.attendees.rules import AttendeeKind, HouseholdState
from jobfair.attendees.service import correct
from jobfair.attendees.words import municipality_name
from jobfair.booking.forms import (
    BusForm,
    ContactForm,
    FreedForm,
    NeedsForm,
    PlaceForm,
    WhenForm,
    WorkForm,
    cleaned_into,
)
from jobfair.booking.household import (
    called,
    correction_of,
    needing,
    seeking,
    typed_needs,
    typed_work,
    wished_ride,
)
from jobfair.booking.outlook import outlooks_of
from jobfair.booking.rules import Typed, ride_of, stops_near, typed_ride
from jobfair.booking.service import changes
from jobfair.booking.views.blueprint import blueprint
from jobfair.booking.views.gates import MAILBOX, METHODS, by_visitor, led_on
from jobfair.booking.views.opened import can_change, coming, opened, own_page
from jobfair.booking.views.progress import known_by
from jobfair.core import clock
from jobfair.fairs.context import current_fair
from jobfair.fairs.queries import list_windows
from jobfair.shuttle.queries import bus_choices, journey_of
from jobfair.shuttle.rules import RequestState
from jobfair.web.access import current_actor, public
from jobfair.web.forms import BaseForm
from jobfair.web.limits import email_key, limiter


@dataclass(frozen=True)
class Change:
    """A form, what is done with it once it is valid, and what its page shows besides.

    The latter is asked for when the page is shown: after what was refused, as things are then.
    """

    form: BaseForm
    act: Callable[[], object]
    more: Callable[[], dict[str, Any]] = dict


@blueprint.route(
    "/my/<token>/change/<any(contact,place,when,bus,work,needs,waiting):what>", methods=METHODS
)
@public
@by_visitor
@limiter.limit(MAILBOX, key_func=email_key, methods=["POST"], deduct_when=led_on)
def change(token: str, what: str) -> ResponseReturnValue:
    """Show the present answer to one question and take another one."""
    household = opened(token)
    if not can_change(household):
        return own_page(token)
    people = [called(one) for one in coming(household)]
    home = municipality_name(household.municipality)
    asked = CHANGES[what](household)
    if done(asked.form, asked.act):
        flash(_("Your change is stored."))
        return own_page(token)
    page = render_template(
        f"booking/{what}.html",
        frame="booking/change.html",
        form=asked.form,
        token=token,
        people=people,
        home=home,
        **asked.more(),
    )
    return page, 422 if asked.form.faults else 200


def corrected(household: Household, **what: Any) -> None:
    """Have the household be as it is but for this."""
    correct(household.id, correction_of(household, **what), actor=current_actor(), now=clock.now())


def _contact(household: Household) -> Change:
    present = {"email": household.email, "phone": household.phone, "lang": household.lang}
    form = ContactForm(household.lang, **_present(present))
    return Change(form, lambda: corrected(household, **cleaned_into(form)))


def _waiting(household: Household) -> Change:
    form = FreedForm(**_present({"take_at_once": "y" if household.take_at_once else ""}))
    return Change(form, lambda: corrected(household, take_at_once=form.take_at_once.data))


def _place(household: Household) -> Change:
    form = PlaceForm(**_present({"municipality": household.municipality}))
    return Change(form, lambda: corrected(household, municipality=form.municipality.data))


def _when(household: Household) -> Change:
    people, household_id, fair_id = len(coming(household)), household.id, household.fair_id
    present = {"window": str(household.window_id or "")}
    form = WhenForm(list_windows(fair_id), **_present(present))

    def act() -> None:
        window_id = int(form.window.data)
        changes.change_window(household_id, window_id, actor=current_actor(), now=clock.now())

    def more() -> dict[str, Any]:
        windows = list_windows(fair_id)
        kept = household.window_id if household.state is HouseholdState.REGISTERED else None
        outlooks = outlooks_of(current_fair(), windows, people)
        return {"windows": windows, "outlooks": outlooks, "present": kept}

    return Change(form, act, more)


def _bus(household: Household) -> Change:
    household_id, people = household.id, len(coming(household))
    near = stops_near(household.municipality)
    choices = bus_choices(household.fair_id, near, people, household_id)
    present = typed_ride(wished_ride(household_id))
    window = household.window
    form = BusForm(choices, people, window, **_present(present))

    def act() -> None:
        ride = ride_of(cleaned_into(form))
        changes.change_ride(household_id, ride, actor=current_actor(), now=clock.now())

    def more() -> dict[str, Any]:
        journey = journey_of(household_id)
        return {
            "window": window,
            "known_by": known_by(current_fair()),
            "now": clock.now(),
            "seated": journey is not None and journey.state is RequestState.SEATED,
        }

    return Change(form, act, more)


def _work(household: Household) -> Change:
    people = coming(household)
    grown = [one for one in people if one.kind is not AttendeeKind.CHILD]
    adults = [called(one) for one in grown]
    if request.method == "POST":
        form = WorkForm()
    else:
        form = WorkForm.of(adults, [typed_work(one) for one in grown])
    return Change(
        form,
        lambda: corrected(household, people=seeking(grown, form.typed())),
        lambda: {"adults": form.beside(adults)},
    )


def _needs(household: Household) -> Change:
    people = coming(household)
    names = [called(one) for one in people]
    form = NeedsForm(names, household.lang, **_present(typed_needs(people)))
    household_id = household.id

    def act() -> None:
        wheelchairs, actor = count_wheelchairs(household_id), current_actor()
        corrected(household, people=needing(people, cleaned_into(form)))
        if not changes.fit_wheelchairs(household_id, wheelchairs, actor=actor, now=clock.now()):
            flash(_("Your bus has no free place for a wheelchair. Please call us."), "wait")

    return Change(form, act)


def _present(typed: Typed) -> dict[str, Any]:
    """Return the argument that shows a form as things stand."""
    return {"formdata": MultiDict(typed)} if request.method == "GET" else {}


CHANGES: dict[str, Callable[[Household], Change]] = {
    "contact": _contact,
    "place": _place,
    "when": _when,
    "bus": _bus,
    "work": _work,
    "needs": _needs,
    "waiting": _waiting,
}
