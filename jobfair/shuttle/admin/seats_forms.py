"""The form that says who stands first in the line for seats."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from jobfair.shuttle.allocation.problem import Priority
from jobfair.web.forms import BaseForm

PRIORITIES = {
    Priority.ANYBODY: _l("None: in the order of asking"),
    Priority.INVITED: _l("Invited by a company or a counsellor"),
    Priority.INTERVIEW: _l("Has an interview at the fair"),
}


class PriorityForm(BaseForm):
    """Whether a household comes before others."""

    priority = RadioField(
        _l("Priority for seats"),
        choices=[(priority.value, words) for priority, words in PRIORITIES.items()],
        coerce=int,
    )
