"""Use cases about households and people that are registered."""

from jobfair.attendees.service.duplicates import call_distinct, merge
from jobfair.attendees.service.households import (
    Correction,
    cancel,
    cancel_one,
    correct,
    export_people,
    new_badge,
    renew_link,
)

__all__ = [
    "Correction",
    "call_distinct",
    "cancel",
    "cancel_one",
    "correct",
    "export_people",
    "merge",
    "new_badge",
    "renew_link",
]
