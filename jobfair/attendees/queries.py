"""Reads about households and people."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdState
from jobfair.core.codes import normalise_code
from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.core.text import clean_line, name_key

SEARCH_MOST = 120
BY_NAME = (sa.func.lower(Attendee.family_name), sa.func.lower(Attendee.given_name), Attendee.id)


@dataclass(frozen=True)
class AttendeeCounts:
    """How many are registered at a fair; the groups are ordered by size, largest first."""

    households: int
    people: int
    children: int
    cancelled: int
    by_language: tuple[tuple[str, int], ...]
    by_municipality: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Filters:
    """What the organiser's list is narrowed to; empty means all."""

    text: str = ""
    spoken: str = ""
    municipality: str = ""
    state: str = ""


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


def find_submission(fair_id: int, submission_key: str) -> Household | None:
    """Return the household that this submission made."""
    query = sa.select(Household).where(
        Household.fair_id == fair_id, Household.submission_key == submission_key
    )
    return session().scalar(query)


def counts(fair_id: int) -> AttendeeCounts:
    """Return the figures of the fair's registrations."""
    query = (
        sa.select(
            sa.func.count().filter(Attendee.state == AttendeeState.REGISTERED),
            sa.func.count().filter(
                Attendee.state == AttendeeState.REGISTERED, Attendee.kind == AttendeeKind.CHILD
            ),
            sa.func.count().filter(Attendee.state == AttendeeState.CANCELLED),
        )
        .select_from(Attendee)
        .where(Attendee.fair_id == fair_id)
    )
    people, children, cancelled = session().execute(query).one()
    households = session().scalar(
        sa.select(sa.func.count()).where(
            Household.fair_id == fair_id, Household.state == HouseholdState.REGISTERED
        )
    )
    return AttendeeCounts(
        households=households or 0,
        people=people,
        children=children,
        cancelled=cancelled,
        by_language=_people_by(fair_id, Household.lang),
        by_municipality=_people_by(fair_id, Household.municipality),
    )


def search_people(fair_id: int, text: str, limit: int) -> list[Attendee]:
    """Return people whose name, code, phone or e-mail matches, with household and badge."""
    query = (
        sa.select(Attendee)
        .join(Attendee.household)
        .where(Attendee.fair_id == fair_id, *_matches(text))
        .order_by(*BY_NAME)
        .limit(limit)
        .options(joinedload(Attendee.household), joinedload(Attendee.badge))
    )
    return list(session().scalars(query)) if text.strip() else []


def list_people(
    fair_id: int, filters: Filters, *, limit: int | None = None, offset: int = 0
) -> tuple[int, list[Attendee]]:
    """Return how many people match the filters, and a page of them by name."""
    narrowed = [Attendee.fair_id == fair_id, *_narrowed(filters)]
    total = session().scalar(
        sa.select(sa.func.count()).select_from(Attendee).join(Attendee.household).where(*narrowed)
    )
    query = (
        sa.select(Attendee)
        .join(Attendee.household)
        .where(*narrowed)
        .order_by(*BY_NAME)
        .limit(limit)
        .offset(offset)
        .options(joinedload(Attendee.household), joinedload(Attendee.badge))
    )
    return total or 0, list(session().scalars(query))


def languages_of(fair_id: int) -> list[str]:
    """Return the languages that households of the fair speak."""
    query = sa.select(Household.lang).where(Household.fair_id == fair_id).distinct()
    return sorted(session().scalars(query))


def _people_by(fair_id: int, column: InstrumentedAttribute[str]) -> tuple[tuple[str, int], ...]:
    number = sa.func.count()
    query = (
        sa.select(column, number)
        .join(Attendee, Attendee.household_id == Household.id)
        .where(Household.fair_id == fair_id, Attendee.state == AttendeeState.REGISTERED)
        .group_by(column)
        .order_by(number.desc(), column)
    )
    return tuple((value, size) for value, size in session().execute(query))


def _narrowed(filters: Filters) -> list[sa.ColumnElement[bool]]:
    rules = list(_matches(filters.text)) if filters.text.strip() else []
    if filters.spoken:
        rules.append(Household.lang == filters.spoken)
    if filters.municipality:
        rules.append(Household.municipality == filters.municipality)
    if filters.state in set(AttendeeState):
        rules.append(Attendee.state == AttendeeState(filters.state))
    return rules


def _matches(text: str) -> Sequence[sa.ColumnElement[bool]]:
    """Return the conditions of a search: a code alone, else each word in name or contact."""
    if code := normalise_code(text):
        held = sa.select(BadgeCode.attendee_id).where(BadgeCode.code == code)
        return [Attendee.id.in_(held)]
    line = clean_line(text, SEARCH_MOST)
    return [_word_matches(word) for word in line.split()] or [sa.false()]


def _word_matches(word: str) -> sa.ColumnElement[bool]:
    found = [Household.email.icontains(word, autoescape=True)]
    if key := name_key(word):
        found.append(Attendee.name_key.contains(key, autoescape=True))
    digits = "".join(char for char in word if char.isdecimal())
    if len(digits) >= 3:
        plain = sa.func.replace(sa.func.replace(Household.phone, " ", ""), "-", "")
        found.append(plain.contains(digits, autoescape=True))
    return sa.or_(*found)
