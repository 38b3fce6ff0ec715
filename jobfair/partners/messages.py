"""The wording of this room's refusals; those of lists stand beside them."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "group_exists": _l("You have a group of this name already."),
    "membership_ended": _l("Your access to this fair has ended."),
}
