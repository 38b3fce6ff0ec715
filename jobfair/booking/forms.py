"""The forms of a registration, one a step; a draft keeps what was typed into them."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, FormField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import AnyOf, Optional, ValidationError

from jobfair.attendees.forms import (
    birth_year_field,
    email_field,
    language_choices,
    municipality_choices,
)
from jobfair.attendees.rules import HOUSEHOLD_MOST, NAME_MOST, AttendeeKind
from jobfair.booking.rules import NO_BUS, PERSON_FIELDS, Typed, has_letters, is_latin
from jobfair.shuttle.queries import BackChoice, StopChoice
from jobfair.shuttle.rules import Ways
from jobfair.web.forms import BaseForm, LineField, PhoneField, PlainForm, Rows

RAW_MOST = 400


class PersonForm(PlainForm):
    """One person: a name in either script, its other spelling, the birth year of adults."""

    kind = HiddenField(validators=[AnyOf([kind.value for kind in AttendeeKind])])
    given = LineField(_l("First name"), limit=NAME_MOST)
    family = LineField(_l("Family name"), limit=NAME_MOST)
    latin_given = LineField(_l("First name in Latin letters"), limit=NAME_MOST)
    latin_family = LineField(_l("Family name in Latin letters"), limit=NAME_MOST)
    own_given = LineField(_l("First name in your script"), limit=NAME_MOST)
    own_family = LineField(_l("Family name in your script"), limit=NAME_MOST)
    read_from = HiddenField()
    birth_year = birth_year_field()

    def validate_given(self, field: Field) -> None:
        """Ask for a name that can be read out."""
        if not has_letters(field.data or ""):
            raise ValidationError(_l("Please write the first name."))

    def validate_family(self, field: Field) -> None:
        """Ask for letters where something was written."""
        if field.data and not has_letters(field.data):
            raise ValidationError(_l("Please check the family name."))

    @property
    def wants_latin(self) -> bool:
        """Tell whether a Latin spelling was proposed, to be looked at."""
        return bool(self.latin_given.data or self.latin_family.data)

    @property
    def all_latin(self) -> bool:
        """Tell whether the name was typed in Latin letters."""
        return is_latin(self.given.data or "") and is_latin(self.family.data or "")

    @property
    def is_child(self) -> bool:
        """Tell whether this is a child."""
        return bool(self.kind.data == AttendeeKind.CHILD)


class PeopleForm(BaseForm):
    """Who comes."""

    people = Rows(FormField(PersonForm), min_entries=1, max_entries=HOUSEHOLD_MOST)

    @classmethod
    def of(cls, people: Sequence[Typed]) -> "PeopleForm":
        """Return the form with that typed into it."""
        fields = {
            f"people-{place}-{name}": str(person.get(name, ""))[:RAW_MOST]
            for place, person in enumerate(people)
            for name in PERSON_FIELDS
        }
        return cls(formdata=MultiDict(fields))

    def typed(self) -> list[Typed]:
        """Return what stands in the fields of each person."""
        return [{name: _raw(entry.form[name]) for name in PERSON_FIELDS} for entry in self.people]

    def cleaned(self) -> list[Typed]:
        """Return what the fields mean, once they are valid."""
        return [
            {name: str(entry.form[name].data or "") for name in PERSON_FIELDS}
            for entry in self.people
        ]


class PlaceForm(BaseForm):
    """Where the household lives."""

    municipality = SelectField(_l("Your town or municipality"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.municipality.choices = [SelectChoice("", _l("Please choose")), *municipality_choices()]

    def validate_municipality(self, field: Field) -> None:
        """Ask for one of the list."""
        if not field.data:
            raise ValidationError(_l("Please choose where you live."))


class BusForm(BaseForm):
    """Whether the household comes by bus, from which stop, and when it goes back."""

    ways = RadioField(
        _l("Do you come by bus?"),
        choices=[
            SelectChoice(Ways.BOTH.value, _l("Yes, there and back")),
            SelectChoice(Ways.OUT.value, _l("Only there")),
            SelectChoice(Ways.BACK.value, _l("Only back")),
            SelectChoice(NO_BUS, _l("No, we come on our own")),
        ],
        validate_choice=False,
    )
    stop = RadioField(_l("Your bus stop"), choices=[], validate_choice=False)
    back = RadioField(_l("When do you want to go back?"), choices=[], validate_choice=False)

    def __init__(
        self, stops: Sequence[StopChoice], waves: Sequence[BackChoice], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.stops = {str(choice.stop_id) for choice in stops}
        self.waves = {str(choice.wave) for choice in waves}

    def validate_ways(self, field: Field) -> None:
        """Ask for one of the four answers."""
        if field.data not in {*Ways, NO_BUS}:
            raise ValidationError(_l("Please choose whether you come by bus."))

    def validate_stop(self, field: Field) -> None:
        """Ask for a stop where a ride is wished."""
        if self.ways.data in set(Ways) and field.data not in self.stops:
            raise ValidationError(_l("Please choose your bus stop."))

    def validate_back(self, field: Field) -> None:
        """Ask for a time where a ride home is wished."""
        if self.ways.data in {Ways.BOTH, Ways.BACK} and field.data not in self.waves:
            raise ValidationError(_l("Please choose when you want to go back."))


class ContactForm(BaseForm):
    """How to reach the household, its language, and its consent."""

    email = email_field()
    phone = PhoneField(_l("Telephone number"), validators=[Optional()])
    lang = SelectField(_l("Which language do you speak?"))
    consent = BooleanField(_l("Yes, you may store this for the fair."))

    def __init__(self, page_lang: str, **kwargs: Any) -> None:
        super().__init__(data={"lang": page_lang}, **kwargs)
        self.lang.choices = language_choices()

    def validate_consent(self, field: Field) -> None:
        """Ask for the consent without which nothing is stored."""
        if not field.data:
            raise ValidationError(_l("Please agree, so that we may store your registration."))


def typed_into(form: BaseForm) -> Typed:
    """Return what stands in the fields of a form without groups."""
    return {field.name: _raw(field) for field in form if field.name != "csrf_token"}


def _raw(field: Field) -> str:
    """Return what was typed, also where it is no valid value."""
    if isinstance(field, BooleanField):
        return "y" if field.data else ""
    text = field.raw_data[0] if field.raw_data else field.data
    return "" if text is None else str(text)[:RAW_MOST]
