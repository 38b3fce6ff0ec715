"""The wording of this room's refusals."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "household_size": _l("A group has 1 to %(most)s people."),
    "registered_already": _l("You are already registered."),
    "cancelled_too_late": _l("The fair is over. There is nothing to cancel any more."),
}
