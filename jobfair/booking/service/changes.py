"""Use cases of a household that changes its registration, itself or through its counsellor."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.events import HouseholdChanged
from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.operations import cancel_household, coming, lock_household
from jobfair.attendees.queries import count_wheelchairs
from jobfair.attendees.rules import (
    HOUSEHOLD_MOST,
    AttendeeState,
    HouseholdState,
    PersonInput,
    can_cancel,
)
from jobfair.audit.operations import record
from jobfair.booking.household import wished_ride
from jobfair.booking.operations import ride_wish
from jobfair.booking.rules import RideInput
from jobfair.core.actor import Actor
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.core.events import publish
from jobfair.fairs.queries import get_fair
from jobfair.places import operations as places
from jobfair.privacy import operations as privacy
from jobfair.privacy.registry import Subject
from jobfair.shuttle.operations import RideWish, change_rides


def add_person(household_id: int, person: PersonInput, *, actor: Actor, now: datetime) -> None:
    """Have one more of the household come, with a badge of their own.

    Raises Conflict("no_place_for_one_more") and Invalid("household_size").
    """
    with transaction():
        household = _changeable(household_id, now)
        if len(coming(household)) >= HOUSEHOLD_MOST:
            raise Invalid("household_size", most=HOUSEHOLD_MOST)
        places.add_person(household_id, person, now=now)
        _note(household, "household.person_added", (), actor, now)


def change_window(household_id: int, window_id: int, *, actor: Actor, now: datetime) -> None:
    """Have the household arrive at another time; its present places stay until that is sure.

    Raises Conflict("window_full") and NotFound("window_unknown").
    """
    with transaction():
        household = _changeable(household_id, now)
        places.change_window(household_id, window_id, now=now)
        _note(household, "household.changed", ("window",), actor, now)


def change_ride(household_id: int, ride: RideInput | None, *, actor: Actor, now: datetime) -> None:
    """Have the household ride as it wishes now; None gives its seats back.

    Raises Conflict("seats_not_free"), where it keeps those that it has, and
    Invalid("no_departure").
    """
    with transaction():
        household = _changeable(household_id, now)
        wish = _wish(household, ride) if ride else None
        resting = household.state is HouseholdState.WAITLISTED
        change_rides(wish, household_id, now=now, resting=resting)
        _note(household, "household.changed", ("ride",), actor, now)


def fit_wheelchairs(household_id: int, before: int, *, actor: Actor, now: datetime) -> bool:
    """Have the household's rides have room for the wheelchairs that its people need.

    Places of those of them that they needed `before` and need no more are free, if there are seats
    instead. Returns False where no bus has the places: then the rides stay as they are, and
    somebody has to call.
    """
    wished, needed = wished_ride(household_id), count_wheelchairs(household_id)
    if wished is None:
        return True
    wheelchairs = max(needed, wished.wheelchairs - max(0, before - needed))
    if wheelchairs == wished.wheelchairs:
        return True
    try:
        change_ride(household_id, replace(wished, wheelchairs=wheelchairs), actor=actor, now=now)
    except (Conflict, Invalid):
        return wheelchairs < wished.wheelchairs
    return True


def delete(household_id: int, *, actor: Actor, now: datetime) -> None:
    """Have the household's places and seats be free and nothing left that says who it was."""
    with transaction():
        household = lock_household(household_id)
        if household.erased_at is not None:
            raise NotFound("not_found")
        fair = get_fair(household.fair_id)
        if can_cancel(fair.phase, fair.ends_at, now):
            cancel_household(household_id, now=now)
        privacy.erase(Subject.HOUSEHOLD, household_id, actor, now=now)


def _wish(household: Household, ride: RideInput) -> RideWish:
    """Return what the shuttle is asked for, with room for the wheelchairs of who comes."""
    query = sa.select(Attendee).where(
        Attendee.household_id == household.id, Attendee.state == AttendeeState.REGISTERED
    )
    people = session().scalars(query.options(selectinload(Attendee.needs))).all()
    return ride_wish(household.fair_id, household.id, ride, people)


def _changeable(household_id: int, now: datetime) -> Household:
    """Return the household with its people, locked; raise Conflict where it is too late.

    One that was forgotten meanwhile raises NotFound.
    """
    household = lock_household(household_id)
    if household.erased_at is not None:
        raise NotFound("not_found")
    fair = get_fair(household.fair_id)
    if household.state is HouseholdState.CANCELLED:
        raise Conflict("household_cancelled")
    if not can_cancel(fair.phase, fair.ends_at, now):
        raise Conflict("changed_too_late")
    return household


def _note(
    household: Household, action: str, fields: tuple[str, ...], actor: Actor, now: datetime
) -> None:
    record(
        actor,
        action,
        "household",
        household.id,
        now=now,
        fair_id=household.fair_id,
        fields=fields,
    )
    if fields:
        publish(HouseholdChanged(household.fair_id, household.id, fields, now))
