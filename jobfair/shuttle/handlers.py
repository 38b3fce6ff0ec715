"""What the shuttle does when households cancel and fairs are copied or moved."""

from jobfair.attendees.events import HouseholdCancelled, PersonAdded, PersonCancelled
from jobfair.fairs.events import FairCopied, FairMoved
from jobfair.places.events import PlacesFound
from jobfair.shuttle.operations import (
    copy_departures,
    copy_settings,
    enlarge,
    move_departures,
    move_waves,
    release,
    resize,
    wake,
)


def on_household_cancelled(event: HouseholdCancelled) -> None:
    """Have the household's seats free for those who wait."""
    release(event.household_id, now=event.now)


def on_person_cancelled(event: PersonCancelled) -> None:
    """Have the person's seats free for those who wait."""
    resize(event.household_id, event.people_left, now=event.now)


def on_places_found(event: PlacesFound) -> None:
    """Have the household's wish for the bus count from now on."""
    wake(event.household_id, now=event.now)


def on_person_added(event: PersonAdded) -> None:
    """Have the household ride with one more, or wait for seats for all."""
    enlarge(event.household_id, event.people, now=event.now)


def on_fair_copied(event: FairCopied) -> None:
    """Have the new fair begin with the buses of the earlier one, and plan with them."""
    copy_departures(event.from_id, event.to_id)
    copy_settings(event.from_id, event.to_id)


def on_fair_moved(event: FairMoved) -> None:
    """Have the buses go on the new day of the fair."""
    move_departures(event.fair_id, event.days)
    move_waves(event.fair_id, event.days)
