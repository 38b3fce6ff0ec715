"""The organiser's forms about households; lists of places and languages for all who ask."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, FormField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Email, Optional, ValidationError

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.rules import (
    EARLIEST_BIRTH_YEAR,
    ELSEWHERE,
    EMAIL_MOST,
    HOUSEHOLD_MOST,
    NAME_MOST,
    AttendeeKind,
    AttendeeState,
    PersonInput,
)
from jobfair.attendees.words import STATE_NAMES, language_name
from jobfair.core import clock
from jobfair.core.errors import DomainError
from jobfair.core.languages import LANGUAGES, SPOKEN_LANGUAGES
from jobfair.data.municipalities import municipalities
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
    """What the list of people is narrowed to; sent by GET."""

    text = StringField(_l("Name, code, telephone or e-mail"))
    spoken = SelectField(_l("Language"), validate_choice=False)
    municipality = SelectField(_l("Municipality"), validate_choice=False)
    state = SelectField(_l("State"), validate_choice=False)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = SelectChoice("", _l("All"))
        spoken = [SelectChoice(code, language_name(code)) for code in languages]
        self.spoken.choices = [everything, *spoken]
        self.municipality.choices = [everything, *municipality_choices()]
        states = [SelectChoice(state.value, STATE_NAMES[state]) for state in AttendeeState]
        self.state.choices = [everything, *states]


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
