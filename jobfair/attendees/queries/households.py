"""Reads about households, and the figures of a fair's registrations."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from jobfair.attendees.models import Attendee, Household, Need
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdState, NeedKind
from jobfair.core.db import session
from jobfair.core.errors import NotFound

COMES = (
    Household.state == HouseholdState.REGISTERED,
    Attendee.state == AttendeeState.REGISTERED,
)


@dataclass(frozen=True)
class Totals:
    """How many people are registered, wait and don't come any more."""

    households: int
    people: int
    children: int
    waiting: int
    cancelled: int


@dataclass(frozen=True)
class AttendeeCounts:
    """How many are registered at a fair; the groups are ordered by size, largest first."""

    households: int
    people: int
    children: int
    cancelled: int
    by_language: tuple[tuple[str, int], ...]
    by_municipality: tuple[tuple[str, int], ...]


def find_household(household_id: int) -> Household | None:
    """Return the household with its people and badges."""
    query = sa.select(Household).where(Household.id == household_id)
    return session().scalar(
        query.options(selectinload(Household.people).joinedload(Attendee.badge))
    )


def get_household(household_id: int) -> Household:
    """Return the household with its people and badges; raise NotFound."""
    household = find_household(household_id)
    if household is None:
        raise NotFound("not_found")
    return household


def get_whole_household(household_id: int) -> Household:
    """Return the household also with its people's needs, window and partner; raise NotFound."""
    people = selectinload(Household.people)
    query = sa.select(Household).where(Household.id == household_id)
    household = session().scalar(
        query.options(
            people.joinedload(Attendee.badge),
            people.selectinload(Attendee.needs),
            joinedload(Household.window),
            joinedload(Household.partner),
        )
    )
    if household is None:
        raise NotFound("not_found")
    return household


def count_wheelchairs(household_id: int) -> int:
    """Return how many of the household who come use a wheelchair."""
    query = (
        sa.select(sa.func.count())
        .select_from(Need)
        .join(Attendee, Attendee.id == Need.attendee_id)
        .where(
            Attendee.household_id == household_id,
            Attendee.state == AttendeeState.REGISTERED,
            Need.kind == NeedKind.WHEELCHAIR,
        )
    )
    return session().scalar(query) or 0


def find_submission(fair_id: int, submission_key: str) -> Household | None:
    """Return the household that this submission made."""
    query = sa.select(Household).where(
        Household.fair_id == fair_id, Household.submission_key == submission_key
    )
    return session().scalar(query)


def totals(fair_id: int) -> Totals:
    """Return the figures above the organiser's list."""
    mine = Household.fair_id == fair_id
    waiting = sa.select(Household.id).where(mine, Household.state == HouseholdState.WAITLISTED)
    waits, left = Attendee.household_id.in_(waiting), Attendee.state == AttendeeState.CANCELLED
    query = sa.select(
        sa.func.count().filter(~left, ~waits),
        sa.func.count().filter(~left, ~waits, Attendee.kind == AttendeeKind.CHILD),
        sa.func.count().filter(~left, waits),
        sa.func.count().filter(left),
    ).where(Attendee.fair_id == fair_id)
    people, children, waiting_people, cancelled = session().execute(query).one()
    registered = sa.select(sa.func.count()).where(
        mine, Household.state == HouseholdState.REGISTERED
    )
    households = session().scalar(registered) or 0
    return Totals(households, people, children, waiting_people, cancelled)


def counts(fair_id: int) -> AttendeeCounts:
    """Return the figures of the fair's registrations, and who comes from where."""
    all_in_all = totals(fair_id)
    return AttendeeCounts(
        households=all_in_all.households,
        people=all_in_all.people,
        children=all_in_all.children,
        cancelled=all_in_all.cancelled,
        by_language=_people_by(fair_id, Household.lang),
        by_municipality=_people_by(fair_id, Household.municipality),
    )


def _people_by(fair_id: int, column: InstrumentedAttribute[str]) -> tuple[tuple[str, int], ...]:
    number = sa.func.count()
    query = (
        sa.select(column, number)
        .join(Attendee, Attendee.household_id == Household.id)
        .where(Household.fair_id == fair_id, *COMES)
        .group_by(column)
        .order_by(number.desc(), column)
    )
    return tuple((value, size) for value, size in session().execute(query))
