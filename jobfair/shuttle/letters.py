"""The words of mails about the shuttle."""

from dataclasses import replace
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.fairs.models import Fair
from jobfair.mail.rules import Letter
from jobfair.shuttle.queries import Journey, OpenOffer, RideView
from jobfair.shuttle.rules import RequestState
from jobfair.web.filters import day, local


def seats_found(fair: Fair, journey: Journey, url: str) -> Letter:
    """Return the mail to a household that waited for seats and has them now."""
    return Letter(
        subject=_("You have seats on the bus to %(fair)s", fair=fair.name),
        paragraphs=(
            _("Good news: you have seats on the bus now. You do not wait any more."),
            *_rides(fair, journey),
        ),
        action=_("See your registration"),
        url=url,
        closing=(_("If you do not need the bus, please tell us there. Others are waiting."),),
    )


def seats_offered(fair: Fair, offered: OpenOffer, life: timedelta, url: str) -> Letter:
    """Return the mail to a household that waits and for which seats are held."""
    return Letter(
        subject=_("Seats on the bus to %(fair)s are held for you", fair=fair.name),
        paragraphs=(
            _("There are seats for you on the bus. Do you want them?"),
            *_rides(fair, offered),
            _answer_within(life),
        ),
        action=_("Answer now"),
        url=url,
        closing=(_("If you do not answer in time, the seats go to others. You wait on."),),
    )


def seats_expired(fair: Fair, journey: Journey, url: str) -> Letter:
    """Return the mail to a household that did not answer about seats."""
    return Letter(
        subject=_("The seats on the bus to %(fair)s went to others", fair=fair.name),
        paragraphs=(
            _("You did not answer in time. The seats on the bus went to others. You wait on."),
            *_kept(journey),
        ),
        action=_("See your registration"),
        url=url,
    )


def move_proposed(
    fair: Fair, journey: Journey, offered: OpenOffer, life: timedelta, url: str
) -> Letter:
    """Return the mail that asks a household whether it would ride on another bus."""
    instead = replace(offered, out=offered.out or journey.out, back=offered.back or journey.back)
    return Letter(
        subject=_("Would you take another bus to %(fair)s?", fair=fair.name),
        paragraphs=(
            _("If you take another bus, others can ride too who have no seats yet."),
            _("You have seats on this bus:"),
            *_rides(fair, journey),
            _("You could ride on this one instead:"),
            *_rides(fair, instead),
            _("You decide. If you say no, or do not answer, you keep your seats."),
            _answer_within(life),
        ),
        action=_("Answer now"),
        url=url,
    )


def bus_taken_out(fair: Fair, journey: Journey, url: str) -> Letter:
    """Return the mail to a household whose bus does not go as it was told."""
    if journey.state is RequestState.SEATED:
        news = (_("Your bus has changed. You have seats on this bus now:"), *_rides(fair, journey))
    else:
        news = (
            _("Your bus does not go. At the moment there are no other seats for you."),
            _("You wait, and you are among the first who get seats. We tell you at once."),
            *_kept(journey),
        )
    return Letter(
        subject=_("Your bus to %(fair)s has changed", fair=fair.name),
        paragraphs=(_("We are sorry: the buses had to be planned anew."), *news),
        action=_("See your registration"),
        url=url,
    )


def _kept(journey: Journey) -> tuple[str, ...]:
    """Say what becomes of the places; who comes only by bus was told by when it is decided."""
    return () if journey.only_by_bus else (_("You keep your places at the fair."),)


def no_seats(fair: Fair, _journey: Journey, url: str) -> Letter:
    """Return the mail to a household that has no seats when the lists are fixed, and comes."""
    return Letter(
        subject=_("There are no seats on the bus to %(fair)s", fair=fair.name),
        paragraphs=(
            _("We are sorry: we found no seats on the bus for you."),
            _("You keep your places at the fair."),
            _("If seats become free before the bus leaves, we tell you."),
        ),
        action=_("See your registration"),
        url=url,
        closing=(_("You can't come? Please cancel with this link. Then others get your places."),),
    )


def no_seats_only_bus(fair: Fair, url: str) -> Letter:
    """Return the mail to a household that comes only by bus and got no seats."""
    return Letter(
        subject=_("There are no seats on the bus to %(fair)s", fair=fair.name),
        paragraphs=(
            _("We are sorry: we found no seats on the bus for you."),
            _("You told us that you can only come by bus. So we cancelled your registration."),
            _("If you can come without the bus, please register again."),
        ),
        action=_("See your registration"),
        url=url,
    )


def _rides(fair: Fair, rides: Journey | OpenOffer) -> tuple[str, ...]:
    """Return when and where the household rides."""
    return (
        _("Day: %(day)s", day=day(fair.starts_at, fair.time_zone)),
        *(_out(ride, fair) for ride in (rides.out,) if ride),
        *(_back(ride, fair) for ride in (rides.back,) if ride),
    )


def _out(ride: RideView, fair: Fair) -> str:
    return _(
        "To the fair: bus line %(line)s, %(time)s, %(stop)s. You are there at %(end)s.",
        line=ride.line,
        time=_clock(ride.leaves_at, fair),
        stop=ride.stop_place,
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


def _answer_within(life: timedelta) -> str:
    return ngettext(
        "Please answer within %(num)s hour.",
        "Please answer within %(num)s hours.",
        life // timedelta(hours=1),
    )
