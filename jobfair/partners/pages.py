"""What the pages of partners have in common: whose people, and how a page is shown."""

from collections.abc import Callable

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from jobfair.attendees.forms import done
from jobfair.attendees.words import (
    KIND_NAMES,
    STATE_NAMES,
    STATE_SIGNS,
    language_name,
    municipality_name,
    window_name,
)
from jobfair.core.codes import group_code
from jobfair.core.errors import Forbidden
from jobfair.partners.blueprint import workplace
from jobfair.partners.service.people import Mine
from jobfair.places.words import reason_words
from jobfair.shuttle.admin.plan_words import WAIT_REASONS
from jobfair.web.forms import ActionForm, BaseForm

WORDS = {
    "WAIT_REASONS": WAIT_REASONS,
    "KIND_NAMES": KIND_NAMES,
    "STATE_NAMES": STATE_NAMES,
    "STATE_SIGNS": STATE_SIGNS,
    "group_code": group_code,
    "language_name": language_name,
    "municipality_name": municipality_name,
    "reason_words": reason_words,
    "window_name": window_name,
}


def mine() -> Mine:
    """Return whose people this request works with; raise Forbidden where it is nobody's."""
    place = workplace()
    if place.partner_id is None:
        raise Forbidden("membership_ended")
    return Mine(place.fair, place.partner_id, place.actor)


def show(template: str, form: BaseForm, **values: object) -> ResponseReturnValue:
    """Return the page with the form; a form that was refused is shown again."""
    page = render_template(template, form=form, **WORDS, **values)
    return page, 422 if form.faults else 200


def ask(
    act: Callable[[], object], said: str, onward: str, page: Callable[[ActionForm], str]
) -> ResponseReturnValue:
    """Show the question, or act after its button was pressed, say so and lead onward."""
    form = ActionForm()
    if done(form, act):
        flash(said)
        return redirect(onward)
    return page(form), 422 if form.faults else 200
