"""The household's calendar file (RFC 5545): the fair, the bus there and the bus back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from icalendar import Alarm, Calendar, Event

from jobfair.attendees.models import Household
from jobfair.attendees.rules import HouseholdState
from jobfair.booking.sheets import address_of
from jobfair.core.languages import ui_language_for
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.fairs.rules import Phase
from jobfair.shuttle.queries import Journey, RideView
from jobfair.web.filters import local
from jobfair.web.links import token_for

LINK = "calendar"
NAME = "fair.ics"
MEDIA_TYPE = "text/calendar; method=PUBLISH; charset=utf-8"
HEAD = {
    "prodid": "-//JobFair//JobFair//EN",
    "version": "2.0",
    "calscale": "GREGORIAN",
    "method": "PUBLISH",
}
CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Entry:
    """An event of the file; `kind` tells a household's events apart, `alarm` is how long before."""

    kind: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    place: str
    alarm: timedelta


def calendar_of(
    fair: Fair,
    household: Household,
    journey: Journey | None,
    url: str,
    *,
    now: datetime,
    window: ArrivalWindow | None = None,
) -> bytes:
    """Return the file in the household's language; `url` is its own page.

    A later file replaces what an earlier one brought, since ids stay and the sequence grows.
    Where fair or household is cancelled, so is all that earlier files may have brought.
    """
    calendar, status = Calendar(), _status(fair, household)
    for name, value in HEAD.items():
        calendar.add(name, value)
    language = ui_language_for(household.lang)
    with force_locale(language):
        for entry in _entries(fair, journey, window, whole=status == CANCELLED):
            event = _event(entry, language, _description(entry, fair, url), url)
            event.add("uid", _uid(household, entry.kind))
            event.add("dtstamp", now)
            event.add("sequence", max(0, int((now - household.registered_at).total_seconds())))
            event.add("status", status)
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _status(fair: Fair, household: Household) -> str:
    if fair.phase is Phase.CANCELLED or household.state is HouseholdState.CANCELLED:
        return CANCELLED
    return "TENTATIVE" if household.state is HouseholdState.WAITLISTED else "CONFIRMED"


def _uid(household: Household, kind: str) -> str:
    """Return the same id each time, from which no counter can be read."""
    host = urlsplit(current_app.config["JOBFAIR"].base_url).hostname
    return f"{kind}-{token_for(LINK, household.id, 1)}@{host}"


def _entries(
    fair: Fair, journey: Journey | None, window: ArrivalWindow | None, *, whole: bool
) -> Iterator[Entry]:
    """Go through the events; with `whole` also through rides that there were, perhaps."""
    starts_at = window.starts_at if window else fair.starts_at
    address = address_of(fair)
    yield Entry("fair", fair.name, starts_at, fair.ends_at, address, timedelta(days=1))
    out, back = (journey.out, journey.back) if journey else (None, None)
    if out or whole:
        place = out.stop_place if out else address
        yield _ride("out", out, fair, _out_words(out, fair), place)
    if back or whole:
        yield _ride("back", back, fair, _back_words(back, fair), address)


def _ride(kind: str, ride: RideView | None, fair: Fair, words: str, place: str) -> Entry:
    starts_at = ride.leaves_at if ride else fair.starts_at
    ends_at = ride.arrives_at if ride else fair.ends_at
    return Entry(kind, words, starts_at, ends_at, place, timedelta(hours=1))


def _out_words(ride: RideView | None, fair: Fair) -> str:
    if ride is None:
        return _("To the fair")
    time = f"{local(ride.leaves_at, fair.time_zone):%H:%M}"
    return _(
        "Bus to the fair: line %(line)s, %(time)s, %(stop)s",
        line=ride.line,
        time=time,
        stop=ride.stop_name,
    )


def _back_words(ride: RideView | None, fair: Fair) -> str:
    if ride is None:
        return _("Back home")
    time = f"{local(ride.leaves_at, fair.time_zone):%H:%M}"
    return _(
        "Bus back: line %(line)s, %(time)s, from the fair to %(stop)s",
        line=ride.line,
        time=time,
        stop=ride.stop_name,
    )


def _description(entry: Entry, fair: Fair, url: str) -> str:
    advice = _("Show the codes at the entrance and on the bus. You find them here:")
    missed = ""
    if entry.kind != "fair" and fair.phone:
        missed = _("You have missed the bus? Call us: %(phone)s", phone=fair.phone)
    return "\n".join(filter(None, (missed, advice, url)))


def _event(entry: Entry, language: str, description: str, url: str) -> Event:
    spoken = {"LANGUAGE": language}
    event, alarm = Event(), Alarm()
    event.add("summary", entry.summary, parameters=spoken)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("location", entry.place)
    event.add("description", description, parameters=spoken)
    event.add("url", url)
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.summary, parameters=spoken)
    alarm.add("trigger", -entry.alarm)
    event.add_component(alarm)
    return event
