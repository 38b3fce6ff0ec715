"""The words of mails about the shuttle."""

from datetime import datetime

from flask_babel import gettext as _

from jobfair.fairs.models import Fair
from jobfair.mail.rules import Letter
from jobfair.shuttle.queries import Journey, RideView
from jobfair.web.filters import day, local


def seats_found(fair: Fair, journey: Journey, url: str) -> Letter:
    """Return the mail to a household that waited for seats and has them now."""
    return Letter(
        subject=_("You have seats on the bus to %(fair)s", fair=fair.name),
        paragraphs=(
            _("Good news: you have seats on the bus now. You do not wait any more."),
            _("Day: %(day)s", day=day(fair.starts_at, fair.time_zone)),
            *(_out(ride, fair) for ride in (journey.out,) if ride),
            *(_back(ride, fair) for ride in (journey.back,) if ride),
        ),
        action=_("See your registration"),
        url=url,
        closing=(_("If you do not need the bus, please tell us there. Others are waiting."),),
    )


def _out(ride: RideView, fair: Fair) -> str:
    return _(
        "To the fair: bus line %(line)s, %(time)s, %(stop)s. You are there at %(end)s.",
        line=ride.line,
        time=_clock(ride.leaves_at, fair),
        stop=ride.stop_name,
        end=_clock(ride.arrives_at, fair),
    )


def _back(ride: RideView, fair: Fair) -> str:
    return _(
        "Back home: bus line %(line)s, %(time)s, at the fair. You are at %(stop)s at %(end)s.",
        line=ride.line,
        time=_clock(ride.leaves_at, fair),
        stop=ride.stop_name,
        end=_clock(ride.arrives_at, fair),
    )


def _clock(at: datetime, fair: Fair) -> str:
    return f"{local(at, fair.time_zone):%H:%M}"
