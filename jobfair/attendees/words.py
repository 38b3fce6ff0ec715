"""The names of what attendees are and where they live."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobfair.attendees.rules import ELSEWHERE, AttendeeKind, AttendeeState
from jobfair.data.municipalities import municipality

KIND_NAMES = {AttendeeKind.ADULT: _l("Adult"), AttendeeKind.CHILD: _l("Child")}
STATE_NAMES = {AttendeeState.REGISTERED: _l("Registered"), AttendeeState.CANCELLED: _l("Cancelled")}


def municipality_name(key: str) -> str:
    """Return the official name, or words for those from elsewhere."""
    return str(_("Somewhere else")) if key == ELSEWHERE else municipality(key).display_name
