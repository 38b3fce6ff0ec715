"""The forms of how a household is reached, and of the summary that registers it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, SelectField
from wtforms.validators import Email, Optional, ValidationError

from jobfair.attendees.forms import email_field, language_choices
from jobfair.attendees.rules import EMAIL_MOST
from jobfair.web.forms import BaseForm, LineField, PhoneField, needed


def free_places_field() -> BooleanField:
    """Return the question whether free places are taken at once, or only when asked."""
    return BooleanField(
        _l("Take free places for us at once"),
        description=_l("Otherwise we ask you first, and you have some time to answer."),
        default=True,
    )


class ContactForm(BaseForm):
    """How to reach the household, and in which language."""

    email = email_field()
    phone = PhoneField(_l("Telephone number"), validators=[Optional()])
    lang = SelectField(_l("Your language"), description=_l("In this language we write to you."))

    def __init__(self, lang: str, **kwargs: Any) -> None:
        super().__init__(data={"lang": lang}, **kwargs)
        self.lang.choices = language_choices()


class FreedForm(BaseForm):
    """Whether a household that waits takes free places without being asked again."""

    take_at_once = free_places_field()


class SummaryForm(BaseForm):
    """The household's consent, and whether it takes free places without being asked again.

    `asked` is sent where that question was shown: whoever wasn't asked takes them.
    """

    asked = HiddenField()
    take_at_once = free_places_field()
    consent = BooleanField(_l("Yes, you may store this for the fair."))

    @property
    def takes_at_once(self) -> bool:
        """Tell whether free places are taken for the household at once."""
        return bool(self.take_at_once.data) or not self.asked.data

    def validate_consent(self, field: Field) -> None:
        """Ask for the consent without which nothing is stored."""
        if not field.data:
            raise ValidationError(_l("Please agree, so that we may store your registration."))


class LostLinkForm(BaseForm):
    """The address to which a household's link is sent again."""

    email = LineField(
        _l("E-mail address"),
        [
            needed(_l("Please write your e-mail address.")),
            Email(message=_l("Please check the e-mail address, for example name@example.org.")),
        ],
        limit=EMAIL_MOST,
    )


class DeleteForm(BaseForm):
    """Whether everything about the household shall be deleted."""

    sure = BooleanField(_l("Yes, delete everything about us."))

    def validate_sure(self, field: Field) -> None:
        """Ask for the tick: nothing brings it back."""
        if not field.data:
            raise ValidationError(_l("Please tick that you are sure."))
