"""The form above the organiser's list."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from jobfair.attendees.forms.fields import municipality_choices, named_choices, window_choices
from jobfair.attendees.queries import DESK, THEMSELVES, Choices
from jobfair.attendees.words import BUS_NAMES, KIND_NAMES, STATE_NAMES, language_name
from jobfair.fairs.models import Fair
from jobfair.web.forms import PlainForm


class FilterForm(PlainForm):
    """What the list of people is narrowed to; sent by GET. What a fair hasn't got isn't asked."""

    text = StringField(_l("Name, code, telephone or e-mail"))
    state = SelectField(_l("State"), validate_choice=False)
    kind = SelectField(_l("Adult or child"), validate_choice=False)
    spoken = SelectField(_l("Language"), validate_choice=False)
    municipality = SelectField(_l("Municipality"), validate_choice=False)
    window = SelectField(_l("Arrival"), validate_choice=False)
    by = SelectField(_l("Registered by"), validate_choice=False)
    bus = SelectField(_l("Bus"), validate_choice=False)

    def __init__(self, fair: Fair, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = _or_all(named_choices(STATE_NAMES))
        self.kind.choices = _or_all(named_choices(KIND_NAMES))
        self.spoken.choices = _or_all(
            [SelectChoice(code, language_name(code)) for code in choices.languages]
        )
        self.municipality.choices = _or_all(municipality_choices())
        self.window.choices = _or_all(window_choices(choices.windows, fair.time_zone))
        partners = [SelectChoice(str(key), name) for key, name in choices.partners.items()]
        self.by.choices = _or_all(
            [
                SelectChoice(THEMSELVES, _l("Themselves")),
                SelectChoice(DESK, _l("The desk")),
                *partners,
            ]
        )
        self.bus.choices = _or_all(named_choices(BUS_NAMES))
        for name, has_any in (("window", choices.windows), ("bus", choices.has_shuttle)):
            if not has_any:
                del self[name]

    @property
    def selects(self) -> list[Field]:
        """Return the fields to choose from."""
        return [field for field in self if isinstance(field, SelectField)]

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything was chosen."""
        return any(field.data for field in self.selects)


def _or_all(choices: list[Any]) -> list[Any]:
    return [SelectChoice("", _l("All")), *choices]
