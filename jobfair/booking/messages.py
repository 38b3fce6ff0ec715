"""The wording of this room's refusals."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "changed_too_late": _l("The fair is over. There is nothing to change any more."),
    "registration_not_yet": _l("Registration is not open yet."),
    "registration_closed": _l("Registration is closed."),
    "draft_gone": _l("Your entries are no longer stored. Please begin again."),
}
