"""The steps of a registration: each shows its form, keeps what is typed, leads on."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from jobfair.attendees.queries import get_household
from jobfair.attendees.rules import HOUSEHOLD_MOST, AttendeeKind
from jobfair.attendees.words import municipality_name
from jobfair.booking.forms import BusForm, ContactForm, PeopleForm, PlaceForm, typed_into
from jobfair.booking.queries import token_of
from jobfair.booking.rules import (
    NO_BUS,
    Contact,
    RideInput,
    Step,
    blank_person,
    newly_proposed,
    person_of,
    registration_now,
    stops_near,
    with_proposals,
)
from jobfair.booking.service import Registration
from jobfair.booking.service import register as register_draft
from jobfair.booking.views.blueprint import blueprint, visible_fair
from jobfair.booking.views.progress import Progress, progress_at
from jobfair.core import clock
from jobfair.core.errors import Conflict, DomainError
from jobfair.fairs.rules import RegistrationState
from jobfair.shuttle.queries import back_choices, stop_choices
from jobfair.shuttle.rules import Ways
from jobfair.web.access import current_actor, public
from jobfair.web.forms import BaseForm
from jobfair.web.limits import SHELTER, address_key, email_key, limiter
from jobfair.web.locale import current_language
from jobfair.web.problems import message_of

VISITOR = "200 per 10 minutes"
MAILBOX = "100 per hour"  # more than one helper registers, less than fills a stranger's mailbox
METHODS = ["GET", "POST"]

_by_visitor = limiter.limit(VISITOR, methods=["POST"])
_by_address = limiter.limit(SHELTER, key_func=address_key, methods=["POST"])


def _led_on(answer: Response) -> bool:
    """Count what was taken, since it may send a mail to the address that was typed."""
    return answer.location is not None


_by_mailbox = limiter.limit(MAILBOX, key_func=email_key, methods=["POST"], deduct_when=_led_on)


@blueprint.route("/<fair:fair>/register", methods=METHODS)
@public
@_by_visitor
@_by_address
def register() -> ResponseReturnValue:
    """Show and take who comes; this step always begins, also where a draft was sent already."""
    progress = progress_at(visible_fair())
    if closed := _closed(progress):
        return closed
    if request.method == "POST":
        form = PeopleForm()
        return _take_people(form, progress) or _show_people(form, progress)
    kept = progress.people or [blank_person(AttendeeKind.ADULT)]
    return _show_people(PeopleForm.of(kept), progress)


@blueprint.route("/<fair:fair>/register/place", methods=METHODS)
@public
@_by_visitor
@_by_address
def place() -> ResponseReturnValue:
    """Show and take where the household lives."""
    progress = progress_at(visible_fair())
    if elsewhere := _elsewhere(progress, Step.PLACE):
        return elsewhere
    form = PlaceForm(**_kept(progress, Step.PLACE))
    return _take(form, Step.PLACE, progress) or _show(form, Step.PLACE, progress)


@blueprint.route("/<fair:fair>/register/bus", methods=METHODS)
@public
@_by_visitor
@_by_address
def bus() -> ResponseReturnValue:
    """Show and take which rides the household wishes."""
    progress = progress_at(visible_fair())
    if elsewhere := _elsewhere(progress, Step.BUS):
        return elsewhere
    near, people = stops_near(progress.municipality), len(progress.people)
    stops = stop_choices(progress.fair.id, near, people)
    waves = back_choices(progress.fair.id, [stop.stop_id for stop in stops])
    form = BusForm(stops, waves, **_kept(progress, Step.BUS))
    return _take(form, Step.BUS, progress) or _show(
        form, Step.BUS, progress, stops=stops, waves=waves
    )


@blueprint.route("/<fair:fair>/register/contact", methods=METHODS)
@public
@_by_visitor
@_by_address
@_by_mailbox
def contact() -> ResponseReturnValue:
    """Show and take contact and consent; sending registers the household."""
    progress = progress_at(visible_fair())
    if elsewhere := _elsewhere(progress, Step.CONTACT):
        return elsewhere
    form = ContactForm(current_language().code, **_kept(progress, Step.CONTACT))
    taken = _send if request.form.get("go") != "back" else _take
    return taken(form, Step.CONTACT, progress) or _show(form, Step.CONTACT, progress)


def _closed(progress: Progress) -> ResponseReturnValue | None:
    """Return the page that says why nobody can register now."""
    fair = progress.fair
    state = registration_now(
        fair.phase, fair.registration_opens_at, fair.registration_closes_at, clock.now()
    )
    full = fair.places_taken >= fair.capacity
    if state is RegistrationState.OPEN and not full:
        return None
    status = 409 if request.method == "POST" else 200
    return render_template("booking/closed.html", state=state, now=clock.now()), status


def _elsewhere(progress: Progress, step: Step) -> ResponseReturnValue | None:
    """Return where a browser belongs that can't be on this step."""
    if progress.household_id is not None:
        household = get_household(progress.household_id)
        return redirect(url_for("booking.my", token=token_of(household)))
    if closed := _closed(progress):
        return closed
    if step not in progress.steps or not progress.is_reached(step):
        return progress.lead_to_first_open()
    return None


