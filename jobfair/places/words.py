"""What the organiser reads about those who wait."""

from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.places.queries import Waiting
from jobfair.places.rules import Reason


def reason_words(waiting: Waiting, *, on_day: bool) -> str:
    """Return why the household has no places yet; on the fair's day nobody gets them in line."""
    match waiting.reason:
        case Reason.OFFERED:
            return _("Places are held for them: they have to answer.")
        case Reason.TOO_LARGE:
            return _("They are more people than there can ever be places. Please call them.")
        case Reason.IN_LINE if on_day:
            return _("There is room. Today places go to those who are here.")
        case Reason.IN_LINE:
            return _("There would be room, but somebody before them comes first.")
        case Reason.WINDOW_FULL:
            return ngettext(
                "%(num)s place needed, %(free)s free in this window.",
                "%(num)s places needed, %(free)s free in this window.",
                waiting.people,
                free=waiting.free,
            )
        case Reason.FAIR_FULL:
            return ngettext(
                "%(num)s place needed, %(free)s free.",
                "%(num)s places needed, %(free)s free.",
                waiting.people,
                free=waiting.free,
            )
