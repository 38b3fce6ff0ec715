"""The organiser's forms about households; lists of places and languages for all who ask."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, FormField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Email, Optional, ValidationError

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.queries import DESK, THEMSELVES, Choices
from jobfair.attendees.rules import (
    EARLIEST_BIRTH_YEAR,
    ELSEWHERE,
    EMAIL_MOST,
    HOUSEHOLD_MOST,
    NAME_MOST,
    AttendeeKind,
    PersonInput,
)
from jobfair.attendees.words import KIND_NAMES, STATE_NAMES, language_name, window_name
from jobfair.core import clock
from jobfair.core.errors import DomainError
from jobfair.core.languages import LANGUAGES, SPOKEN_LANGUAGES
from jobfair.data.municipalities import municipalities
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.web.forms import BaseForm, DigitsField, LineField, PhoneField, PlainForm, Rows
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


class FilterForm(PlainForm):
    """What the list of people is narrowed to; sent by GET. What a fair hasn't got isn't asked."""

    text = StringField(_l("Name, code, telephone or e-mail"))
    state = SelectField(_l("State"), validate_choice=False)
    kind = SelectField(_l("Adult or child"), validate_choice=False)
    spoken = SelectField(_l("Language"), validate_choice=False)
    municipality = SelectField(_l("Municipality"), validate_choice=False)
    window = SelectField(_l("Arrival"), validate_choice=False)
    by = SelectField(_l("Registered by"), validate_choice=False)

    def __init__(self, fair: Fair, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_windows = bool(choices.windows)
        self.state.choices = _or_all(_named(STATE_NAMES))
        self.kind.choices = _or_all(_named(KIND_NAMES))
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

    @property
    def selects(self) -> list[Field]:
        """Return the fields to choose from, without that of windows where there is none."""
        chosen = [self.state, self.kind, self.spoken, self.municipality, self.window, self.by]
        return [field for field in chosen if field is not self.window or self.has_windows]


def window_choices(windows: Sequence[ArrivalWindow], zone: str) -> list[Any]:
    """Return the arrival windows by their times, with their names where they have one."""
    return [SelectChoice(str(one.id), window_name(one, zone)) for one in windows]


def _named(names: Mapping[Any, Any]) -> list[Any]:
    return [SelectChoice(key.value, name) for key, name in names.items()]


def _or_all(choices: list[Any]) -> list[Any]:
    return [SelectChoice("", _l("All")), *choices]


class PersonForm(PlainForm):
    """A registered person's names and year of birth."""

    given_name = LineField(_l("First name"), limit=NAME_MOST)
    family_name = LineField(_l("Family name"), limit=NAME_MOST)
    own_given_name = LineField(_l("First name in own script"), limit=NAME_MOST)
    own_family_name = LineField(_l("Family name in own script"), limit=NAME_MOST)
    birth_year = birth_year_field()

    def validate_given_name(self, field: Field) -> None:
        """Keep a name by which the person can be called."""
        if not any(char.isalpha() for char in field.data or ""):
            raise ValidationError(_l("Please write the first name."))


class HouseholdForm(BaseForm):
    """A registered household's people, contact, language and place."""

    people = Rows(FormField(PersonForm), max_entries=HOUSEHOLD_MOST)
    email = email_field()
    phone = PhoneField(_l("Telephone number"), validators=[Optional()])
    lang = SelectField(_l("Language"))
    municipality = SelectField(_l("Municipality"))

    def __init__(self, household: Household) -> None:
        super().__init__(obj=household)
        self.lang.choices = language_choices()
        self.municipality.choices = municipality_choices()

    def corrected(self, people: list[Attendee]) -> tuple[PersonInput, ...]:
        """Return the people as they shall be, each of the kind it is."""
        entries = zip(people, self.people, strict=False)
        return tuple(_corrected(person.kind, entry.form) for person, entry in entries)


def _corrected(kind: AttendeeKind, form: PersonForm) -> PersonInput:
    return PersonInput(
        kind=kind,
        given_name=form.given_name.data or "",
        family_name=form.family_name.data or "",
        own_given_name=form.own_given_name.data or "",
        own_family_name=form.own_family_name.data or "",
        birth_year=form.birth_year.data,
    )
