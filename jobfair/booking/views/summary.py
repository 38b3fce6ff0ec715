"""The last step: all that was said, once more; sending it registers the household."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobfair.attendees.rules import EMAIL_MOST, PersonInput
from jobfair.attendees.words import municipality_name
from jobfair.booking.forms import SummaryForm
from jobfair.booking.operations import ride_wish
from jobfair.booking.rules import Contact, RideInput, Step, people_of, ride_of, stops_near
from jobfair.booking.service import Registration
from jobfair.booking.service import register as register_draft
from jobfair.booking.views.blueprint import blueprint, visible_fair
from jobfair.booking.views.gates import (
    MAILBOX,
    METHODS,
    by_address,
    by_visitor,
    elsewhere,
    led_on,
)
from jobfair.booking.views.progress import Progress, known_by, progress_at
from jobfair.core import clock
from jobfair.core.errors import DomainError
from jobfair.core.text import clean_line
from jobfair.fairs.context import current_fair
from jobfair.shuttle.prospects import Prospect, prospect_of
from jobfair.shuttle.queries import WaveChoice, bus_choices
from jobfair.web.access import current_actor, public
from jobfair.web.limits import limiter, visitor_key
from jobfair.web.locale import current_language
from jobfair.web.problems import message_of


@dataclass(frozen=True)
class ChosenRide:
    """The ride as it was chosen, with stop and times to be read, and what it would bring now."""

    wish: RideInput
    stop_name: str
    arrive_at: datetime | None
    back_at: datetime | None
    wheelchairs: int
    prospect: Prospect


def mailbox_key() -> str:
    """Return the address that the confirmation would go to."""
    typed = progress_at(current_fair()).typed(Step.CONTACT).get("email", "")
    return f"email:{clean_line(typed.lower(), EMAIL_MOST) or visitor_key()}"


@blueprint.route("/<fair:fair>/register/summary", methods=METHODS)
@public
@by_visitor
@by_address
@limiter.limit(MAILBOX, key_func=mailbox_key, methods=["POST"], deduct_when=led_on)
def summary() -> ResponseReturnValue:
    """Show all that was said; sending it with the consent registers the household."""
    progress = progress_at(visible_fair())
    if answer := elsewhere(progress, Step.SUMMARY):
        return answer
    if request.form.get("go") == "back":
        return redirect(progress.before(Step.SUMMARY))
    form = SummaryForm()
    return _send(form, progress) or _show(form, progress)


def _send(form: SummaryForm, progress: Progress) -> ResponseReturnValue | None:
    """Register the household and lead to its page; None shows the form again."""
    if not form.validate_on_submit() or progress.key is None:
        return None
    try:
        token = register_draft(
            progress.fair.id,
            progress.key,
            _registration(form, progress),
            only_wait=progress.only_waits and request.form.get("go") == "wait",
            actor=current_actor(),
            now=clock.now(),
        )
    except DomainError as error:
        form.refuse(message_of(error))
        return None
    return redirect(url_for("booking.my", token=token))


def _registration(form: SummaryForm, progress: Progress) -> Registration:
    contact = progress.typed(Step.CONTACT)
    return Registration(
        people=_people(progress),
        municipality=progress.municipality,
        contact=Contact(contact["email"], contact["phone"], contact["lang"]),
        ride=_ride(progress),
        page_lang=current_language().code,
        window_id=progress.window.id if progress.window else None,
        take_at_once=form.takes_at_once,
    )


def _people(progress: Progress) -> tuple[PersonInput, ...]:
    return people_of(progress.people, progress.rows(Step.WORK), progress.typed(Step.NEEDS))


def _ride(progress: Progress) -> RideInput | None:
    return ride_of(progress.typed(Step.BUS)) if Step.BUS in progress.steps else None


def _chosen_ride(progress: Progress) -> ChosenRide | None:
    ride = _ride(progress)
    if ride is None:
        return None
    fair_id, near = progress.fair.id, stops_near(progress.municipality)
    choices = bus_choices(fair_id, near)
    wish = ride_wish(fair_id, 0, ride, _people(progress))
    names = {stop.stop_id: stop.name for stop in choices.stops}
    return ChosenRide(
        ride,
        names.get(ride.stop_id, ""),
        _time_of(ride.out_wave, choices.arrivals),
        _time_of(ride.back_wave, choices.returns),
        wish.wheelchairs,
        prospect_of(wish, clock.now()),
    )


def _time_of(wave: int | None, waves: Iterable[WaveChoice]) -> datetime | None:
    return next((one.at for one in waves if one.wave == wave), None)


def _show(form: SummaryForm, progress: Progress) -> ResponseReturnValue:
    page = render_template(
        "booking/summary.html",
        form=form,
        step=Step.SUMMARY,
        progress=progress,
        people=_people(progress),
        home=municipality_name(progress.municipality),
        ride=_chosen_ride(progress),
        known_by=known_by(progress.fair),
        now=clock.now(),
        contact=progress.typed(Step.CONTACT),
        outlook=progress.outlook,
    )
    return page, 422 if form.faults else 200
