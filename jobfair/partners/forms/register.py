"""The form on one page with which somebody registers a household for others."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, FormField, HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Length, Optional, ValidationError

from jobfair.attendees.forms import (
    email_field,
    language_choices,
    municipality_choices,
    window_choices,
)
from jobfair.attendees.forms.household import AnswerField, PersonForm
from jobfair.attendees.rules import HOUSEHOLD_MOST, AttendeeKind, NeedKind, PersonInput
from jobfair.booking.rules import ANY_BUS, Contact, RideInput, has_letters, person_of
from jobfair.booking.service import Registration
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.shuttle.queries import BusChoices, StopChoice, WaveChoice
from jobfair.shuttle.rules import Ways
from jobfair.web.filters import local
from jobfair.web.forms import BaseForm, PhoneField, Rows
from jobfair.web.ids import row_id

ROWS_FIRST, ROWS_MORE = 4, 4
KEY_BYTES = 16
SMALL_NUMBERS: list[Any] = [(str(number), str(number)) for number in range(10)]
USUAL = {"ways": Ways.BOTH.value, "flexible": "1", "wheelchairs": "0", "prams": "0"}
NAMES = ("given_name", "family_name", "own_given_name", "own_family_name")


@dataclass(frozen=True)
class Offered:
    """What a fair has to choose from: windows, stops and times of buses; groups or partners.

    Once the lists of the buses are fixed, nobody loses places at the fair for want of seats.
    """

    fair: Fair
    windows: Sequence[ArrivalWindow]
    buses: BusChoices
    groups: Mapping[int, str]
    lists_fixed: bool


def _interpreted() -> list[Any]:
    return [SelectChoice("", _l("Their language")), *language_choices()]


class RowForm(PersonForm):
    """A person of the household; a row in which nobody is named is left out."""

    child = BooleanField(_l("Child"))
    interpreter_lang = AnswerField(_l("Interpreter for"), choices=_interpreted)

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody is named here."""
        return not any(self[name].data for name in NAMES)

    @property
    def says_more(self) -> bool:
        """Tell whether anything but name, child and year is filled in or at fault."""
        more = ("german_level", "licence", "work", "speaks", "needs", *NAMES[2:])
        return any(self[name].data or self[name].errors for name in more)

    def validate_given_name(self, field: Field) -> None:
        """Ask for a first name where anything of a person is written."""
        written = not self.is_empty or any(self.birth_year.raw_data or ())
        if written and not has_letters(field.data or ""):
            raise ValidationError(_l("Please write the first name."))

    def validate_family_name(self, field: Field) -> None:
        """Ask for letters where something was written."""
        if field.data and not has_letters(field.data):
            raise ValidationError(_l("Please check the family name."))

    def person(self, kind: AttendeeKind, lang: str) -> PersonInput:
        """Return the person, each name sorted by its script; a child has names and needs only."""
        said = self.corrected(kind)
        needs = tuple(
            replace(need, lang=need.lang or lang) if need.kind is NeedKind.INTERPRETER else need
            for need in said.needs
        )
        named = person_of(
            {
                "kind": kind.value,
                "given": said.given_name,
                "family": said.family_name,
                "latin_given": "",
                "latin_family": "",
                "own_given": said.own_given_name,
                "own_family": said.own_family_name,
                "birth_year": str(said.birth_year or ""),
            }
        )
        if kind is AttendeeKind.CHILD:
            return replace(named, needs=needs)
        return replace(
            named,
            speaks=said.speaks,
            german_level=said.german_level,
            work=said.work,
            licence=said.licence,
            needs=needs,
        )


