"""What the shuttle does when households cancel and fairs are copied or moved."""

import sqlalchemy as sa

from jobfair.attendees.events import HouseholdCancelled, PersonAdded, PersonCancelled
from jobfair.attendees.models import Need
from jobfair.attendees.rules import NeedKind
from jobfair.core.db import assert_writing
from jobfair.fairs.events import FairCopied, FairMoved
from jobfair.places.events import PlacesFound
from jobfair.shuttle.operations import (
    copy_departures,
    enlarge,
    move_departures,
    release,
    resize,
    wake,
)
from jobfair.shuttle.operations.settings import copy_settings, move_plans, move_waves


def on_household_cancelled(event: HouseholdCancelled) -> None:
    """Have the household's seats free for those who wait."""
    release(event.household_id, now=event.now)


def on_person_cancelled(event: PersonCancelled) -> None:
    """Have the person's place free for those who wait."""
    rolls = _uses_wheelchair(event.attendee_id)
    resize(event.household_id, event.people_left, now=event.now, in_wheelchair=rolls)


def on_places_found(event: PlacesFound) -> None:
    """Have the household's wish for the bus count from now on."""
    wake(event.household_id, now=event.now)


def on_person_added(event: PersonAdded) -> None:
    """Have the household ride with one more, or wait for seats for all."""
    rolls = _uses_wheelchair(event.attendee_id)
    enlarge(event.household_id, event.people, now=event.now, in_wheelchair=rolls)


def on_fair_copied(event: FairCopied) -> None:
    """Have the new fair begin with the buses of the earlier one, and plan with them."""
    copy_departures(event.from_id, event.to_id)
    copy_settings(event.from_id, event.to_id)


def on_fair_moved(event: FairMoved) -> None:
    """Have the buses go on the new day of the fair."""
    move_departures(event.fair_id, event.days)
    move_waves(event.fair_id, event.days)
    move_plans(event.fair_id, event.days)


def _uses_wheelchair(attendee_id: int) -> bool:
    needs = sa.exists().where(Need.attendee_id == attendee_id, Need.kind == NeedKind.WHEELCHAIR)
    return bool(assert_writing().scalar(sa.select(needs)))
