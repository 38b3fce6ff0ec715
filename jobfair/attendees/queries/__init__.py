"""Reads about households and people."""

from jobfair.attendees.queries.duplicates import Suspects, find_pair, list_pairs
from jobfair.attendees.queries.households import (
    AttendeeCounts,
    Totals,
    count_wheelchairs,
    counts,
    find_household,
    find_submission,
    get_household,
    get_whole_household,
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
    "Suspects",
    "Totals",
    "count_wheelchairs",
    "counts",
    "filter_choices",
    "find_household",
    "find_pair",
    "find_submission",
    "get_household",
    "get_whole_household",
    "list_pairs",
    "list_people",
    "totals",
]