class RegisterForm(BaseForm):
    """A household as somebody else registers it; only names, place and consent are needed."""

    submission_key = HiddenField(validators=[Length(min=8, max=64)])
    people = Rows(FormField(RowForm), min_entries=1, max_entries=HOUSEHOLD_MOST)
    municipality = SelectField(_l("Where do they live?"))
    lang = SelectField(_l("Language of their page and mails"))
    phone = PhoneField(_l("Telephone number"), [Optional()])
    email = email_field()
    window = AnswerField(_l("When do they come?"))
    stop = AnswerField(_l("Bus stop"))
    ways = SelectField(
        _l("Which way?"),
        choices=[
            SelectChoice(Ways.BOTH.value, _l("There and back")),
            SelectChoice(Ways.OUT.value, _l("Only there")),
            SelectChoice(Ways.BACK.value, _l("Only back")),
        ],
    )
    arrive = AnswerField(_l("At the fair at"))
    back = AnswerField(_l("Back at"))
    flexible = SelectField(
        _l("If this bus is full"),
        choices=[
            SelectChoice("1", _l("One bus earlier or later")),
            SelectChoice(str(ANY_BUS), _l("Any bus of the day")),
            SelectChoice("0", _l("Only this bus")),
        ],
    )
    also = SelectMultipleField(_l("Which other stops can they reach?"))
    wheelchairs = SelectField(_l("People in a wheelchair"), choices=SMALL_NUMBERS)
    prams = SelectField(_l("Prams"), choices=SMALL_NUMBERS)
    only_by_bus = BooleanField(
        _l("They can only come with the bus"),
        description=_l("If there are no seats in time, their places at the fair are cancelled."),
    )
    group = AnswerField(_l("Group"))
    consent = BooleanField(_l("They know it and agree that we store this for the fair."))

    def __init__(self, offered: Offered, *, rows: int = ROWS_FIRST, **data: Any) -> None:
        given = USUAL | {"people": [{}] * rows, **data}
        if offered.buses.arrivals:
            given["arrive"] = str(offered.buses.arrivals[0].wave)
        if offered.buses.returns:
            given["back"] = str(offered.buses.returns[-1].wave)
        super().__init__(data={"submission_key": secrets.token_hex(KEY_BYTES), **given})
        zone = offered.fair.time_zone
        self.municipality.choices = [SelectChoice("", _l("Please choose")), *municipality_choices()]
        self.lang.choices = [SelectChoice("", _l("Please choose")), *language_choices()]
        self.window.choices = [
            SelectChoice("", _l("Please choose")),
            *window_choices(offered.windows, zone),
        ]
        stops = {one.stop_id: _stop_name(one) for one in offered.buses.stops}
        self.stop.choices = [SelectChoice("", _l("No bus")), *_by_id(stops)]
        self.also.choices = _by_id(stops)
        self.arrive.choices = _times(offered.buses.arrivals, zone)
        self.back.choices = _times(offered.buses.returns, zone)
        self.group.choices = [SelectChoice("", _l("(none)")), *_by_id(offered.groups)]
        self.offered = offered

    @property
    def named(self) -> list[RowForm]:
        """Return the rows in which somebody is named."""
        return [entry.form for entry in self.people if not entry.form.is_empty]

    def add_rows(self) -> None:
        """Have room for some more people."""
        for _row in range(min(ROWS_MORE, HOUSEHOLD_MOST - len(self.people))):
            self.people.append_entry({})

    def validate_people(self, _field: Field) -> None:
        """Ask for somebody."""
        if not self.named:
            _ask_for_name(self.people[0].form)

    def validate_municipality(self, field: Field) -> None:
        """Ask for one of the list."""
        if not field.data:
            raise ValidationError(_l("Please choose where they live."))

    def validate_lang(self, field: Field) -> None:
        """Ask for one of the list."""
        if not field.data:
            raise ValidationError(_l("Please choose their language."))

    def validate_window(self, field: Field) -> None:
        """Ask for an arrival time where the fair has some."""
        if self.offered.windows and not field.data:
            raise ValidationError(_l("Please choose when they come."))

    def validate_back(self, field: Field) -> None:
        """Ask for a bus home that leaves after the arrival."""
        both = self.stop.data and self.ways.data == Ways.BOTH.value
        if both and self.offered.buses.is_home_too_early(self.arrive.data, field.data):
            raise ValidationError(
                _l("This bus leaves before they are at the fair. Please choose a later one.")
            )

    def validate_consent(self, field: Field) -> None:
        """Ask for the consent without which nothing is stored."""
        if not field.data:
            raise ValidationError(_l("Please ask them first, then confirm that they agree."))

    @property
    def group_id(self) -> int | None:
        """Return the chosen group, or at the desk the chosen partner."""
        return row_id(self.group.data) if self.group.data else None

    def registration(self, page_lang: str, *, helper: bool = False) -> Registration:
        """Return what the household says, after `validate`."""
        return Registration(
            people=tuple(
                row.person(_kind(row, helper=helper), self.lang.data) for row in self.named
            ),
            municipality=self.municipality.data,
            contact=Contact(self.email.data or "", self.phone.data or "", self.lang.data),
            ride=self._ride(),
            page_lang=page_lang,
            window_id=row_id(self.window.data) if self.window.data else None,
        )

    def _ride(self) -> RideInput | None:
        if not self.stop.data:
            return None
        ways = Ways(self.ways.data)
        home = self._home(ways)
        if home is None and ways is Ways.BOTH:
            ways = Ways.OUT
        return RideInput(
            ways,
            row_id(self.stop.data),
            back_wave=home,
            out_wave=row_id(self.arrive.data) if self.arrive.data else 0,
            flexibility=int(self.flexible.data),
            alternatives=tuple(
                row_id(one) for one in self.also.data or () if one != self.stop.data
            ),
            wheelchairs=int(self.wheelchairs.data),
            prams=int(self.prams.data),
            only_by_bus=self.only_by_bus.data,
        )

    def _home(self, ways: Ways) -> int | None:
        return row_id(self.back.data) if self.back.data and ways is not Ways.OUT else None


class OneForm(BaseForm):
    """One more person of a household that is registered."""

    people = Rows(FormField(RowForm), min_entries=1, max_entries=1)

    def validate_people(self, _field: Field) -> None:
        """Ask for somebody."""
        if self.people[0].form.is_empty:
            _ask_for_name(self.people[0].form)

    def said(self, lang: str) -> PersonInput:
        """Return the person, after `validate`; `lang` is the household's."""
        row: RowForm = self.people[0].form
        return row.person(_kind(row, helper=False), lang)


def _ask_for_name(row: RowForm) -> None:
    """Refuse a household of nobody, at the field where its first name belongs."""
    words = _l("Please write who comes.")
    row.given_name.errors = [words]
    raise ValidationError(words)


def _kind(row: RowForm, *, helper: bool) -> AttendeeKind:
    if helper:
        return AttendeeKind.HELPER
    return AttendeeKind.CHILD if row.child.data else AttendeeKind.ADULT


def _by_id(names: Mapping[int, str]) -> list[Any]:
    return [SelectChoice(str(key), name) for key, name in names.items()]


def _times(waves: Sequence[WaveChoice], zone: str) -> list[Any]:
    return [SelectChoice(str(one.wave), f"{local(one.at, zone):%H:%M}") for one in waves]


def _stop_name(stop: StopChoice) -> str:
    """Return the stop's name, behind its municipality where that isn't part of it."""
    inside = stop.municipality_name in stop.name
    return stop.name if inside else f"{stop.municipality_name}, {stop.name}"
