"""The words of mails about signing in."""

from flask_babel import gettext as _

from jobfair.accounts.rules import LINK_LIFE, LinkPurpose
from jobfair.accounts.words import role_name
from jobfair.core.actor import Role
from jobfair.mail.rules import Letter


def sign_in(name: str, url: str) -> Letter:
    """Return the mail with a link that signs in."""
    minutes = int(LINK_LIFE[LinkPurpose.SIGN_IN].total_seconds() // 60)
    return Letter(
        subject=_("Your link to sign in"),
        paragraphs=(
            _("Hello %(name)s,", name=name),
            _(
                "with this link you sign in without a password. "
                "It works once, within %(minutes)s minutes.",
                minutes=minutes,
            ),
        ),
        action=_("Sign in"),
        url=url,
        closing=(_not_asked(),),
    )


def reset(name: str, url: str) -> Letter:
    """Return the mail with a link under which a new password can be set."""
    hours = int(LINK_LIFE[LinkPurpose.RESET].total_seconds() // 3600)
    return Letter(
        subject=_("Set a new password"),
        paragraphs=(
            _("Hello %(name)s,", name=name),
            _(
                "with this link you set a new password. It works once, within %(hours)s hours.",
                hours=hours,
            ),
        ),
        action=_("Set a new password"),
        url=url,
        closing=(_not_asked(),),
    )


def invitation(name: str, fair_name: str, role: Role, url: str) -> Letter:
    """Return the mail that invites somebody who has never signed in."""
    days = LINK_LIFE[LinkPurpose.INVITATION].days
    return Letter(
        subject=_("You are invited to the team of %(fair)s", fair=fair_name),
        paragraphs=(
            _("Hello %(name)s,", name=name),
            _welcome(fair_name, role),
            _(
                "With this link you set up your access. It works once, within %(days)s days.",
                days=days,
            ),
        ),
        action=_("Set up my access"),
        url=url,
        closing=(_("If you do not expect this, you need not do anything."),),
    )


def new_role(name: str, fair_name: str, role: Role, url: str) -> Letter:
    """Return the mail that tells somebody with an account about a further role."""
    return Letter(
        subject=_("You are in the team of %(fair)s", fair=fair_name),
        paragraphs=(_("Hello %(name)s,", name=name), _welcome(fair_name, role)),
        action=_("Sign in"),
        url=url,
    )


def password_changed(name: str, url: str) -> Letter:
    """Return the mail that tells of a changed password."""
    return Letter(
        subject=_("Your password was changed"),
        paragraphs=(
            _("Hello %(name)s,", name=name),
            _("your password was changed just now. All other devices were signed out."),
            _("If that was not you, please set a new password at once:"),
        ),
        action=_("Set a new password"),
        url=url,
    )


def _welcome(fair_name: str, role: Role) -> str:
    return _(
        "you are in the team of %(fair)s. Your part: %(role)s.",
        fair=fair_name,
        role=role_name(role),
    )


def _not_asked() -> str:
    return _("If you did not ask for this, you need not do anything. Your account is safe.")
