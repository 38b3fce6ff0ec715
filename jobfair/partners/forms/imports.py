"""The forms of lists: handing one in, saying what its columns are, mending drafts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from wtforms import (
    BooleanField,
    Field,
    FileField,
    FormField,
    HiddenField,
    SelectField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import ValidationError

from jobfair.attendees.forms import language_choices, municipality_choices
from jobfair.attendees.rules import HOUSEHOLD_MOST
from jobfair.partners.import_rules import Reading
from jobfair.partners.import_words import COLUMNS, fault_words
from jobfair.partners.lists import Column, JudgedHousehold, JudgedRow, Sheet, read_file, read_paste
from jobfair.partners.lists.judging import DOUBTS
from jobfair.partners.lists.sheet import CELL_MOST, COLUMNS_MOST
from jobfair.partners.service.imports import Typed
from jobfair.web.forms import BaseForm, LineField, PlainForm, Rows

NUMBER = re.compile("[0-9]{1,6}")
ROWS_SHOWN = 2 * HOUSEHOLD_MOST  # of a family; the others are mended afterwards


class ListForm(BaseForm):
    """A list as a file or as pasted text."""

    class Meta(BaseForm.Meta):
        """Takes files as well."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Return what was typed and what was chosen."""
            typed = super().wrap_formdata(form, formdata)
            if not isinstance(typed, MultiDict):
                return typed
            return CombinedMultiDict([request.files, typed])

    file = FileField(_l("File"), description=_l("XLSX or CSV, at most 2 MB and 2,000 rows"))
    text = TextAreaField(
        _l("Or paste the list here"),
        description=_l("Copied from a spreadsheet, or one name a line"),
    )

    def validate_text(self, field: Field) -> None:
        """Ask for a list, and for one only."""
        given = [source for source in (self.chosen, (field.data or "").strip()) if source]
        if not given:
            raise ValidationError(_l("Please choose a file or paste a list."))
        if len(given) > 1:
            raise ValidationError(_l("Please choose a file or paste a list, not both."))

    @property
    def chosen(self) -> FileStorage | None:
        """Return the chosen file, if there is one."""
        file = self.file.data
        return file if isinstance(file, FileStorage) and file.filename else None

    @property
    def name(self) -> str:
        """Return what the list is called."""
        return (self.chosen and self.chosen.filename) or gettext("Pasted list")

    def sheet(self) -> Sheet:
        """Return the list; raise Invalid where it is none."""
        if self.chosen is None:
            return read_paste(self.text.data or "")
        return read_file(self.chosen.read())


class ReadingForm(BaseForm):
    """What each column says, and what holds where a row says nothing."""

    columns = Rows(SelectField(validate_choice=False), max_entries=COLUMNS_MOST)
    place = SelectField(_l("Municipality, where a row names none"))
    lang = SelectField(_l("Language, where a row names none"))
    heading = BooleanField(_l("The first row is the headings, not a person."))

    def __init__(self, reading: Reading, samples: Mapping[int, str]) -> None:
        data = {"columns": reading.columns, "place": reading.place, "lang": reading.lang}
        super().__init__(data=data)
        nothing = SelectChoice("", _l("(none)"))
        self.place.choices = [nothing, *municipality_choices()]
        self.lang.choices = [nothing, *language_choices()]
        meanings = [SelectChoice(column.value, words) for column, words in COLUMNS.items()]
        for place, field in enumerate(self.columns):
            title = reading.titles[place] if place < len(reading.titles) else ""
            field.label.text = title or gettext("Column %(number)s", number=place + 1)
            field.description = samples.get(place, "")
            field.choices = [SelectChoice("", _l("(not taken over)")), *meanings]

    def validate_columns(self, _field: Field) -> None:
        """Have each meaning stand for one column."""
        words = _l("Two columns can't say the same.")
        chosen = [entry.data for entry in self.columns if entry.data]
        twice = [entry for entry in self.columns if chosen.count(entry.data) > 1]
        for entry in twice:
            entry.errors = [*entry.errors, words]
        if twice:
            raise ValidationError(words)

    def reading(self) -> Reading:
        """Return how the list is to be read."""
        return Reading(
            columns=[entry.data if entry.data in COLUMNS else "" for entry in self.columns],
            place=self.place.data or "",
            lang=self.lang.data or "",
        )


class SaveForm(BaseForm):
    """The people of the list are registered, as they agreed."""

    agreed = BooleanField(_l("These people know it and agree that we store this for the fair."))

    def validate_agreed(self, field: Field) -> None:
        """Ask for the consent without which nothing is stored."""
        if not field.data:
            raise ValidationError(_l("Please ask them first, then confirm that they agree."))


class RowForm(PlainForm):
    """The cells of a draft, each as it was written."""

    number = HiddenField()
    anyway = BooleanField(_l("This is somebody else. Register them as well."))


for _column, _words in COLUMNS.items():
    setattr(RowForm, _column.value, LineField(_words, limit=CELL_MOST))


class NumberedRows(Rows):
    """Groups of fields under the numbers of the rows, which may be large."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        name = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,6}})-.*", re.DOTALL)
        return (int(found[1]) for found in map(name.fullmatch, formdata) if found)


class DraftForm(BaseForm):
    """The drafts of one household; the rows are named by their numbers in the list."""

    rows = NumberedRows(FormField(RowForm), max_entries=ROWS_SHOWN)

    @classmethod
    def of(cls, household: JudgedHousehold) -> "DraftForm":
        """Return the form with the household's cells and, at each, what is wrong with it."""
        form = cls(formdata=None)
        for row in household.rows[:ROWS_SHOWN]:
            form.rows.last_index = row.number - 1
            cells = {column.value: text for column, text in row.row.values.items()}
            given = {**cells, "number": row.number, "anyway": row.row.anyway}
            _blame(form.rows.append_entry(given).form, row)
        return form

    def typed(self) -> dict[int, Typed]:
        """Return what was typed, by the number of the row."""
        return {
            int(entry.form.number.data): Typed(
                {column: entry.form[column.value].data or "" for column in Column},
                anyway=entry.form.anyway.data,
            )
            for entry in self.rows
            if NUMBER.fullmatch(entry.form.number.data or "")
        }


def _blame(form: Any, row: JudgedRow) -> None:
    for fault in row.faults:
        field = form[fault.column.value]
        field.errors = [*field.errors, fault_words(fault)]


def is_asked_about(row: JudgedRow) -> bool:
    """Tell whether the row looks like somebody else who is on the list or registered."""
    return any(fault.code in DOUBTS for fault in row.faults)


def columns_at_fault(row: JudgedRow) -> set[str]:
    """Return the columns whose cells are to be mended."""
    return {fault.column.value for fault in row.faults}


def used_columns(households: Iterable[JudgedHousehold]) -> list[Column]:
    """Return the columns that any row fills or misses, in our order."""
    rows = [row for one in households for row in one.rows]
    used = set().union(*(row.row.values for row in rows), *map(columns_at_fault, rows))
    return [column for column in Column if column in used]
