"""The form of what adults speak and look for; every field may stay empty."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FormField, HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from jobfair.attendees.forms import language_choices
from jobfair.attendees.rules import HOUSEHOLD_MOST
from jobfair.attendees.words import LEVEL_NAMES, LICENCE_NAMES
from jobfair.booking.forms.kept import fields_of, typed_into, typed_rows
from jobfair.booking.rules import Typed
from jobfair.core.languages import SPOKEN_LANGUAGES
from jobfair.data.work_words import WORK_NAMES
from jobfair.web.forms import BaseForm, PlainForm, Rows

FREQUENT = 8
NO_ANSWER = SelectChoice("", _l("No answer"))


class AdultForm(PlainForm):
    """One adult: languages, German, fields of work, driving licence."""

    frequent = FREQUENT

    key = HiddenField()
    speaks = SelectMultipleField(_l("Languages you speak"))
    german_level = SelectField(
        _l("How well do you speak German?"),
        choices=[NO_ANSWER, *(SelectChoice(key.value, name) for key, name in LEVEL_NAMES.items())],
    )
    work = SelectMultipleField(
        _l("What work are you looking for?"),
        choices=[SelectChoice(key.value, name) for key, name in WORK_NAMES.items()],
    )
    licence = SelectField(
        _l("Do you have a driving licence?"),
        choices=[
            NO_ANSWER,
            *(SelectChoice(key.value, name) for key, name in LICENCE_NAMES.items()),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speaks.choices = language_choices()

    @property
    def speaks_rare(self) -> bool:
        """Tell whether a language is ticked that isn't among the frequent ones."""
        return not set(self.speaks.data or ()) <= set(SPOKEN_LANGUAGES[:FREQUENT])

    @property
    def says_something(self) -> bool:
        """Tell whether anything was answered or is at fault."""
        typed = typed_into(self)
        return bool(self.errors) or any(typed[name] for name in typed if name != "key")


class WorkForm(BaseForm):
    """What the adults of a household speak and look for."""

    adults = Rows(FormField(AdultForm), max_entries=HOUSEHOLD_MOST)

    @classmethod
    def of(cls, adults: Iterable[Typed], kept: Iterable[Typed]) -> "WorkForm":
        """Return the form of these adults with what they have answered so far."""
        answers = {one["key"]: one for one in kept}
        rows = [answers.get(adult["key"], {"key": adult["key"]}) for adult in adults]
        return cls(formdata=fields_of("adults", rows))

    def beside(self, adults: Sequence[Typed]) -> list[tuple[Typed, AdultForm]]:
        """Return each adult of the household with its fields; nobody else has any."""
        known = {adult["key"]: adult for adult in adults}
        return [
            (known[entry.form.key.data], entry.form)
            for entry in self.adults
            if entry.form.key.data in known
        ]

    def typed(self) -> list[Typed]:
        """Return what stands in the fields of each adult."""
        return typed_rows(self.adults)
