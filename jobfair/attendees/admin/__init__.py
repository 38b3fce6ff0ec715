"""The organiser's pages about people."""

from jobfair.attendees.admin import duplicates, household, people
from jobfair.attendees.admin.blueprint import blueprint

__all__ = ["blueprint", "duplicates", "household", "people"]
