"""The form in which the organiser corrects a household."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, FormField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional, ValidationError

from jobfair.attendees.forms.fields import (
    birth_year_field,
    email_field,
    language_choices,
    municipality_choices,
    named_choices,
    window_choices,
)
from jobfair.attendees.models import Attendee, Household, Need
from jobfair.attendees.rules import (
    HOUSEHOLD_MOST,
    NAME_MOST,
    AttendeeKind,
    NeedInput,
    NeedKind,
    PersonInput,
)
from jobfair.attendees.words import LEVEL_NAMES, LICENCE_NAMES, NEED_NAMES
from jobfair.data.work import GermanLevel, Licence, WorkField
from jobfair.data.work_words import WORK_NAMES
from jobfair.fairs.models import ArrivalWindow
from jobfair.web.forms import BaseForm, LineField, PhoneField, PlainForm, Rows
from jobfair.web.ids import row_id

NOT_SAID = SelectChoice("", _l("Not said"))


def _need_kind(need: Any) -> str:
    return need.kind.value if isinstance(need, Need) else str(need)


class AnswerField(SelectField):
    """One of the choices or nothing; a page may leave the field out."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no choice."""
        if self.data:
            super().pre_validate(form)


class PersonForm(PlainForm):
    """A registered person: names, year of birth, languages, work, needs."""

    given_name = LineField(_l("First name"), limit=NAME_MOST)
    family_name = LineField(_l("Family name"), limit=NAME_MOST)
    own_given_name = LineField(_l("First name in own script"), limit=NAME_MOST)
    own_family_name = LineField(_l("Family name in own script"), limit=NAME_MOST)
    birth_year = birth_year_field()
    german_level = AnswerField(_l("German"), choices=[NOT_SAID, *named_choices(LEVEL_NAMES)])
    licence = AnswerField(_l("Driving licence"), choices=[NOT_SAID, *named_choices(LICENCE_NAMES)])
    work = SelectMultipleField(_l("Work looked for"), choices=named_choices(WORK_NAMES))
    speaks = SelectMultipleField(_l("Languages"), choices=language_choices)
    needs = SelectMultipleField(_l("Needs"), choices=named_choices(NEED_NAMES), coerce=_need_kind)
    interpreter_lang = AnswerField(_l("Interpreter for"), choices=language_choices)

    def validate_given_name(self, field: Field) -> None:
        """Keep a name by which the person can be called."""
        if not any(char.isalpha() for char in field.data or ""):
            raise ValidationError(_l("Please write the first name."))

    def corrected(self, kind: AttendeeKind) -> PersonInput:
        """Return the person as it shall be, of the kind it is."""
        needs = map(NeedKind, self.needs.data or ())
        return PersonInput(
            kind=kind,
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            own_given_name=self.own_given_name.data or "",
            own_family_name=self.own_family_name.data or "",
            birth_year=self.birth_year.data,
            speaks=tuple(self.speaks.data or ()),
            german_level=GermanLevel(self.german_level.data) if self.german_level.data else None,
            work=tuple(map(WorkField, self.work.data or ())),
            licence=Licence(self.licence.data) if self.licence.data else None,
            needs=tuple(NeedInput(need, self._language_for(need)) for need in needs),
        )

    def _language_for(self, need: NeedKind) -> str:
        return (self.interpreter_lang.data or "") if need is NeedKind.INTERPRETER else ""


class HouseholdForm(BaseForm):
    """A registered household's people, contact, language, place and arrival window."""

    people = Rows(FormField(PersonForm), max_entries=HOUSEHOLD_MOST)
    email = email_field()
    phone = PhoneField(_l("Telephone number"), validators=[Optional()])
    lang = SelectField(_l("Language of their page and mails"), choices=language_choices)
    municipality = SelectField(_l("Municipality"), choices=municipality_choices)
    window_id = AnswerField(_l("Arrival"))

    def __init__(self, household: Household, windows: Sequence[ArrivalWindow], zone: str) -> None:
        super().__init__(obj=household)
        none = [] if household.window_id else [SelectChoice("", _l("No time chosen"))]
        self.window_id.choices = [*none, *window_choices(windows, zone)]
        self.has_windows = bool(windows)
        for person, entry in zip(household.people, self.people, strict=False):
            asked = [need.lang for need in person.needs if need.kind is NeedKind.INTERPRETER]
            if entry.form.interpreter_lang.data is None:
                entry.form.interpreter_lang.data = asked[0] if asked else household.lang

    @property
    def chosen_window(self) -> int | None:
        """Return the arrival window that was chosen."""
        return row_id(self.window_id.data) if self.window_id.data else None

    def corrected(self, people: list[Attendee]) -> tuple[PersonInput, ...]:
        """Return the people as they shall be, in their order."""
        entries = zip(people, self.people, strict=False)
        return tuple(entry.form.corrected(person.kind) for person, entry in entries)
