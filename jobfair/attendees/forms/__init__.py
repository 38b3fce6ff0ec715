"""Forms about households and people; fields and choices for all who ask about them."""

from jobfair.attendees.forms.fields import (
    birth_year_field,
    done,
    email_field,
    language_choices,
    municipality_choices,
    named_choices,
    window_choices,
)
from jobfair.attendees.forms.filters import FilterForm
from jobfair.attendees.forms.household import HouseholdForm

__all__ = [
    "FilterForm",
    "HouseholdForm",
    "birth_year_field",
    "done",
    "email_field",
    "language_choices",
    "municipality_choices",
    "named_choices",
    "window_choices",
]
