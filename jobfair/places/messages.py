"""The wording of this room's refusals."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "household_never_fits": _l(
        "You are more people than there are places: at most %(most)s can come together."
    ),
    "household_cancelled": _l("You have cancelled. Please register again."),
    "no_place_for_one_more": _l(
        "There is no free place for one more person now. Please register them separately: then"
        " they are on the waiting list."
    ),
    "not_waiting": _l("This household does not wait any more."),
    "offer_gone": _l("This offer is no longer open."),
    "window_full": _l("There is no place for all of you at that time. You keep your present time."),
    "window_unknown": _l("Please choose a time from the list."),
}
