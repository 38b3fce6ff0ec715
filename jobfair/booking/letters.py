"""The words of the confirmation mail."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.booking.rules import shuttle_answer_by
from jobfair.fairs.models import Fair
from jobfair.mail.rules import Letter
from jobfair.shuttle.queries import Journey, RideView
from jobfair.shuttle.rules import RequestState
from jobfair.web.filters import day, local


def confirmation(fair: Fair, people: int, journey: Journey | None, url: str) -> Letter:
    """Say that the household is registered, when and where the fair is, and how it gets there."""
    return Letter(
        subject=_("You are registered: %(fair)s", fair=fair.name),
        paragraphs=(
            ngettext(
                "%(num)s person is registered for %(fair)s.",
                "%(num)s people are registered for %(fair)s.",
                people,
                fair=fair.name,
            ),
            _(
                "%(day)s, from %(start)s to %(end)s",
                day=day(fair.starts_at, fair.time_zone),
                start=_clock(fair.starts_at, fair),
                end=_clock(fair.ends_at, fair),
            ),
            ", ".join(
                part
                for part in (fair.venue, fair.street, f"{fair.postal_code} {fair.city}".strip())
                if part
            ),
            *_rides(fair, journey),
            _("Show the codes at the entrance and on the bus. You find them here:"),
        ),
        action=_("My registration"),
        url=url,
        closing=(_("You can't come? Please cancel with this link. Then others get your places."),),
    )


def _rides(fair: Fair, journey: Journey | None) -> tuple[str, ...]:
    if journey is None:
        return ()
    if journey.state is RequestState.WAITING:
        by = day(shuttle_answer_by(fair.shuttle_decided_by, fair.starts_at), fair.time_zone)
        return (_("There is no seat on the bus for you yet. We will tell you by %(day)s.", day=by),)
    return (*_out(fair, journey.out), *_back(fair, journey.back))


def _out(fair: Fair, ride: RideView | None) -> tuple[str, ...]:
    if ride is None:
        return ()
    time = _clock(ride.leaves_at, fair)
    words = _(
        "Bus to the fair: line %(line)s, %(time)s, %(stop)s",
        line=ride.line,
        time=time,
        stop=ride.stop_name,
    )
    return (words,)


def _back(fair: Fair, ride: RideView | None) -> tuple[str, ...]:
    if ride is None:
        return ()
    time = _clock(ride.leaves_at, fair)
    return (_("Bus back: line %(line)s, %(time)s, from the fair", line=ride.line, time=time),)


def _clock(at: datetime, fair: Fair) -> str:
    return local(at, fair.time_zone).strftime("%H:%M")
