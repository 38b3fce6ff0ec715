"""Whether a household knows something, told when that changes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class HouseholdTold:
    """A mail was delivered or somebody has told the household."""

    fair_id: int
    household_id: int
    notice_id: int
    kind: str
    once: str
    now: datetime


@dataclass(frozen=True)
class HouseholdNotTold:
    """What was taken for told was not: the mail came back, or somebody took it back."""

    fair_id: int
    household_id: int
    notice_id: int
    kind: str
    once: str
    now: datetime
