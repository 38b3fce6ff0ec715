"""The words of mails to exhibitors."""

from datetime import datetime

from flask_babel import gettext as _

from jobfair.exhibitors.models import Exhibitor
from jobfair.fairs.models import Fair
from jobfair.mail.rules import Letter
from jobfair.web.filters import day, local


def confirm(exhibitor: Exhibitor, fair: Fair, url: str) -> Letter:
    """Return the mail that asks to confirm an application."""
    return Letter(
        subject=_("Please confirm: %(name)s at %(fair)s", name=exhibitor.name, fair=fair.name),
        paragraphs=(
            _hello(exhibitor),
            _(
                "%(name)s wants to be an exhibitor at %(fair)s. "
                "Please confirm that the application comes from you.",
                name=exhibitor.name,
                fair=fair.name,
            ),
        ),
        action=_("Confirm the application"),
        url=url,
        closing=(_("If you do not expect this, you need not do anything."),),
    )


def own_page(exhibitor: Exhibitor, fair: Fair, url: str) -> Letter:
    """Return the mail with the link to the exhibitor's own page."""
    return Letter(
        subject=_("Your page: %(name)s at %(fair)s", name=exhibitor.name, fair=fair.name),
        paragraphs=(
            _hello(exhibitor),
            _(
                "on this page you see your stand at %(fair)s "
                "and change what you offer, your contact and what you need.",
                fair=fair.name,
            ),
        ),
        action=_("Open my page"),
        url=url,
        closing=(_("Please keep this mail: whoever has the link can change your data."),),
    )


def approved(exhibitor: Exhibitor, fair: Fair, words: str, url: str) -> Letter:
    """Return the mail that says that the exhibitor takes part."""
    return Letter(
        subject=_("You take part in %(fair)s", fair=fair.name),
        paragraphs=(
            _hello(exhibitor),
            _(
                "we look forward to seeing %(name)s at %(fair)s.",
                name=exhibitor.name,
                fair=fair.name,
            ),
            *_added(words),
            _("On your page you see your stand as soon as it is decided."),
        ),
        action=_("Open my page"),
        url=url,
    )


def declined(exhibitor: Exhibitor, fair: Fair, words: str) -> Letter:
    """Return the mail that says that there is no room for the exhibitor."""
    return Letter(
        subject=_("Your application for %(fair)s", fair=fair.name),
        paragraphs=(
            _hello(exhibitor),
            _(
                "thank you for wanting to take part in %(fair)s. "
                "Unfortunately we can't offer %(name)s a stand this time.",
                name=exhibitor.name,
                fair=fair.name,
            ),
            *_added(words),
        ),
        closing=(_("If you have questions, please call us."),),
    )


def withdrawn(exhibitor: Exhibitor, fair: Fair) -> Letter:
    """Return the mail that says that the exhibitor is no longer expected."""
    return Letter(
        subject=_("You no longer take part in %(fair)s", fair=fair.name),
        paragraphs=(
            _hello(exhibitor),
            _(
                "%(name)s has been withdrawn from %(fair)s, and the stand is free again.",
                name=exhibitor.name,
                fair=fair.name,
            ),
        ),
        closing=(_("If this is a mistake, please call us."),),
    )


def _hello(exhibitor: Exhibitor) -> str:
    return _("Hello %(name)s,", name=exhibitor.contact_name)


def _added(words: str) -> tuple[str, ...]:
    """Return what the organiser added, by paragraph."""
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def fair_postponed(
    exhibitor: Exhibitor, fair: Fair, earlier: datetime, words: str, url: str
) -> Letter:
    """Return the mail that says when the fair is instead."""
    return Letter(
        subject=_("%(fair)s was postponed", fair=fair.name),
        paragraphs=(
            _hello(exhibitor),
            _(
                "%(fair)s, planned for %(earlier)s, was postponed. "
                "The new date is %(day)s, from %(start)s to %(end)s.",
                fair=fair.name,
                earlier=day(earlier, fair.time_zone),
                day=day(fair.starts_at, fair.time_zone),
                start=local(fair.starts_at, fair.time_zone).strftime("%H:%M"),
                end=local(fair.ends_at, fair.time_zone).strftime("%H:%M"),
            ),
            *_added(words),
            _("Your application stays. If you can't come on the new date, withdraw on your page."),
        ),
        action=_("Open my page"),
        url=url,
    )


def fair_cancelled(exhibitor: Exhibitor, fair: Fair, words: str) -> Letter:
    """Return the mail that says that the fair doesn't take place."""
    return Letter(
        subject=_("%(fair)s is cancelled", fair=fair.name),
        paragraphs=(
            _hello(exhibitor),
            _(
                "%(fair)s on %(day)s doesn't take place.",
                fair=fair.name,
                day=day(fair.starts_at, fair.time_zone),
            ),
            *_added(words),
        ),
        closing=(_("If you have questions, please call us."),),
    )
