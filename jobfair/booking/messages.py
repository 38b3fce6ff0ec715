"""The wording of this room's refusals."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "registration_not_yet": _l("Registration is not open yet."),
    "registration_closed": _l("Registration is closed."),
    "draft_gone": _l("Your entries are no longer stored. Please begin again."),
}
