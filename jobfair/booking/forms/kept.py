"""What stands in forms as plain values that a draft can keep, and forms made of them again."""

from collections.abc import Iterable
from itertools import chain

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, FieldList, Form, SelectMultipleField

from jobfair.booking.rules import Typed

RAW_MOST = 400


def typed_into(form: Form) -> Typed:
    """Return what stands in the fields of a form, also where it is no valid value."""
    return {field.short_name: _raw(field) for field in form if field.name != "csrf_token"}


def cleaned_into(form: Form) -> Typed:
    """Return what the fields of a valid form mean, as plain values."""
    return {field.short_name: _clean(field) for field in form if field.name != "csrf_token"}


def typed_rows(rows: FieldList) -> list[Typed]:  # type: ignore[type-arg]  # generic in its types only
    """Return what stands in the fields of each group."""
    return [typed_into(entry.form) for entry in rows]


def fields_of(name: str, rows: Iterable[Typed]) -> MultiDict[str, str]:
    """Return the fields of groups as a browser would send them."""
    return MultiDict(
        chain.from_iterable(
            ((f"{name}-{place}-{field}", value) for value in _values(kept))
            for place, row in enumerate(rows)
            for field, kept in row.items()
        )
    )


def _raw(field: Field) -> str | list[str]:
    if isinstance(field, BooleanField):
        return "y" if field.data else ""
    if isinstance(field, SelectMultipleField):
        return [str(value)[:RAW_MOST] for value in field.data or ()]
    text = field.raw_data[0] if field.raw_data else field.data
    return "" if text is None else str(text)[:RAW_MOST]


def _clean(field: Field) -> str | list[str]:
    if isinstance(field, BooleanField | SelectMultipleField):
        return _raw(field)
    return str(field.data or "")


def _values(kept: str | list[str]) -> list[str]:
    return kept if isinstance(kept, list) else [kept]
