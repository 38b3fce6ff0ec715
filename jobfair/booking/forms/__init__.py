"""The forms of a registration, one a step; a draft keeps what was typed into them."""

from jobfair.booking.forms.bus import BusForm
from jobfair.booking.forms.contact import (
    ContactForm,
    DeleteForm,
    FreedForm,
    LostLinkForm,
    SummaryForm,
)
from jobfair.booking.forms.kept import cleaned_into, typed_into
from jobfair.booking.forms.needs import NeedsForm
from jobfair.booking.forms.people import OnePersonForm, PeopleForm, PersonForm, new_key
from jobfair.booking.forms.where import PlaceForm, WhenForm
from jobfair.booking.forms.work import AdultForm, WorkForm

__all__ = [
    "AdultForm",
    "BusForm",
    "ContactForm",
    "DeleteForm",
    "FreedForm",
    "LostLinkForm",
    "NeedsForm",
    "OnePersonForm",
    "PeopleForm",
    "PersonForm",
    "PlaceForm",
    "SummaryForm",
    "WhenForm",
    "WorkForm",
    "cleaned_into",
    "new_key",
    "typed_into",
]
