"""What the pages of exhibitors have in common: acting on a form, and showing it again."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from jobfair.core.errors import DomainError, NotFound
from jobfair.web.forms import BaseForm
from jobfair.web.problems import message_of


def attempt(
    form: BaseForm, act: Callable[[], object], fields: Mapping[str, str] | None = None
) -> bool:
    """Act if the form was sent and is right; tell whether that was done, else the form says why.

    `fields` names the field at which a refusal stands, by its code.
    """
    if not form.validate_on_submit():
        return False
    try:
        act()
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(message_of(error), (fields or {}).get(error.code))
        return False
    return True


def shown(template: str, form: BaseForm, **values: Any) -> ResponseReturnValue:
    """Return the page with the form; a form that was sent is shown again because of a fault."""
    return render_template(template, form=form, **values), 422 if form.is_submitted() else 200
