"""What the shuttle does when households cancel and fairs are copied or moved."""

from jobfair.attendees.events import HouseholdCancelled, PersonCancelled
from jobfair.fairs.events import FairCopied, FairMoved
from jobfair.shuttle.operations import copy_departures, move_departures, release, resize


def on_household_cancelled(event: HouseholdCancelled) -> None:
    """Have the household's seats free for those who wait."""
    release(event.household_id, now=event.now)


def on_person_cancelled(event: PersonCancelled) -> None:
    """Have the person's seats free for those who wait."""
    resize(event.household_id, event.people_left, now=event.now)


def on_fair_copied(event: FairCopied) -> None:
    """Have the new fair begin with the buses of the earlier one."""
    copy_departures(event.from_id, event.to_id)


def on_fair_moved(event: FairMoved) -> None:
    """Have the buses go on the new day of the fair."""
    move_departures(event.fair_id, event.days)
