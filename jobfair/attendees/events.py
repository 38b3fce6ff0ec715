"""What happens to households, told after their places are free again."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class HouseholdCancelled:
    """Nobody of the household comes any more; `by_us` means that it did not cancel itself."""

    fair_id: int
    household_id: int
    now: datetime
    by_us: bool = False


@dataclass(frozen=True)
class HouseholdChanged:
    """What the household said of itself is different now; `fields` names what."""

    fair_id: int
    household_id: int
    fields: tuple[str, ...]
    now: datetime


@dataclass(frozen=True)
class LinkRenewed:
    """The household's page stands at a new address; the version before opens nothing."""

    fair_id: int
    household_id: int
    now: datetime


@dataclass(frozen=True)
class PersonAdded:
    """One more of the household comes; `people` do now."""

    fair_id: int
    household_id: int
    attendee_id: int
    people: int
    now: datetime


@dataclass(frozen=True)
class PersonCancelled:
    """One of the household doesn't come; `people_left` still do."""

    fair_id: int
    household_id: int
    attendee_id: int
    people_left: int
    now: datetime
