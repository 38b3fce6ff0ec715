"""The wording of refusals about fairs."""

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

MESSAGES = {
    "fair_unknown": _l("There is no such fair. Perhaps the link is not complete."),
    "fair_full": lambda left: ngettext(
        "There are not enough places: %(num)s is still free.",
        "There are not enough places: %(num)s are still free.",
        left,
    ),
    "slug_taken": _l("Another fair has this web address. Please choose another."),
    "capacity_below_taken": lambda taken: ngettext(
        "%(num)s place is taken already. Please allow at least as many.",
        "%(num)s places are taken already. Please allow at least as many.",
        taken,
    ),
    "room_taken": _l("There is a room with this name already."),
    "room_not_empty": _l(
        "There are still stands in this room, or a station of the door watches it."
        " Please move them first. A room in which people were scanned stays."
    ),
    "window_twice": _l("There is an arrival window with this time and name already."),
    "window_outside": _l("The fair isn't on at this time. Nobody should arrive so early or late."),
    "window_left_out": _l(
        "The arrival window %(window)s would lie outside of the fair. Please change it first."
    ),
    "window_below_taken": lambda taken: ngettext(
        "%(num)s place of this window is taken. Please allow at least as many.",
        "%(num)s places of this window are taken. Please allow at least as many.",
        taken,
    ),
    "window_time_told": lambda taken: ngettext(
        "%(num)s person has been told this time. Please make another window instead.",
        "%(num)s people have been told this time. Please make another window instead.",
        taken,
    ),
    "window_not_empty": _l(
        "Households have chosen this window. Without places nobody else can choose it."
    ),
    "move_untold": lambda taken: ngettext(
        "%(num)s person is registered for the old day."
        " Please postpone the fair instead, so that they are told.",
        "%(num)s people are registered for the old day."
        " Please postpone the fair instead, so that they are told.",
        taken,
    ),
    "news_to_nobody": _l("Only a fair that is public and not over can be postponed or cancelled."),
    "postpone_to_past": _l("The new time must be to come."),
    "postpone_to_same": _l("The fair begins at this time already. Please choose another."),
    "call_off_after_end": _l("The day of the fair is over."),
    "phase_not_next": _l(
        "The fair can't go there from where it stands now. Perhaps somebody else has moved it."
    ),
    "draft_with_people": lambda taken: ngettext(
        "The fair can't be hidden again: %(num)s person is registered already.",
        "The fair can't be hidden again: %(num)s people are registered already.",
        taken,
    ),
    "open_without_places": _l(
        "Nobody could register: the fair has no places. Please set how many may come."
    ),
    "open_after_end": _l(
        "Nobody could register: the day of the fair is over. Please check the date."
    ),
    "open_after_window": _l(
        "Nobody could register: the time for registration is over. Please check its end."
    ),
}
