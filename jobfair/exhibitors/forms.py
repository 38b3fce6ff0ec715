"""Forms about exhibitors: the application, corrections, offers, stands, decisions."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, Email, ValidationError

from jobfair.core.languages import DEFAULT_LANGUAGE, LANGUAGES, UI_LANGUAGES
from jobfair.data.work import GermanLevel, Licence, WorkField
from jobfair.exhibitors import rules, words
from jobfair.exhibitors.fields import NoteField, SubmissionKeyField, WebsiteField
from jobfair.exhibitors.queries import StandRow
from jobfair.exhibitors.rules import ExhibitorKind, OrganisationInput, PostingInput, StandNeed
from jobfair.fairs.models import Room
from jobfair.web.forms import BaseForm, LineField, PhoneField, PlainForm
from jobfair.web.ids import row_id

CHOOSE = ("", _l("Please choose"))


def _choices(names: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(key.value, name) for key, name in names.items()]


def _text(field: Field) -> str:
    return field.data or ""


class OrganisationForm(BaseForm):
    """What an organisation says about itself."""

    name = LineField(
        _l("Name of the organisation"),
        [DataRequired(_l("Please write the name of the organisation."))],
        limit=rules.NAME_MOST,
    )
    kind = RadioField(_l("What are you?"), choices=_choices(words.KINDS), validate_choice=False)
    branch = LineField(
        _l("Branch"),
        [DataRequired(_l("Please write what the organisation does."))],
        limit=rules.LINE_MOST,
        description=_l("What you do, in a few words, for example: care for the elderly."),
    )
    place = LineField(_l("Town"), limit=rules.LINE_MOST)
    website = WebsiteField(_l("Website"))
    contact_name = LineField(
        _l("Your name"), [DataRequired(_l("Please write your name."))], limit=rules.NAME_MOST
    )
    contact_email = LineField(
        _l("E-mail address"),
        [
            DataRequired(_l("Please write your e-mail address.")),
            Email(message=_l("Please check the e-mail address, for example name@example.org.")),
        ],
        limit=rules.EMAIL_MOST,
        description=_l("We send you a link to your own page. You need no password."),
    )
    contact_phone = PhoneField(_l("Telephone number"))
    needs = SelectMultipleField(_l("What do you need?"), choices=_choices(words.NEEDS))
    needs_note = NoteField(_l("Anything else that we should know"), limit=rules.TEXT_MOST)

    def validate_kind(self, field: Field) -> None:
        """Ask for one of the kinds."""
        if field.data not in set(ExhibitorKind):
            raise ValidationError(_l("Please choose what you are."))

    @property
    def said(self) -> OrganisationInput:
        """Return what was typed, after `validate`."""
        return OrganisationInput(
            name=_text(self.name),
            kind=ExhibitorKind(self.kind.data),
            branch=_text(self.branch),
            place=_text(self.place),
            website=self.website.address,
            contact_name=_text(self.contact_name),
            contact_email=_text(self.contact_email),
            contact_phone=_text(self.contact_phone),
            needs=tuple(need for need in StandNeed if need.value in (self.needs.data or ())),
            needs_note=_text(self.needs_note),
        )


class PostingFields:
    """The fields of one offer; where it `may_be_empty`, nothing typed means no offer."""

    may_be_empty = False

    title = LineField(_l("What do you offer?"), limit=rules.LINE_MOST)
    field = SelectField(_l("Field of work"), choices=[CHOOSE, *_choices(words.FIELDS)])
    place = LineField(_l("Place of work"), limit=rules.LINE_MOST)
    german_level = SelectField(_l("German"), choices=[CHOOSE, *_choices(words.LEVELS)])
    licence = SelectField(_l("Driving licence"), choices=_choices(words.LICENCES))
    by_bus = BooleanField(_l("You can get there by bus or train"))
    text = NoteField(
        _l("In a few sentences"),
        limit=rules.TEXT_MOST,
        description=_l("What one does there, working hours, what you help with. Please no names."),
    )

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was typed and nothing has to be."""
        typed = (self.title, self.field, self.place, self.german_level, self.text)
        return self.may_be_empty and not any(field.data for field in typed)

    def validate_title(self, field: Field) -> None:
        """Ask for a title."""
        if not field.data and not self.is_empty:
            raise ValidationError(_l("Please write what you offer, for example: warehouse work."))

    def validate_field(self, field: Field) -> None:
        """Ask for a field of work."""
        if not field.data and not self.is_empty:
            raise ValidationError(_l("Please choose the field of work."))

    def validate_german_level(self, field: Field) -> None:
        """Ask for a level."""
        if not field.data and not self.is_empty:
            raise ValidationError(_l("Please choose how much German is needed."))

    @property
    def said(self) -> PostingInput:
        """Return what was typed, after `validate`."""
        return PostingInput(
            title=_text(self.title),
            field=WorkField(self.field.data),
            place=_text(self.place),
            german_level=GermanLevel(self.german_level.data),
            licence=Licence(self.licence.data),
            by_bus=bool(self.by_bus.data),
            text=_text(self.text),
        )


