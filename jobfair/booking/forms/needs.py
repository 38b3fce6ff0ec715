"""The form of what people need to take part; nothing of it has to be said."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import ValidationError

from jobfair.attendees.forms import language_choices
from jobfair.attendees.rules import AttendeeKind
from jobfair.booking.rules import Typed
from jobfair.core.languages import DEFAULT_LANGUAGE
from jobfair.web.forms import BaseForm


class NeedsForm(BaseForm):
    """Who of the household needs what; a need is ticked for each person."""

    wheelchair = SelectMultipleField(_l("Comes in a wheelchair"))
    interpreter = SelectMultipleField(_l("Needs somebody who interprets"))
    interpreter_lang = SelectField(_l("Into which language?"))
    sign_language = SelectMultipleField(_l("Needs a sign language interpreter"))
    childcare = BooleanField(_l("Somebody looks after our children while we talk to employers"))

    def __init__(self, people: Sequence[Typed], spoken: str, **kwargs: Any) -> None:
        """Offer to interpret into the language that they speak, unless that is German."""
        foreign = spoken if spoken != DEFAULT_LANGUAGE else ""
        super().__init__(data={"interpreter_lang": foreign}, **kwargs)
        adults = [one for one in people if one["kind"] != AttendeeKind.CHILD]
        self.has_children = len(adults) < len(people)
        self.wheelchair.choices = self.sign_language.choices = _names(people)
        self.interpreter.choices = _names(adults)
        self.interpreter_lang.choices = [
            SelectChoice("", _l("Please choose")),
            *language_choices(),
        ]

    def validate_interpreter_lang(self, field: Field) -> None:
        """Ask for the language where somebody shall interpret."""
        if self.interpreter.data and not field.data:
            raise ValidationError(_l("Please choose the language."))


def _names(people: Sequence[Typed]) -> list[Any]:
    return [SelectChoice(one["key"], f"{one['given']} {one['family']}".strip()) for one in people]
