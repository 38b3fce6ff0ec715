"""The steps of a registration: each shows its form, keeps what is typed, leads on."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from jobfair.attendees.rules import HOUSEHOLD_MOST, AttendeeKind
from jobfair.attendees.words import municipality_name
from jobfair.booking.forms import (
    BusForm,
    ContactForm,
    NeedsForm,
    PeopleForm,
    PlaceForm,
    WhenForm,
    WorkForm,
    cleaned_into,
    new_key,
    typed_into,
)
from jobfair.booking.rules import (
    Step,
    blank_person,
    newly_proposed,
    stops_near,
    with_proposals,
)
from jobfair.booking.views.blueprint import blueprint, visible_fair
from jobfair.booking.views.gates import METHODS, by_address, by_visitor, closed_page, elsewhere
from jobfair.booking.views.progress import Progress, known_by, progress_at
from jobfair.core import clock
from jobfair.shuttle.queries import bus_choices
from jobfair.web.access import public
from jobfair.web.forms import BaseForm
from jobfair.web.locale import current_language

Question = tuple[BaseForm, dict[str, Any]]


@blueprint.route("/<fair:fair>/register", methods=METHODS)
@public
@by_visitor
@by_address
def register() -> ResponseReturnValue:
    """Show and take who comes; this step always begins, also where a draft was sent already."""
    progress = progress_at(visible_fair())
    if closed := closed_page(progress):
        return closed
    if request.method == "POST":
        form = PeopleForm()
        return _take_people(form, progress) or _show_people(form, progress)
    kept = progress.people or [blank_person(AttendeeKind.ADULT, new_key())]
    return _show_people(PeopleForm.of(kept), progress)


@blueprint.route(
    "/<fair:fair>/register/<any(place,when,bus,work,needs,contact):name>", methods=METHODS
)
@public
@by_visitor
@by_address
def step(name: str) -> ResponseReturnValue:
    """Show and take the answer to one question about the household."""
    progress, asked = progress_at(visible_fair()), Step(name)
    if answer := elsewhere(progress, asked):
        return answer
    form, more = QUESTIONS[asked](progress)
    return _take(form, asked, progress) or _show(form, asked, progress, **more)


def _place(progress: Progress) -> Question:
    return PlaceForm(**_kept(progress, Step.PLACE)), {}


def _when(progress: Progress) -> Question:
    form = WhenForm(progress.windows, **_kept(progress, Step.WHEN))
    return form, {"windows": progress.windows, "outlooks": progress.outlooks}


def _bus(progress: Progress) -> Question:
    near, people = stops_near(progress.municipality), len(progress.people)
    choices = bus_choices(progress.fair.id, near, people)
    form = BusForm(choices, people, progress.window, **_kept(progress, Step.BUS))
    fixed = {"known_by": known_by(progress.fair), "now": clock.now()}
    return form, {"window": progress.window, **fixed}


def _work(progress: Progress) -> Question:
    if request.method == "POST":
        form = WorkForm()
    else:
        form = WorkForm.of(progress.adults, progress.rows(Step.WORK) or _first_guess(progress))
    return form, {"adults": form.beside(progress.adults)}


def _first_guess(progress: Progress) -> list[dict[str, Any]]:
    """Return that the first adult speaks the language of the page, unless that is German."""
    spoken = current_language().code
    if spoken == "de" or not progress.adults:
        return []
    return [{"key": progress.adults[0]["key"], "speaks": [spoken]}]


def _needs(progress: Progress) -> Question:
    spoken = [code for one in progress.rows(Step.WORK) for code in one["speaks"]]
    kept = _kept(progress, Step.NEEDS)
    return NeedsForm(progress.people, (spoken or [current_language().code])[0], **kept), {}


def _contact(progress: Progress) -> Question:
    return ContactForm(current_language().code, **_kept(progress, Step.CONTACT)), {}


QUESTIONS: dict[Step, Callable[[Progress], Question]] = {
    Step.PLACE: _place,
    Step.WHEN: _when,
    Step.BUS: _bus,
    Step.WORK: _work,
    Step.NEEDS: _needs,
    Step.CONTACT: _contact,
}


def _kept(progress: Progress, asked: Step) -> dict[str, Any]:
    """Return the argument that shows a form as it was left."""
    typed = progress.typed(asked)
    return {"formdata": MultiDict(typed)} if typed and request.method == "GET" else {}


def _take_people(form: PeopleForm, progress: Progress) -> ResponseReturnValue | None:
    """Add or remove a person, propose Latin names, or lead on; None shows the form again."""
    if not form.csrf_token.validate(form):
        return None
    if regrouped := _regroup(form, progress):
        return regrouped
    if not form.validate_on_submit():
        return None
    before = form.cleaned()
    after = [with_proposals(person, current_language().code) for person in before]
    if newly_proposed(before, after):
        target = f"{progress.address(Step.WHO)}#latin"
        return progress.keep(Step.WHO, after, target, done=False)
    return progress.keep(Step.WHO, after, progress.after(Step.WHO), done=True)


def _regroup(form: PeopleForm, progress: Progress) -> ResponseReturnValue | None:
    """Add or remove the person whose button was pressed, checking nothing."""
    here, people = progress.address(Step.WHO), form.typed()
    kind, place = request.form.get("add"), request.form.get("remove", -1, type=int)
    if kind in (AttendeeKind.ADULT, AttendeeKind.CHILD) and len(people) < HOUSEHOLD_MOST:
        people.append(blank_person(AttendeeKind(kind), new_key()))
        target = f"{here}#people-{len(people) - 1}-given"
        return progress.keep(Step.WHO, people, target, done=False)
    if 0 < place < len(people):
        del people[place]
        return progress.keep(Step.WHO, people, f"{here}#add", done=False)
    return None


def _take(form: BaseForm, asked: Step, progress: Progress) -> ResponseReturnValue | None:
    """Keep what was typed and lead back or on; None shows the form again."""
    if request.method == "GET" or not form.csrf_token.validate(form):
        return None
    if request.form.get("go") == "back":
        return progress.keep(asked, _typed(form), progress.before(asked), done=False)
    if not form.validate_on_submit():
        return None
    return progress.keep(asked, _meant(form), progress.after(asked), done=True)


def _meant(form: BaseForm) -> Any:
    return form.typed() if isinstance(form, WorkForm) else cleaned_into(form)


def _typed(form: BaseForm) -> Any:
    return form.typed() if isinstance(form, PeopleForm | WorkForm) else typed_into(form)


def _show_people(form: PeopleForm, progress: Progress) -> ResponseReturnValue:
    proposed = not form.faults and any(entry.form.wants_latin for entry in form.people)
    return _show(
        form,
        Step.WHO,
        progress,
        proposed=proposed and not progress.is_done(Step.WHO),
        full=len(form.people) >= HOUSEHOLD_MOST,
    )


def _show(form: BaseForm, asked: Step, progress: Progress, **more: object) -> ResponseReturnValue:
    """Show a step; where something has to be mended, with status 422 and the draft keeping it."""
    page = render_template(
        f"booking/{asked.value}.html",
        form=form,
        step=asked,
        progress=progress,
        people=progress.people,
        home=municipality_name(progress.municipality) if progress.municipality else "",
        **more,
    )
    if not form.faults:
        return page
    answer = (page, 422)
    if form.csrf_token.errors:
        return answer
    return progress.hold(answer, asked, _typed(form))
