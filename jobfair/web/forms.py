"""The base of all forms and the fields that several rooms use."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from gettext import NullTranslations
from itertools import chain
from typing import Any

from flask import g, request
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    Field,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.i18n import get_builtin_gnu_translations
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError

from jobfair.core.contact import PHONE_MOST, is_phone
from jobfair.core.text import clean_line, to_western_digits
from jobfair.web.locale import SHOW_AGAIN


class LibraryWords:
    """The words of WTForms itself in the page's language, whose catalogue is read but once."""

    def gettext(self, string: str) -> str:
        """Return the message in the page's language."""
        return _library_catalogue(str(get_locale())).gettext(string)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the message for that number in the page's language."""
        return _library_catalogue(str(get_locale())).ngettext(one, many, number)


LIBRARY_WORDS = LibraryWords()


@cache
def _library_catalogue(lang: str) -> NullTranslations:
    return get_builtin_gnu_translations([lang])


class BaseForm(FlaskForm):
    """A form that loses nothing: after a fault it shows what was typed and a new token."""

    class Meta(FlaskForm.Meta):
        """Takes the fields of a form only: our fields know neither JSON nor files."""

        def get_translations(self, form: Any) -> LibraryWords:  # noqa: ARG002  # WTForms calls it so
            """Return the words of WTForms itself."""
            return LIBRARY_WORDS

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Return what is to be read: what was given, else what was sent."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            return (request.form or None) if form.is_submitted() else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field; what is only shown again in another language never passes."""
        valid = super().validate(extra_validators) and SHOW_AGAIN not in request.form
        g.form_refused = not valid
        return valid

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Return (element id, message) of every fault, in the order of the page."""
        found = [("main", str(text)) for text in self.form_errors]
        if self.csrf_token.errors:
            found.append(
                ("main", gettext("The page was open for a long time. Please send it again."))
            )
        for field in self:
            if field.name != "csrf_token":
                found.extend(_faults(field))
        return found

    form_errors: list[str]

    def refuse(self, message: str, field: str | None = None) -> None:
        """Add a fault that the rules found after the form's own checks."""
        g.form_refused = True
        if field is None:
            self.form_errors = [*self.form_errors, message]
        else:
            self[field].errors = [*self[field].errors, message]


class PlainForm(Form):
    """A group of fields inside another form (no token of its own)."""


class Rows(FieldList):  # type: ignore[type-arg]  # generic in its types only
    """Groups of fields that repeat, under short numbers as our pages write them."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        name = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,3}})(?:-.*)?", re.DOTALL)
        return (int(found[1]) for found in map(name.fullmatch, formdata) if found)


class ActionForm(BaseForm):
    """A button that changes something: nothing but the token."""


def _faults(field: Field) -> list[tuple[str, str]]:
    parts = list(field) if isinstance(field, FieldList | FormField) else []
    if parts:
        return list(chain.from_iterable(map(_faults, parts)))
    first = f"{field.id}-0" if isinstance(field, RadioField | SelectMultipleField) else field.id
    return [(first, str(text)) for text in field.errors]


class LineField(StringField):
    """One line of text, cleaned of what can't be seen; `limit` in characters."""

    def __init__(
        self, label: Any = None, validators: Any = None, *, limit: int, **kwargs: Any
    ) -> None:
        rules = [*(validators or ()), Length(max=limit, message=_l("Please write a shorter text."))]
        super().__init__(label, rules, **kwargs)
        self.limit = limit

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the typed line without invisible characters, not cut."""
        if valuelist:
            self.data = clean_line(valuelist[0], limit=self.limit + 1)


class DigitsField(IntegerField):
    """A whole number, typed in any digits of the world."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the number; what is no number keeps standing as it was typed."""
        if valuelist and valuelist[0].strip():
            super().process_formdata([to_western_digits(valuelist[0]).strip()])

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # WTForms calls it so
        """Leave what is no number at the one message about that."""
        if self.process_errors:
            raise StopValidation

    def gettext(self, string: str) -> str:  # noqa: ARG002  # the field has one message
        """Word the one message that the field itself gives."""
        return str(gettext("Please write a number in digits."))


class PhoneField(LineField):
    """A telephone number as people write it, in any digits."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, limit=PHONE_MOST, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the number in digits 0 to 9."""
        super().process_formdata([to_western_digits(value) for value in valuelist])

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # WTForms calls it so
        """Refuse what can't be a telephone number."""
        if self.data and not is_phone(self.data):
            raise ValidationError(
                _l("Please check the telephone number, for example 0541 501 0000.")
            )


class _Needed(InputRequired):
    """Refuses a field that is empty, also one that is so only once it is cleaned."""

    def __call__(self, form: Any, field: Any) -> None:
        super().__call__(form, field)
        if field.data == "":
            raise StopValidation(str(self.message))


def needed(message: Any) -> InputRequired:
    """Refuse an empty field, in the words of the fix."""
    return _Needed(message=message)
