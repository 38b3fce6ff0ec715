"""What is stored about a household in readable words: every table, every field that says something.

Numbers by which rows find each other say nothing and are left to the file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobfair.accounts.models import Partner, PartnerGroup
from jobfair.attendees.rules import AttendeeState
from jobfair.attendees.words import (
    KIND_NAMES,
    LEVEL_NAMES,
    LICENCE_NAMES,
    NEED_NAMES,
    STATE_NAMES,
    municipality_name,
    window_name,
)
from jobfair.core.db import session
from jobfair.core.languages import LANGUAGES
from jobfair.data.work_words import WORK_NAMES
from jobfair.fairs.models import ArrivalWindow
from jobfair.places.rules import OfferState
from jobfair.privacy.registry import Row
from jobfair.shuttle.models import Stop
from jobfair.shuttle.rules import RequestState
from jobfair.shuttle.sightings import Answer
from jobfair.shuttle.words import DIRECTIONS, WAYS
from jobfair.web.filters import day, local

Labels = Mapping[str, Any]
Names = Mapping[Any, Any]


@dataclass(frozen=True)
class Table:
    """What a table is called, its fields that say something, and the words of their values."""

    title: Any
    labels: Labels
    words: Mapping[str, Names] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """The entries of one table: each a list of what is stored and its value."""

    title: str
    entries: list[list[tuple[str, str]]]


LANGUAGE = {code: language.own_name for code, language in LANGUAGES.items()}
ATTENDEE_STATES = {AttendeeState.REGISTERED: _l("Comes"), AttendeeState.CANCELLED: _l("Cancelled")}
REQUEST_STATES = {
    RequestState.SEATED: _l("Has seats"),
    RequestState.WAITING: _l("Waits for seats"),
    RequestState.RESTING: _l("Waits for places at the fair first"),
    RequestState.CANCELLED: _l("Seats given back"),
}
OFFER_STATES = {
    OfferState.OPEN: _l("Waits for your answer"),
    OfferState.ACCEPTED: _l("You said yes"),
    OfferState.DECLINED: _l("You said no"),
    OfferState.EXPIRED: _l("The time was over"),
    OfferState.WITHDRAWN: _l("Taken back"),
}
PRIORITIES = {0: _l("No"), 1: _l("Invited"), 2: _l("Has an interview")}
ANSWERS = {
    Answer.LATER_BUS: _l("Takes a later bus"),
    Answer.OTHERWISE: _l("Goes home without the bus"),
    Answer.REACHED: _l("Was reached by telephone"),
    Answer.NOT_FOUND: _l("Was not found"),
}
SEATS = {
    "direction": _l("Direction"),
    "stop_id": _l("Bus stop"),
    "people": _l("Number of people"),
    "wheelchairs": _l("Wheelchairs"),
}
TABLES: dict[str, Table] = {
    "household": Table(
        _l("Your registration"),
        {
            "state": _l("State"),
            "lang": _l("Language"),
            "municipality": _l("Town or municipality"),
            "email": _l("E-mail address"),
            "phone": _l("Telephone number"),
            "window_id": _l("Arrival"),
            "take_at_once": _l("Free places are taken at once"),
            "waiting_since": _l("On the waiting list since"),
            "passed_over": _l("Passed over on the waiting list, times"),
            "partner_id": _l("Registered by"),
            "group_id": _l("Group"),
            "registered_at": _l("Registered on"),
            "cancelled_at": _l("Cancelled on"),
            "released_at": _l("Places given to others on"),
            "email_failed_at": _l("A mail did not arrive on"),
        },
        {"state": STATE_NAMES, "lang": LANGUAGE},
    ),
    "attendee": Table(
        _l("People"),
        {
            "kind": _l("Adult or child"),
            "state": _l("State"),
            "given_name": _l("First name"),
            "family_name": _l("Family name"),
            "own_given_name": _l("First name in your script"),
            "own_family_name": _l("Family name in your script"),
            "name_key": _l("Name as the search finds it"),
            "sound_key": _l("Sound of the name, for the search"),
            "birth_year": _l("Year of birth"),
            "speaks": _l("Languages"),
            "german_level": _l("German"),
            "work": _l("Work looked for"),
            "licence": _l("Driving licence"),
        },
        {
            "kind": KIND_NAMES,
            "state": ATTENDEE_STATES,
            "speaks": LANGUAGE,
            "german_level": LEVEL_NAMES,
            "work": WORK_NAMES,
            "licence": LICENCE_NAMES,
        },
    ),
    "need": Table(
        _l("Help you need"),
        {"kind": _l("Help"), "lang": _l("Language")},
        {"kind": NEED_NAMES, "lang": LANGUAGE},
    ),
    "badge_code": Table(
        _l("Badges"),
        {
            "code": _l("Code"),
            "issued_at": _l("Issued on"),
            "voided_at": _l("No longer works since"),
        },
    ),
    "registration_draft": Table(
        _l("Form that was filled in"),
        {"lang": _l("Language"), "created_at": _l("Begun on"), "updated_at": _l("Sent on")},
        {"lang": LANGUAGE},
    ),
    "ride_request": Table(
        _l("Wish for the bus"),
        {
            "ways": _l("Rides"),
            "stop_id": _l("Bus stop"),
            "flexibility": _l("How many buses earlier or later would do"),
            "people": _l("Number of people"),
            "wheelchairs": _l("Wheelchairs"),
            "prams": _l("Prams"),
            "only_by_bus": _l("Only with the bus"),
            "priority": _l("Interview or invitation"),
            "state": _l("State"),
            "requested_at": _l("Asked for on"),
            "displaced_at": _l("Bus taken out on"),
        },
        {"ways": WAYS, "state": REQUEST_STATES, "priority": PRIORITIES},
    ),
    "ride_alternative": Table(
        _l("Other bus stops that would do"),
        {"stop_id": _l("Bus stop")},
    ),
    "ride": Table(_l("Seats on the bus"), SEATS, {"direction": DIRECTIONS}),
    "ride_hold": Table(_l("Seats that were offered"), SEATS, {"direction": DIRECTIONS}),
    "bus_answer": Table(
        _l("The way home"),
        {"answer": _l("Answer"), "made_at": _l("When")},
        {"answer": ANSWERS},
    ),
    "scan": Table(
        _l("Badges that were shown"),
        {
            "badge": _l("Code"),
            "station": _l("Where"),
            "scanned_at": _l("When"),
            "override_reason": _l("Note of the team"),
            "undone_at": _l("Taken back on"),
        },
    ),
    "conflict": Table(
        _l("Badges that the team looked into"),
        {
            "made_at": _l("When"),
            "resolved_at": _l("Ended on"),
            "reason": _l("Note of the team"),
        },
    ),
    "offer": Table(
        _l("Offers of places"),
        {
            "state": _l("State"),
            "window_id": _l("Arrival"),
            "people": _l("Number of people"),
            "made_at": _l("Made on"),
            "told_at": _l("Told on"),
            "expires_at": _l("Open until"),
            "answered_at": _l("Ended on"),
        },
        {"state": OFFER_STATES},
    ),
    "notice": Table(
        _l("What we told you"),
        {
            "text": _l("Words"),
            "german": _l("The same in German"),
            "created_at": _l("Written on"),
            "told_at": _l("Told on"),
            "failed_at": _l("Did not arrive on"),
        },
    ),
    "outbox_mail": Table(
        _l("Mails to you"),
        {
            "recipient": _l("To"),
            "subject": _l("Subject"),
            "text": _l("Words"),
            "created_at": _l("Written on"),
            "sent_at": _l("Sent on"),
            "failed_at": _l("Did not arrive on"),
            "bounced_at": _l("Came back on"),
        },
    ),
    "consent": Table(
        _l("Your consent"),
        {
            "version": _l("Version of the privacy notice"),
            "lang": _l("Language"),
            "given_at": _l("Given on"),
            "withdrawn_at": _l("Withdrawn on"),
        },
        {"lang": LANGUAGE},
    ),
    "import_row": Table(_l("List of a partner that you were on"), {"number": _l("Row")}),
}


def disclose(stored: Mapping[str, Sequence[Row]], zone: str) -> list[Section]:
    """Return what is stored, in the page's language, without tables that hold nothing."""
    return [
        Section(str(TABLES[name].title), [_entry(TABLES[name], row, zone) for row in rows])
        for name, rows in stored.items()
        if rows
    ]


