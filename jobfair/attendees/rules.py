"""Decisions about households and people: kinds, states, limits."""

from enum import StrEnum

HOUSEHOLD_MOST = 12
NAME_MOST = 80
POOL_FACTOR = 3


class AttendeeKind(StrEnum):
    """A child needs a name only."""

    ADULT = "adult"
    CHILD = "child"


class HouseholdState(StrEnum):
    """Whether the household holds places."""

    REGISTERED = "registered"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"


class AttendeeState(StrEnum):
    """Whether a person comes."""

    REGISTERED = "registered"
    CANCELLED = "cancelled"