class PostingPart(PostingFields, PlainForm):
    """An offer inside the application."""


class PostingForm(PostingFields, BaseForm):
    """An offer on a page of its own."""


class ApplicationForm(OrganisationForm):
    """The application: the organisation and one offer."""

    submission_key = SubmissionKeyField()
    posting = FormField(PostingPart)

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether all of it can be so; who gives advice need not offer work."""
        kind = self.kind.data
        self.offer.may_be_empty = kind in set(ExhibitorKind) and not rules.must_offer(
            ExhibitorKind(kind)
        )
        return bool(super().validate(extra_validators))

    @property
    def offer(self) -> PostingPart:
        """Return the part about the offer."""
        part: PostingPart = self.posting.form
        return part


class AddForm(OrganisationForm):
    """An exhibitor that the organiser adds."""

    lang = SelectField(
        _l("Language of the mails"),
        choices=[(code, LANGUAGES[code].own_name) for code in UI_LANGUAGES],
        default=DEFAULT_LANGUAGE,
    )


class DecisionForm(BaseForm):
    """Words that the organiser adds to the mail."""

    words = NoteField(
        _l("Words of your own in the mail"),
        limit=rules.TEXT_MOST,
        description=_l("They stand in the mail as you write them."),
    )


class StandForm(BaseForm):
    """Which stand an exhibitor gets."""

    stand_id = SelectField(_l("Stand"), coerce=row_id, validate_choice=False)

    def offer(self, stands: list[StandRow], own: int | None) -> "StandForm":
        """Offer the free stands and the exhibitor's own."""
        free = [stand for stand in stands if stand.exhibitor_id is None or stand.id == own]
        self.stand_id.choices = [
            (stand.id, f"{stand.label} ({stand.room})" if stand.room else stand.label)
            for stand in free
        ]
        return self

    def validate_stand_id(self, field: Field) -> None:
        """Ask for a stand; whether it is still free is decided when it is given."""
        if not field.data:
            raise ValidationError(_l("Please choose a stand."))


class RoomField(SelectField):
    """One of the fair's rooms, or none."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, coerce=int, default=0, **kwargs)

    def offer(self, rooms: list[Room]) -> None:
        """Offer these rooms."""
        self.choices = [(0, _l("No room")), *((room.id, room.name) for room in rooms)]


class StandsForm(BaseForm):
    """Stands to be added."""

    labels = LineField(
        _l("Stands"),
        [DataRequired(_l("Please write which stands there are, for example 1-20."))],
        limit=rules.TEXT_MOST,
        description=_l("For example: 1-20, A1-A6, Foyer"),
    )
    room_id = RoomField(_l("Room"))


class OneStandForm(BaseForm):
    """The name of a stand and its room."""

    label = LineField(
        _l("Name of the stand"),
        [DataRequired(_l("Please name the stand."))],
        limit=rules.LABEL_MOST,
    )
    room_id = RoomField(_l("Room"))
