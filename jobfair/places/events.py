"""What happens to those who wait, told when the counters are right."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PlacesFound:
    """A household that waited holds places now."""

    fair_id: int
    household_id: int
    now: datetime


@dataclass(frozen=True)
class OfferMade:
    """Places are held for a household until it answers."""

    fair_id: int
    household_id: int
    offer_id: int
    now: datetime


@dataclass(frozen=True)
class OfferExpired:
    """A household was told and did not answer in time; it waits on."""

    fair_id: int
    household_id: int
    now: datetime