def _kept(progress: Progress, step: Step) -> dict[str, Any]:
    """Return the argument that shows a form as it was left."""
    typed = progress.typed(step)
    return {"formdata": MultiDict(typed)} if typed and request.method == "GET" else {}


def _take_people(form: PeopleForm, progress: Progress) -> ResponseReturnValue | None:
    """Add or remove a person, propose Latin names, or lead on; None shows the form again."""
    if not form.csrf_token.validate(form):
        return None
    if regrouped := _regroup(form, progress):
        return regrouped
    if not form.validate_on_submit() or not _enough_places(form, progress):
        return None
    before = form.cleaned()
    after = [with_proposals(person, current_language().code) for person in before]
    if newly_proposed(before, after):
        target = f"{progress.address(Step.WHO)}#latin"
        return progress.keep(Step.WHO, after, target, done=False)
    return progress.keep(Step.WHO, after, progress.address(Step.PLACE), done=True)


def _regroup(form: PeopleForm, progress: Progress) -> ResponseReturnValue | None:
    """Add or remove the person whose button was pressed, checking nothing."""
    here, people = progress.address(Step.WHO), form.typed()
    kind, place = request.form.get("add"), request.form.get("remove", -1, type=int)
    if kind in set(AttendeeKind) and len(people) < HOUSEHOLD_MOST:
        people.append(blank_person(AttendeeKind(kind)))
        target = f"{here}#people-{len(people) - 1}-given"
        return progress.keep(Step.WHO, people, target, done=False)
    if 0 < place < len(people):
        del people[place]
        return progress.keep(Step.WHO, people, f"{here}#add", done=False)
    return None


def _enough_places(form: PeopleForm, progress: Progress) -> bool:
    """Say early that a household doesn't fit; sending decides."""
    left = progress.fair.capacity - progress.fair.places_taken
    if len(form.people) <= left:
        return True
    form.refuse(message_of(Conflict("fair_full", left=left)))
    return False


def _take(form: BaseForm, step: Step, progress: Progress) -> ResponseReturnValue | None:
    """Keep what was typed and lead back or on; None shows the form again."""
    if request.method == "GET" or not form.csrf_token.validate(form):
        return None
    if request.form.get("go") == "back":
        target = progress.address(progress.before(step))
        return progress.keep(step, typed_into(form), target, done=False)
    if not form.validate_on_submit():
        return None
    target = progress.address(progress.after(step))
    return progress.keep(step, typed_into(form), target, done=True)


def _send(form: ContactForm, step: Step, progress: Progress) -> ResponseReturnValue | None:  # noqa: ARG001  # called like `_take`
    """Register the household and lead to its page; None shows the form again."""
    if request.method == "GET" or not form.validate_on_submit() or progress.key is None:
        return None
    try:
        token = register_draft(
            progress.fair.id,
            progress.key,
            _registration(form, progress),
            actor=current_actor(),
            now=clock.now(),
        )
    except DomainError as error:
        form.refuse(message_of(error))
        return None
    return redirect(url_for("booking.my", token=token))


def _registration(form: ContactForm, progress: Progress) -> Registration:
    return Registration(
        people=tuple(person_of(person) for person in progress.people),
        municipality=progress.municipality,
        contact=Contact(form.email.data or "", form.phone.data or "", form.lang.data),
        ride=_ride(progress),
        page_lang=current_language().code,
    )


def _ride(progress: Progress) -> RideInput | None:
    """Return the wish of the bus step, None for those who come on their own."""
    typed = progress.typed(Step.BUS)
    if Step.BUS not in progress.steps or typed["ways"] == NO_BUS:
        return None
    ways = Ways(typed["ways"])
    wave = None if ways is Ways.OUT else int(typed["back"])
    return RideInput(ways, int(typed["stop"]), wave)


def _show_people(form: PeopleForm, progress: Progress) -> ResponseReturnValue:
    proposed = not form.faults and any(entry.form.wants_latin for entry in form.people)
    return _show(
        form,
        Step.WHO,
        progress,
        proposed=proposed and not progress.is_done(Step.WHO),
        full=len(form.people) >= HOUSEHOLD_MOST,
    )


def _show(form: BaseForm, step: Step, progress: Progress, **more: object) -> ResponseReturnValue:
    """Show a step; where something has to be mended, with status 422 and the draft keeping it."""
    page = render_template(
        f"booking/{step.value}.html",
        form=form,
        step=step,
        progress=progress,
        home=municipality_name(progress.municipality) if progress.municipality else "",
        **more,
    )
    if not form.faults:
        return page
    answer = (page, 422)
    if form.csrf_token.errors:
        return answer
    typed = form.typed() if isinstance(form, PeopleForm) else typed_into(form)
    return progress.hold(answer, step, typed)
