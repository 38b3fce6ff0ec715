"""The names of a row, in Latin letters and in the person's own script."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobfair.attendees.rules import NAME_MOST
from jobfair.booking.rules import has_letters, is_latin
from jobfair.core.text import clean_line, latin_proposal
from jobfair.partners.lists.columns import Column
from jobfair.partners.lists.values import Unreadable

_SPLIT = (
    (Column.NAME, Column.GIVEN, Column.FAMILY),
    (Column.OWN_NAME, Column.OWN_GIVEN, Column.OWN_FAMILY),
)


@dataclass(frozen=True, slots=True)
class Names:
    """A person's names; the own ones are empty where the Latin ones are their own."""

    given: str
    family: str
    own_given: str
    own_family: str


def read_names(values: Mapping[Column, str], lang: str) -> Names:
    """Return the names that the cells say; names in another script get a Latin proposal.

    Raises Unreadable where there is nothing to call the person by.
    """
    parts = dict(values)
    for whole, *halves in _SPLIT:
        if not any(map(parts.get, halves)):
            parts |= zip(halves, _halves(parts.get(whole, "")), strict=True)
    given, own_given = _pair(parts, Column.GIVEN, Column.OWN_GIVEN, lang)
    family, own_family = _pair(parts, Column.FAMILY, Column.OWN_FAMILY, lang)
    if not has_letters(given):
        raise Unreadable("name_missing")
    names = Names(given, family, own_given, own_family)
    if any(len(name) > NAME_MOST for name in (given, family, own_given, own_family)):
        raise Unreadable("name_long")
    return names


def name_column(values: Mapping[Column, str]) -> Column:
    """Return the column in which a name is missing or wrong."""
    alone = values.get(Column.NAME) and not values.get(Column.GIVEN)
    return Column.NAME if alone else Column.GIVEN


def _halves(whole: str) -> tuple[str, str]:
    """Return given and family name: before the last word, or after a comma."""
    family, comma, given = whole.partition(",")
    if comma and given.strip():
        return given.strip(), family.strip()
    given, _, family = whole.replace(",", " ").strip().rpartition(" ")
    return (given, family) if given else (family, "")


def _pair(parts: Mapping[Column, str], column: Column, own: Column, lang: str) -> tuple[str, str]:
    """Return the Latin and the own spelling, whichever of them was written."""
    typed, own_typed = parts.get(column, ""), parts.get(own, "")
    if typed and is_latin(typed):
        return typed, own_typed
    source = typed or own_typed
    if is_latin(source):
        return source, ""
    return clean_line(latin_proposal(source, lang), NAME_MOST), source
