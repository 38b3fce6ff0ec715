"""What happens to places when households leave, shrink or were told of an offer."""

from datetime import datetime

from jobfair.attendees.events import HouseholdCancelled, PersonCancelled
from jobfair.fairs.events import CapacityChanged, WindowsChanged
from jobfair.places.offers import note_told, shrink, withdraw
from jobfair.places.operations import serve_waiting
from jobfair.places.rules import OFFER, OFFER_NOTICES
from jobfair.telling.events import HouseholdNotTold, HouseholdTold


def once_key(offer_id: int) -> str:
    """Return the key under which a household is told of an offer, once."""
    return f"{OFFER}:{offer_id}"


def on_household_cancelled(event: HouseholdCancelled) -> None:
    """Have its places, also those held by an offer, go to those who wait."""
    withdraw(event.household_id, now=event.now)
    serve_waiting(event.fair_id, now=event.now)


def on_person_cancelled(event: PersonCancelled) -> None:
    """Have the person's place go to those who wait, perhaps to the smaller household itself."""
    shrink(event.household_id, event.people_left)
    serve_waiting(event.fair_id, now=event.now)


def on_capacity_changed(event: CapacityChanged) -> None:
    """Have those who wait be served where the fair has more places now."""
    serve_waiting(event.fair_id, now=event.now)


def on_windows_changed(event: WindowsChanged) -> None:
    """Have those who wait be served where a window has more places now."""
    serve_waiting(event.fair_id, now=event.now)


def on_told(event: HouseholdTold) -> None:
    """Have the time of an offer run from now on."""
    _note(event.kind, event.once, event.now)


def on_not_told(event: HouseholdNotTold) -> None:
    """Have the time of an offer stand still until somebody has told the household."""
    _note(event.kind, event.once, None)


def _note(kind: str, once: str, now: datetime | None) -> None:
    if kind in OFFER_NOTICES.values() and once.startswith(f"{OFFER}:"):
        note_told(int(once.removeprefix(f"{OFFER}:")), now=now)
