"""The names of what attendees are, speak, look for and need, and where they live."""

from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobfair.attendees.ports import Bus
from jobfair.attendees.rules import ELSEWHERE, AttendeeKind, HouseholdState, NeedKind
from jobfair.core.languages import LANGUAGES
from jobfair.data.municipalities import municipality
from jobfair.data.work import GermanLevel, Licence
from jobfair.fairs.models import ArrivalWindow
from jobfair.web.filters import local

KIND_NAMES: dict[AttendeeKind, Any] = {
    AttendeeKind.ADULT: _l("Adult"),
    AttendeeKind.CHILD: _l("Child"),
    AttendeeKind.HELPER: _l("Helper"),
}
STATE_NAMES: dict[HouseholdState, Any] = {
    HouseholdState.REGISTERED: _l("Registered"),
    HouseholdState.WAITLISTED: _l("Waiting list"),
    HouseholdState.CANCELLED: _l("Cancelled"),
}
STATE_SIGNS: dict[HouseholdState, tuple[str, str]] = {
    HouseholdState.REGISTERED: ("check", "ok"),
    HouseholdState.WAITLISTED: ("waiting", "wait"),
    HouseholdState.CANCELLED: ("cross", "no"),
}
BUS_NAMES: dict[Bus, Any] = {
    Bus.SEATED: _l("Has seats"),
    Bus.WAITING: _l("Waits for seats"),
    Bus.NONE: _l("Comes without the bus"),
}
LEVEL_NAMES: dict[GermanLevel, Any] = {
    GermanLevel.NONE: _l("No German yet"),
    GermanLevel.A1: _l("A1 – a few words"),
    GermanLevel.A2: _l("A2 – simple sentences"),
    GermanLevel.B1: _l("B1 – everyday talk"),
    GermanLevel.B2: _l("B2 – good German"),
    GermanLevel.C1: _l("C1 – very good German"),
}
LICENCE_NAMES: dict[Licence, Any] = {
    Licence.NONE: _l("No driving licence"),
    Licence.B: _l("Driving licence for cars (B)"),
    Licence.C: _l("Driving licence for lorries (C)"),
    Licence.D: _l("Driving licence for buses (D)"),
    Licence.FORKLIFT: _l("Forklift licence"),
}
NEED_NAMES: dict[NeedKind, Any] = {
    NeedKind.WHEELCHAIR: _l("Wheelchair"),
    NeedKind.INTERPRETER: _l("Interpreter"),
    NeedKind.CHILDCARE: _l("Childcare"),
    NeedKind.SIGN_LANGUAGE: _l("Sign language"),
}


def municipality_name(key: str) -> str:
    """Return the official name, or words for those from elsewhere."""
    return str(_("Somewhere else")) if key == ELSEWHERE else municipality(key).display_name


def language_name(code: str) -> str:
    """Return what the team calls the language: in German, or in English on English pages."""
    language = LANGUAGES.get(code)
    if language is None:
        return code
    return language.german_name if str(get_locale()) == "de" else language.english_name


def registrar_name(partner: str | None, registered_by: int | None) -> str:
    """Return who registered a household: a partner by name, the desk, or they themselves."""
    if partner is not None:
        return partner
    return str(_("The desk") if registered_by is not None else _("Themselves"))


def window_name(window: ArrivalWindow, zone: str) -> str:
    """Return the times of an arrival window at its place, and its name if it has one."""
    times = (local(at, zone).strftime("%H:%M") for at in (window.starts_at, window.ends_at))
    return " ".join(filter(None, ("–".join(times), window.label)))
