"""The form of who comes: names in either script."""

import re
import secrets
from collections.abc import Sequence
from typing import Self

from flask_babel import lazy_gettext as _l
from wtforms import Field, FormField, HiddenField
from wtforms.validators import AnyOf, ValidationError

from jobfair.attendees.forms import birth_year_field
from jobfair.attendees.rules import HOUSEHOLD_MOST, NAME_MOST, AttendeeKind
from jobfair.booking.forms.kept import fields_of, typed_rows
from jobfair.booking.rules import PERSON_FIELDS, Typed, has_letters, is_latin
from jobfair.web.forms import BaseForm, LineField, PlainForm, Rows

KINDS = (AttendeeKind.ADULT.value, AttendeeKind.CHILD.value)
KEY_BYTES = 4
KEY = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}|[0-9]{{1,3}}")


def new_key() -> str:
    """Return what tells one more person of a draft from all others, before and after."""
    return secrets.token_hex(KEY_BYTES)


class PersonForm(PlainForm):
    """One person: a name in either script, its other spelling, the birth year of adults."""

    key = HiddenField()
    kind = HiddenField(validators=[AnyOf(KINDS)])
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
    def of(cls, people: Sequence[Typed]) -> Self:
        """Return the form with that typed into it."""
        return cls(formdata=fields_of("people", people))

    def typed(self) -> list[Typed]:
        """Return what stands in the fields of each person."""
        return typed_rows(self.people)

    def cleaned(self) -> list[Typed]:
        """Return what the fields mean, once they are valid; every person has a key of its own."""
        people = [
            {name: str(entry.form[name].data or "") for name in PERSON_FIELDS}
            for entry in self.people
        ]
        known: set[str] = set()
        for person in people:
            if not KEY.fullmatch(person["key"]) or person["key"] in known:
                person["key"] = new_key()
            known.add(person["key"])
        return people


class OnePersonForm(PeopleForm):
    """One more person of a household that is registered."""

    people = Rows(FormField(PersonForm), min_entries=1, max_entries=1)
