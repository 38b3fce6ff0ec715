"""The words of mails that ask exhibitors how it was."""

from datetime import datetime

from flask_babel import gettext as _

from jobfair.exhibitors.models import Exhibitor
from jobfair.fairs.models import Fair
from jobfair.mail.rules import Letter
from jobfair.web.filters import day


def invitation(exhibitor: Exhibitor, fair: Fair, until: datetime, url: str) -> Letter:
    """Return the mail with the five questions."""
    return Letter(
        subject=_("How was %(fair)s for you?", fair=fair.name),
        paragraphs=(
            _("Hello %(name)s,", name=exhibitor.contact_name),
            _("thank you for having been at %(fair)s.", fair=fair.name),
            _("Five questions, one minute: with your answers the next fair becomes better."),
        ),
        action=_("Answer five questions"),
        url=url,
        closing=(_until(fair, until),),
    )


def reminder(exhibitor: Exhibitor, fair: Fair, until: datetime, url: str) -> Letter:
    """Return the mail to somebody who hasn't answered yet."""
    return Letter(
        subject=_("One minute for %(fair)s?", fair=fair.name),
        paragraphs=(
            _("Hello %(name)s,", name=exhibitor.contact_name),
            _("we would still like to know how %(fair)s was for you.", fair=fair.name),
        ),
        action=_("Answer five questions"),
        url=url,
        closing=(_until(fair, until),),
    )


def _until(fair: Fair, until: datetime) -> str:
    return _(
        "You can answer and change your answers until %(day)s.", day=day(until, fair.time_zone)
    )
