"""Forms of signing in, of one's own account and of the team."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField
from wtforms.validators import Email, InputRequired, Length

from jobfair.accounts.rules import EMAIL_MOST, NAME_MOST, PASSWORD_MOST
from jobfair.accounts.words import ROLE_NAMES
from jobfair.core.actor import Role
from jobfair.core.languages import LANGUAGES, STAFF_LANGUAGES
from jobfair.web.forms import BaseForm, LineField, needed

# Partners are invited on a page of their own, each for an organisation.
TEAM = frozenset(Role) - {Role.PARTNER}
LANGUAGE_CHOICES = [(code, LANGUAGES[code].own_name) for code in STAFF_LANGUAGES]


class EmailField(LineField):
    """An e-mail address, in lower case."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        rules = [
            needed(_l("Please write an e-mail address.")),
            Email(message=_l("Please check the e-mail address, for example name@example.org.")),
        ]
        super().__init__(label, rules, limit=EMAIL_MOST, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the address in lower case."""
        super().process_formdata([value.strip().lower() for value in valuelist])


class NameField(LineField):
    """The name of a person who works."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            _l("Name"), [needed(_l("Please write a name."))], limit=NAME_MOST, **kwargs
        )


class NewPasswordField(PasswordField):
    """A password to be; whether it will do is decided by the rules."""

    def __init__(self, label: Any, validators: Any = (), **kwargs: Any) -> None:
        hint = _l("At least 10 characters. A few words in a row are a good password.")
        super().__init__(label, list(validators), description=hint, **kwargs)


class SignInForm(BaseForm):
    """E-mail address and password."""

    email = EmailField(_l("E-mail address"))
    password = PasswordField(
        _l("Password"),
        [InputRequired(message=_l("Please write your password.")), Length(max=PASSWORD_MOST)],
    )

    @property
    def typed(self) -> tuple[str, str]:
        """Return address and password, after `validate`."""
        return self.email.data or "", self.password.data or ""


class EmailForm(BaseForm):
    """Where a link is to be sent."""

    email = EmailField(_l("E-mail address"))


class InvitationForm(BaseForm):
    """What an invited person sets: the name, and a password if they like."""

    name = NameField()
    password = NewPasswordField(_l("Password"))


class ResetForm(BaseForm):
    """A new password."""

    password = NewPasswordField(
        _l("New password"), [InputRequired(message=_l("Please write a new password."))]
    )


class ProfileForm(BaseForm):
    """Name and language of one's own account."""

    name = NameField()
    lang = SelectField(_l("Language of pages and mails"), choices=LANGUAGE_CHOICES)


class PasswordForm(BaseForm):
    """The present password and the new one."""

    present = PasswordField(_l("Present password"))
    password = NewPasswordField(
        _l("New password"), [InputRequired(message=_l("Please write a new password."))]
    )

    @property
    def typed(self) -> tuple[str, str]:
        """Return the present password and the new one, after `validate`."""
        return self.present.data or "", self.password.data or ""


class InviteForm(BaseForm):
    """Who is to be in the team, and as what."""

    name = NameField()
    email = EmailField(_l("E-mail address"))
    role = SelectField(
        _l("Part"),
        choices=[(role.value, name) for role, name in ROLE_NAMES.items() if role in TEAM],
        default=Role.DOOR.value,
    )
    lang = SelectField(_l("Language of the mails"), choices=LANGUAGE_CHOICES)

    def wanted_role(self) -> Role:
        """Return the chosen role."""
        return Role(self.role.data)
