"""What the desk's pages about the door share."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from jobfair.checkin.crew import Standing
from jobfair.checkin.words import (
    CONFLICT_ADVICE,
    CONFLICT_KINDS,
    DEVICE_DIRECTIONS,
    DEVICE_KINDS,
    STATION_KINDS,
    WAYS,
)
from jobfair.core.codes import group_code
from jobfair.core.errors import DomainError, NotFound
from jobfair.web.forms import BaseForm
from jobfair.web.problems import message_of

CODE_GROUP = 5
T = TypeVar("T")

blueprint = Blueprint("door_desk", __name__, url_prefix="/desk/<fair:fair>/door")


def attempt(
    form: BaseForm, act: Callable[[], T], fields: Mapping[str, str] | None = None
) -> T | None:
    """Return what the act gives if the form was sent; what refuses it stands in the form.

    `fields` names the field at which a refusal stands, by its code.
    """
    if not form.validate_on_submit():
        return None
    try:
        return act()
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(message_of(error), (fields or {}).get(error.code))
        return None


def shown(template: str, form: BaseForm, **values: Any) -> ResponseReturnValue:
    """Return the page of the form, with status 422 if what was sent is refused."""
    return render_template(template, form=form, **values), 422 if form.is_submitted() else 200


def minutes(span: timedelta) -> int:
    """Return the whole minutes of a span, never less than one."""
    return max(1, round(abs(span) / timedelta(minutes=1)))


def words() -> dict[str, Any]:
    """Return what templates call things, and how codes are written."""
    return {
        "STATION_KINDS": STATION_KINDS,
        "DEVICE_KINDS": DEVICE_KINDS,
        "DEVICE_DIRECTIONS": DEVICE_DIRECTIONS,
        "WAYS": WAYS,
        "CONFLICT_KINDS": CONFLICT_KINDS,
        "CONFLICT_ADVICE": CONFLICT_ADVICE,
        "Standing": Standing,
        "group_code": group_code,
        "shift_code": lambda code: group_code(code, CODE_GROUP),
        "minutes": minutes,
    }


blueprint.context_processor(words)
