"""What the door's pages show: duties, the data of the script, hits of the name search."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from jobfair.attendees.models import Attendee
from jobfair.attendees.rules import AttendeeState
from jobfair.checkin.lookup import short_name
from jobfair.checkin.rules import REASON_MOST, SEARCH_LEAST, STATION_MOST
from jobfair.checkin.verdicts import shapes, shown_verdicts
from jobfair.core.actor import Actor, Permission
from jobfair.core.languages import LANGUAGES
from jobfair.data.municipalities import municipalities
from jobfair.fairs.models import Fair
from jobfair.fairs.queries import list_fairs
from jobfair.fairs.rules import Phase
from jobfair.web.assets import asset
from jobfair.web.locale import current_language

__all__ = ["Duty", "duties_of", "duty_at", "script_data", "shapes", "show_hit"]

BUSES = "shuttle.departures"


@dataclass(frozen=True)
class Duty:
    """A fair and what the person does there; None where they don't."""

    fair: Fair
    scanner: str | None
    buses: str | None


def duties_of(actor: Actor) -> list[Duty]:
    """Return the fairs at which the person has duty, the next first."""
    open_fairs = [f for f in list_fairs() if f.phase not in (Phase.DRAFT, Phase.OVER)]
    duties = [duty_at(actor, fair) for fair in reversed(open_fairs)]
    return [duty for duty in duties if duty.scanner or duty.buses]


def duty_at(actor: Actor, fair: Fair) -> Duty:
    """Return what the person does at that fair."""
    checks_in = actor.may(Permission.CHECK_IN, fair.id)
    boards = actor.may(Permission.BOARD, fair.id)
    return Duty(
        fair,
        url_for("checkin.scanner", fair=fair.slug) if checks_in else None,
        url_for(BUSES, fair=fair.slug) if boards else None,
    )


def script_data(fair: Fair) -> dict[str, Any]:
    """Return all that the script knows: addresses, limits, verdicts and every word."""
    unknown = "00000000-0000-0000-0000-000000000000"
    return {
        "fair": fair.slug,
        "zone": fair.time_zone,
        "lang": current_language().code,
        "urls": {
            "scans": url_for("checkin.scans"),
            "undo": url_for("checkin.undo", scan_id=unknown).replace(unknown, "ID"),
            "search": url_for("checkin.search"),
            "counts": url_for("checkin.counts"),
            "wasm": asset("zxing/zxing_reader.wasm"),
        },
        "limits": {"station": STATION_MOST, "search": SEARCH_LEAST, "reason": REASON_MOST},
        "verdicts": shown_verdicts(),
        "languages": _languages(),
        "words": _words(),
    }


def _languages() -> dict[str, dict[str, str]]:
    german = current_language().code == "de"
    return {
        code: {
            "name": language.german_name if german else language.english_name,
            "dir": "rtl" if language.rtl else "ltr",
        }
        for code, language in LANGUAGES.items()
    }


def _words() -> dict[str, str]:
    return {
        "since": _("since %(time)s, %(station)s"),
        "with": _("%(name)s, with %(others)s"),
        "together": _("with %(others)s"),
        "again": _("let in again at the door"),
        "hold": _("Hold the code into the frame"),
        "starting": _("The camera is starting …"),
        "insecure": _(
            "The camera needs a page with https. You can type the code or search a name."
        ),
        "denied": _("The camera is not allowed. Allow it in the browser, or type the code."),
        "absent": _("No camera was found. You can type the code or search a name."),
        "broken": _("The scanner could not be loaded. You can type the code or search a name."),
        "offline": _("No connection"),
        "waiting": _("Scans kept here and sent again by themselves: %(count)s. You can go on."),
        "kept": _("No answer yet"),
        "kept_why": _("The scan is kept and sent again by itself."),
        "refused": _("Not stored"),
        "refused_why": _("The scan was not understood. Please scan or type it again."),
        "signed_out": _("You are signed out. Sign in again, your scans are kept."),
        "undone": _("Taken back. The scan doesn't count."),
        "not_undone": _("This scan can't be taken back any more."),
        "nobody": _("Nobody of that name has a badge here."),
        "failed": _("No connection. Please try again."),
        "born": _("born %(year)s"),
    }


def show_hit(person: Attendee) -> dict[str, Any]:
    """Return a hit of the search: enough to tell people apart, no contact, no status."""
    places = {place.ags: place.display_name for place in municipalities()}
    others = [
        other.given_name
        for other in person.household.people
        if other.id != person.id and other.state is AttendeeState.REGISTERED
    ]
    return {
        "code": person.badge.code if person.badge else "",
        "name": person.short_name,
        "own_script": short_name(person.own_given_name, person.own_family_name),
        "lang": person.household.lang,
        "household": others,
        "municipality": places.get(person.household.municipality, ""),
        "birth_year": person.birth_year,
    }
