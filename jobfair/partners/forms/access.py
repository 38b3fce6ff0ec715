"""The forms of who may register people for others."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional, ValidationError

from jobfair.accounts.forms import LANGUAGE_CHOICES, EmailField, NameField
from jobfair.accounts.models import AccessRequest
from jobfair.accounts.rules import NAME_MOST, MemberKind, PartnerKind
from jobfair.accounts.words import MEMBER_KIND_NAMES, PARTNER_KIND_NAMES
from jobfair.attendees.forms import named_choices
from jobfair.partners.service.access import Invitation, Organisation
from jobfair.web.forms import BaseForm, LineField, needed

NEW = "new"
MISSING = _l("Please write the name of the organisation.")


class OrganisationForm(BaseForm):
    """What an organisation is called and is."""

    name = LineField(_l("Organisation"), [needed(MISSING)], limit=NAME_MOST)
    kind = SelectField(_l("What is it?"), choices=named_choices(PARTNER_KIND_NAMES))

    def said(self) -> Organisation:
        """Return name and kind, after `validate`."""
        return Organisation(self.name.data or "", PartnerKind(self.kind.data))


class MemberForm(BaseForm):
    """Who is to help for an organisation, and as what."""

    name = NameField()
    email = EmailField(_l("E-mail address"))
    kind = SelectField(_l("As what?"), choices=named_choices(MEMBER_KIND_NAMES))
    lang = SelectField(_l("Language of the mails"), choices=LANGUAGE_CHOICES)

    def invitation(self) -> Invitation:
        """Return who is invited, after `validate`."""
        return Invitation(
            self.name.data or "", self.email.data or "", MemberKind(self.kind.data), self.lang.data
        )


class GrantForm(BaseForm):
    """For which organisation somebody who asked will help: one of the fair's, or a new one."""

    partner = SelectField(_l("They help for"))
    name = LineField(_l("Name of the new organisation"), [Optional()], limit=NAME_MOST)
    kind = SelectField(_l("What is it?"), choices=named_choices(PARTNER_KIND_NAMES))

    def __init__(self, asked: AccessRequest, partners: Mapping[int, str]) -> None:
        same = [str(key) for key, name in partners.items() if _alike(name, asked.organisation)]
        volunteer = asked.kind is MemberKind.VOLUNTEER
        super().__init__(
            data={
                "partner": same[0] if same else NEW,
                "name": asked.organisation,
                "kind": (PartnerKind.VOLUNTEERS if volunteer else PartnerKind.OTHER).value,
            }
        )
        known = [SelectChoice(str(key), name) for key, name in partners.items()]
        self.partner.choices = [SelectChoice(NEW, _l("A new organisation")), *known]

    def validate_name(self, field: Field) -> None:
        """Ask for the name of a new organisation."""
        if self.partner.data == NEW and not field.data:
            raise ValidationError(MISSING)

    def chosen(self) -> int | Organisation:
        """Return the id of the organisation, or the new one, after `validate`."""
        if self.partner.data == NEW:
            return Organisation(self.name.data or "", PartnerKind(self.kind.data))
        return int(self.partner.data)


def _alike(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
