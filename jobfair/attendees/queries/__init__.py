"""Reads about households and people."""

from jobfair.attendees.queries.households import (
    AttendeeCounts,
    Totals,
    counts,
    find_household,
    find_submission,
    get_household,
    totals,
)
from jobfair.attendees.queries.people import (
    DESK,
    SEARCH_MOST,
    THEMSELVES,
    Choices,
    Filters,
    Listed,
    filter_choices,
    list_people,
)

__all__ = [
    "DESK",
    "SEARCH_MOST",
    "THEMSELVES",
    "AttendeeCounts",
    "Choices",
    "Filters",
    "Listed",
    "Totals",
    "counts",
    "filter_choices",
    "find_household",
    "find_submission",
    "get_household",
    "list_people",
    "totals",
]
