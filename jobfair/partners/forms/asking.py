"""The form of those who want to register people for others."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Optional

from jobfair.accounts.forms import EmailField
from jobfair.accounts.rules import NAME_MOST, MemberKind
from jobfair.partners.service.access import Wish
from jobfair.web.forms import BaseForm, LineField, PhoneField, needed

MESSAGE_MOST = 1000


class HelpForm(BaseForm):
    """Who wants to help, for whom, and how they are reached."""

    name = LineField(_l("Your name"), [needed(_l("Please write your name."))], limit=NAME_MOST)
    organisation = LineField(
        _l("Your organisation or group"),
        [needed(_l("Please write the name of your organisation or group."))],
        limit=NAME_MOST,
    )
    kind = RadioField(
        _l("How do you help?"),
        [InputRequired(message=_l("Please choose how you help."))],
        choices=[
            SelectChoice(MemberKind.COUNSELLOR.value, _l("It is my job.")),
            SelectChoice(MemberKind.VOLUNTEER.value, _l("I am a volunteer.")),
        ],
    )
    email = EmailField(_l("E-mail address"))
    phone = PhoneField(_l("Telephone number"), [Optional()])
    message = TextAreaField(
        _l("Do you want to tell us something?"),
        [Length(max=MESSAGE_MOST, message=_l("Please write a shorter text."))],
    )

    def wish(self, lang: str) -> Wish:
        """Return who asks for what, after `validate`."""
        return Wish(
            name=self.name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            organisation=self.organisation.data or "",
            kind=MemberKind(self.kind.data),
            message=(self.message.data or "").strip(),
            lang=lang,
        )
