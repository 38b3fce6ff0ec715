"""What the organiser's pages about fairs share."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from jobfair.core.errors import DomainError
from jobfair.web.forms import BaseForm
from jobfair.web.problems import message_of

blueprint = Blueprint("fairs_admin", __name__, url_prefix="/desk")
T = TypeVar("T")
FIELDS = {
    "slug_taken": "slug",
    "capacity_below_taken": "capacity",
    "move_untold": "day",
    "postpone_to_past": "day",
    "postpone_to_same": "day",
    "room_taken": "name",
    "window_below_taken": "capacity",
    "window_left_out": "starts",
    "window_outside": "starts",
    "window_time_told": "starts",
    "window_twice": "label",
}


def attempt(form: BaseForm, act: Callable[[], T]) -> T | None:
    """Return what the act gives if the form was sent; what refuses it stands in the form."""
    if not form.validate_on_submit():
        return None
    try:
        return act()
    except DomainError as error:
        field = FIELDS.get(error.code, "")
        form.refuse(message_of(error), field if field in form else None)
        return None


def shown(template: str, form: BaseForm, **values: object) -> ResponseReturnValue:
    """Return the page of the form, which was refused if it has been sent."""
    return render_template(template, form=form, **values), 422 if form.is_submitted() else 200
