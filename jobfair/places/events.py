"""What happens to those who wait, told when the counters are right."""

from dataclasses import dataclass
from datetime import datetime

from jobfair.places.rules import OfferKind


@dataclass(frozen=True)
class PlacesFound:
    """A household that waited holds places now."""

    fair_id: int
    household_id: int
    now: datetime


@dataclass(frozen=True)
class OfferMade:
    """Something is held for a household until it answers."""

    fair_id: int
    household_id: int
    offer_id: int
    kind: OfferKind
    now: datetime


@dataclass(frozen=True)
class OfferExpired:
    """A household was told and did not answer in time; what was held is free."""

    fair_id: int
    household_id: int
    offer_id: int
    kind: OfferKind
    now: datetime
