"""The names of what attendees are and where they live."""

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobfair.attendees.rules import ELSEWHERE, AttendeeKind, AttendeeState
from jobfair.core.languages import LANGUAGES
from jobfair.data.municipalities import municipality

KIND_NAMES = {AttendeeKind.ADULT: _l("Adult"), AttendeeKind.CHILD: _l("Child")}
STATE_NAMES = {AttendeeState.REGISTERED: _l("Registered"), AttendeeState.CANCELLED: _l("Cancelled")}


def municipality_name(key: str) -> str:
    """Return the official name, or words for those from elsewhere."""
    return str(_("Somewhere else")) if key == ELSEWHERE else municipality(key).display_name


def language_name(code: str) -> str:
    """Return what the team calls the language: in German, or in English on English pages."""
    language = LANGUAGES.get(code)
    if language is None:
        return code
    return language.german_name if str(get_locale()) == "de" else language.english_name
