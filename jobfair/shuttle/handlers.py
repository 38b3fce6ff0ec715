"""What the shuttle does when households cancel."""

from jobfair.attendees.events import HouseholdCancelled, PersonCancelled
from jobfair.shuttle.operations import release, resize


def on_household_cancelled(event: HouseholdCancelled) -> None:
    """Have the household's seats free for those who wait."""
    release(event.household_id, now=event.now)


def on_person_cancelled(event: PersonCancelled) -> None:
    """Have the person's seats free for those who wait."""
    resize(event.household_id, event.people_left, now=event.now)