def _entry(table: Table, row: Row, zone: str) -> list[tuple[str, str]]:
    shown = []
    for column, label in table.labels.items():
        value = row.get(column)
        if value not in (None, "", []):
            shown.append((str(label), _words(column, value, table.words.get(column, {}), zone)))
    return shown


def _words(column: str, value: Any, names: Names, zone: str) -> str:
    if column in REFERENCES:
        return REFERENCES[column](value, zone)
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, list):
        return " · ".join(str(names.get(one, one)) for one in value)
    if column.endswith("_key"):
        return " · ".join(filter(None, value.split("|")))
    if column.endswith(("_at", "_since")):
        at = datetime.fromisoformat(value)
        return f"{day(at, zone, 'medium')}, {local(at, zone):%H:%M}"
    return str(names.get(value, value))


def _window(key: int, zone: str) -> str:
    window = session().get(ArrivalWindow, key)
    return window_name(window, zone) if window else ""


def _name(row: Stop | Partner | PartnerGroup | None) -> str:
    return row.name if row else ""


REFERENCES: dict[str, Callable[[Any, str], str]] = {
    "municipality": lambda key, _zone: municipality_name(key),
    "window_id": _window,
    "stop_id": lambda key, _zone: _name(session().get(Stop, key)),
    "partner_id": lambda key, _zone: _name(session().get(Partner, key)),
    "group_id": lambda key, _zone: _name(session().get(PartnerGroup, key)),
}
