"""People who may be registered twice, with what tells them apart."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from jobfair.attendees.duplicates import Known, Pair, Reason, likely_pairs
from jobfair.attendees.models import Attendee, Household, KnownDistinct
from jobfair.attendees.rules import AttendeeState
from jobfair.core.db import session
from jobfair.core.errors import NotFound


@dataclass(frozen=True)
class Suspects:
    """Two people side by side, and what they share besides the sound of their names."""

    first: Attendee
    second: Attendee
    reasons: tuple[Reason, ...]


def list_pairs(fair_id: int, *, limit: int) -> tuple[int, list[Suspects]]:
    """Return how many pairs may be one person each, and the likeliest of them."""
    columns = (
        Attendee.id,
        Attendee.household_id,
        Attendee.name_key,
        Attendee.sound_key,
        Household.municipality,
        Attendee.birth_year,
        Household.phone,
    )
    come = (Attendee.fair_id == fair_id, Attendee.state == AttendeeState.REGISTERED)
    query = sa.select(*columns).join(Attendee.household).where(*come)
    pairs = likely_pairs([Known(*row) for row in session().execute(query)], _distinct(fair_id))
    return len(pairs), _side_by_side(pairs[:limit])


def find_pair(fair_id: int, first_id: int, second_id: int) -> tuple[Attendee, Attendee]:
    """Return two people of the fair who both come, in this order; raise NotFound."""
    found = _people({first_id, second_id})
    if len(found) < 2 or any(
        one.fair_id != fair_id or one.state is not AttendeeState.REGISTERED
        for one in found.values()
    ):
        raise NotFound("not_found")
    return found[first_id], found[second_id]


def _distinct(fair_id: int) -> frozenset[tuple[int, int]]:
    query = sa.select(KnownDistinct.first_id, KnownDistinct.second_id)
    rows = session().execute(query.where(KnownDistinct.fair_id == fair_id))
    return frozenset((first, second) for first, second in rows)


def _side_by_side(pairs: list[Pair]) -> list[Suspects]:
    found = _people({one for pair in pairs for one in (pair.first_id, pair.second_id)})
    return [Suspects(found[pair.first_id], found[pair.second_id], pair.reasons) for pair in pairs]


def _people(ids: set[int]) -> dict[int, Attendee]:
    """Return the people with household, partner and badge by their ids."""
    query = sa.select(Attendee).where(Attendee.id.in_(ids))
    home = joinedload(Attendee.household)
    loaded = query.options(home.joinedload(Household.partner), joinedload(Attendee.badge))
    return {one.id: one for one in session().scalars(loaded)}
