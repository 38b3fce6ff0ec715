"""What the organiser's pages about the shuttle have in common."""

from collections.abc import Callable

from flask import render_template
from flask.typing import ResponseReturnValue

from jobfair.core.errors import DomainError, NotFound
from jobfair.web.forms import BaseForm
from jobfair.web.problems import message_of

FIELDS = {
    "departure_exists": "line",
    "departure_late": "fair_at",
    "departure_early": "fair_at",
    "stop_exists": "name",
    "bus_type_exists": "name",
}


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Tell whether the form was sent and the act done; what refuses it stands in the form.

    What it is about may be gone meanwhile: then there is no form to show, and NotFound is raised.
    """
    if not form.validate_on_submit():
        return False
    try:
        act()
    except NotFound:
        raise
    except DomainError as error:
        field = FIELDS.get(error.code, "")
        if error.code == "riders_affected":
            form["people"].data, form["people"].raw_data = error.params["people"], None
        form.refuse(message_of(error), field if field in form else None)
        return False
    return True


def shown(template: str, form: BaseForm, **values: object) -> ResponseReturnValue:
    """Return the page of the form, with status 422 if what was sent is refused."""
    return render_template(template, form=form, **values), 422 if form.is_submitted() else 200
