"""The wording of refusals about feedback."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "feedback_early": _l("Exhibitors can be asked when the fair is running or over."),
    "feedback_late": _l("Thank you, but the answers are already being evaluated."),
}
