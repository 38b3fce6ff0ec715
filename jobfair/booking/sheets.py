"""The household's sheet of paper: its badges, bus ticket and advice in two languages."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime

from flask import current_app
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from jobfair.attendees.badges.badge import Badge
from jobfair.attendees.badges.qr import badge_url
from jobfair.attendees.badges.sheet import SheetData, household_sheet, household_sheets
from jobfair.attendees.badges.texts import SheetTexts
from jobfair.attendees.badges.ticket import Call, Ride
from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.rules import AttendeeState
from jobfair.booking.queries import token_of
from jobfair.booking.rules import MEET_BEFORE
from jobfair.core.languages import DEFAULT_LANGUAGE, LANGUAGES, ui_language_for
from jobfair.fairs.models import Fair
from jobfair.shuttle.queries import Journey, RideView
from jobfair.shuttle.rules import RequestState, shuttle_answer_by
from jobfair.web.filters import day, local
from jobfair.web.links import absolute


def sheet_of(fair: Fair, household: Household, journey: Journey | None, now: datetime) -> bytes:
    """Return the PDF for those of the household who come."""

    def texts(fair: Fair, journey: Journey | None) -> SheetTexts:
        return _texts(fair, journey, now)

    return household_sheet(_data(fair, household, journey, texts))


def sheets_of(
    fair: Fair,
    households: Iterable[Household],
    journeys: Mapping[int, Journey],
    title: str,
    now: datetime,
) -> bytes:
    """Return one PDF with the sheets of these households, in their order."""
    known: dict[Hashable, SheetTexts] = {}

    def texts(fair: Fair, journey: Journey | None) -> SheetTexts:
        what = str(get_locale()), journey and (journey.state, journey.out is None, _back(journey))
        if what not in known:
            known[what] = _texts(fair, journey, now)
        return known[what]

    sheets = (_data(fair, one, journeys.get(one.id), texts) for one in households)
    return household_sheets(sheets, fair.name, title, DEFAULT_LANGUAGE)


def _back(journey: Journey) -> datetime | None:
    return journey.back.leaves_at if journey.back else None


def _data(
    fair: Fair,
    household: Household,
    journey: Journey | None,
    texts: Callable[[Fair, Journey | None], SheetTexts],
) -> SheetData:
    language = LANGUAGES[ui_language_for(household.lang)]
    with force_locale(language.code):
        own = texts(fair, journey)
    with force_locale(DEFAULT_LANGUAGE):
        german = texts(fair, journey)
    outbound, back = _rides(fair, journey)
    return SheetData(
        fair=fair.name,
        address=address_of(fair),
        phone=fair.phone or current_app.config["JOBFAIR"].operator_phone,
        lang=language.code,
        rtl=language.rtl,
        badges=_badges(household),
        outbound=outbound,
        back=back,
        own=own,
        german=german,
        own_url=absolute("booking.my", token=token_of(household)),
    )


def address_of(fair: Fair) -> str:
    """Return venue, street and city on one line."""
    city = f"{fair.postal_code} {fair.city}".strip()
    return ", ".join(part for part in (fair.venue, fair.street, city) if part)


def _badges(household: Household) -> tuple[Badge, ...]:
    coming = (one for one in household.people if one.state is AttendeeState.REGISTERED)
    return tuple(_badge(person) for person in coming)


def _badge(person: Attendee) -> Badge:
    code = person.badge.code if person.badge else ""
    url = badge_url(current_app.config["JOBFAIR"].base_url, code)
    return Badge(code, url, person.latin_name, person.own_name or None)


def _rides(fair: Fair, journey: Journey | None) -> tuple[Ride | None, Ride | None]:
    if journey is None:
        return None, None
    out, back = journey.out, journey.back
    return (
        _ride(fair, out, (out.stop_name, out.stop_note), (fair.venue, "")) if out else None,
        _ride(fair, back, (fair.venue, ""), (back.stop_name, "")) if back else None,
    )


def _ride(fair: Fair, ride: RideView, board: tuple[str, str], alight: tuple[str, str]) -> Ride:
    """Return the ride between two places, each with a note where to stand."""
    return Ride(
        line=str(ride.line),
        board=Call(_clock(fair, ride.leaves_at), *board),
        alight=Call(_clock(fair, ride.arrives_at), *alight),
    )


def _clock(fair: Fair, at: datetime) -> str:
    return local(at, fair.time_zone).strftime("%H:%M")


def _texts(fair: Fair, journey: Journey | None, now: datetime) -> SheetTexts:
    """Return the words in the language that is in force."""
    waiting = journey is not None and journey.state is RequestState.WAITING
    return SheetTexts(
        title=_("Sheet for your group"),
        when=_(
            "%(day)s, from %(start)s to %(end)s",
            day=day(fair.starts_at, fair.time_zone),
            start=_clock(fair, fair.starts_at),
            end=_clock(fair, fair.ends_at),
        ),
        cut=_("Cut along the line."),
        help=_("Help on the day of the fair:"),
        outbound=_("To the fair"),
        back=_("Back home"),
        no_ride=_("Waiting for a seat") if waiting else _("No bus"),
        no_ride_note=_when_told(fair, now) if waiting else _("You come on your own."),
        advice=_advice(fair, journey),
        cannot_come=_("You can't come? Please call us."),
        own_page=_("Change or cancel: your own page"),
    )


def _when_told(fair: Fair, now: datetime) -> str:
    """Return when those who wait hear of seats."""
    by = shuttle_answer_by(fair.shuttle_decided_by, fair.starts_at)
    if now < by:
        return _("We will tell you by %(day)s.", day=day(by, fair.time_zone))
    return _("If seats become free before the bus leaves, we tell you.")


def _advice(fair: Fair, journey: Journey | None) -> tuple[str, str, str]:
    out = journey.out if journey else None
    back = journey.back if journey else None
    return (
        _("Be at the bus stop 5 minutes early. You have missed the bus? Call us.")
        if out
        else _("The fair begins at %(time)s.", time=_clock(fair, fair.starts_at)),
        _("Show your badges at the entrance."),
        _(
            "For the ride back be at the entrance at %(time)s.",
            time=_clock(fair, back.leaves_at - MEET_BEFORE),
        )
        if back
        else _("The fair ends at %(time)s.", time=_clock(fair, fair.ends_at)),
    )
