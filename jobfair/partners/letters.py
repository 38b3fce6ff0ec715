"""The words of mails to those who want to register people for others."""

from flask_babel import gettext as _

from jobfair.accounts.rules import LINK_LIFE, LinkPurpose
from jobfair.mail.rules import Letter


def partner_access(
    name: str, fair_name: str, organisation: str, url: str, *, joined: bool
) -> Letter:
    """Return the mail that tells somebody that they can register people for a fair."""
    days = LINK_LIFE[LinkPurpose.INVITATION].days
    set_up = _(
        "With this link you set up your access. It works once, within %(days)s days.", days=days
    )
    return Letter(
        subject=_("You can register people for %(fair)s", fair=fair_name),
        paragraphs=(
            _("Hello %(name)s,", name=name),
            _(
                "you can register people for %(fair)s now. Your organisation: %(organisation)s.",
                fair=fair_name,
                organisation=organisation,
            ),
            _("You see the people whom your organisation registers, and nobody else's."),
            *(() if joined else (set_up,)),
        ),
        action=_("Sign in") if joined else _("Set up my access"),
        url=url,
        closing=(_("If you do not expect this, you need not do anything."),),
    )


def access_refused(name: str, fair_name: str, phone: str) -> Letter:
    """Return the mail that tells somebody that they can't register people for a fair."""
    return Letter(
        subject=_("Your request for %(fair)s", fair=fair_name),
        paragraphs=(
            _("Hello %(name)s,", name=name),
            _("thank you for wanting to help at %(fair)s.", fair=fair_name),
            _("We can't give you access to register people for others."),
            _("People can register themselves on the page of the fair. You can sit beside them."),
        ),
        closing=(_("Questions? Call us: %(phone)s", phone=phone),) if phone else (),
    )
