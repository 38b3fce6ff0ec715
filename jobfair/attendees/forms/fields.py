"""Fields and choices about people that several forms share."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Email, Optional, ValidationError

from jobfair.attendees.rules import EARLIEST_BIRTH_YEAR, ELSEWHERE, EMAIL_MOST
from jobfair.attendees.words import window_name
from jobfair.core import clock
from jobfair.core.errors import DomainError
from jobfair.core.languages import LANGUAGES, SPOKEN_LANGUAGES
from jobfair.data.municipalities import municipalities
from jobfair.fairs.models import ArrivalWindow
from jobfair.web.forms import BaseForm, DigitsField, LineField
from jobfair.web.problems import message_of


def municipality_choices() -> list[Any]:
    """Return the municipalities by name, then everywhere else."""
    names = sorted((place.display_name, place.ags) for place in municipalities())
    places = [SelectChoice(ags, name) for name, ags in names]
    return [*places, SelectChoice(ELSEWHERE, _l("Somewhere else"))]


def language_choices() -> list[Any]:
    """Return the spoken languages by their own names, the frequent ones first."""
    return [SelectChoice(code, LANGUAGES[code].own_name) for code in SPOKEN_LANGUAGES]


def email_field() -> Any:
    """Return a field for an e-mail address that may stay empty."""
    fault = _l("Please check the e-mail address, for example name@example.org.")
    rules = [Optional(), Email(message=fault)]
    return LineField(_l("E-mail address"), rules, limit=EMAIL_MOST)


def birth_year_field() -> Any:
    """Return a field for a year of birth that may stay empty."""
    return DigitsField(_l("Year of birth"), validators=[Optional(), _plausible_year])


def _plausible_year(_form: Any, field: Field) -> None:
    if field.data and not EARLIEST_BIRTH_YEAR <= field.data <= clock.now().year:
        raise ValidationError(_l("Please check the year of birth, for example 1988."))


def done(form: BaseForm, act: Callable[[], object]) -> bool:
    """Tell whether the form was sent and the act done; what refuses it stands in the form."""
    if not form.validate_on_submit():
        return False
    try:
        act()
    except DomainError as error:
        form.refuse(message_of(error))
        return False
    return True


def window_choices(windows: Sequence[ArrivalWindow], zone: str) -> list[Any]:
    """Return the arrival windows by their times, with their names where they have one."""
    return [SelectChoice(str(one.id), window_name(one, zone)) for one in windows]


def named_choices(names: Mapping[Any, Any]) -> list[Any]:
    """Return the members of an enum by their names, in the order of the mapping."""
    return [SelectChoice(key.value, name) for key, name in names.items()]
