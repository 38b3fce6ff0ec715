"""Reads about who waits, why, and what is offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from jobfair.attendees.models import Household
from jobfair.attendees.operations import coming
from jobfair.attendees.rules import HouseholdState
from jobfair.core.db import Utc, session
from jobfair.fairs.models import Fair
from jobfair.fairs.queries import list_windows
from jobfair.places.line import room_of
from jobfair.places.models import Offer
from jobfair.places.rules import Entry, OfferKind, OfferState, Reason, reason_of


@dataclass(frozen=True)
class Waiting:
    """A household on the waiting list: its place from 1, why it waits, what it was offered.

    `free` is how many places are free where it wishes to be.
    """

    household: Household
    position: int
    people: int
    reason: Reason
    free: int
    offer: Offer | None


def list_waiting(fair: Fair) -> list[Waiting]:
    """Return all who wait, first come first, with people, window and partner."""
    households = session().scalars(_of(fair).order_by(Household.waiting_since, Household.id))
    return _with_reasons(fair, list(enumerate(households, 1)))


def standing(fair: Fair, household_id: int) -> Waiting | None:
    """Return how the household stands on the waiting list, None where it doesn't wait."""
    household = session().scalar(_of(fair).where(Household.id == household_id))
    if household is None:
        return None
    (found,) = _with_reasons(fair, [(place_in_line(household), household)])
    return found


def place_in_line(household: Household) -> int:
    """Return the household's place among those who wait, from 1."""
    own = sa.tuple_(sa.literal(household.waiting_since, Utc()), sa.literal(household.id))
    ahead = sa.select(sa.func.count()).where(
        Household.fair_id == household.fair_id,
        Household.state == HouseholdState.WAITLISTED,
        sa.tuple_(Household.waiting_since, Household.id) < own,
    )
    return (session().scalar(ahead) or 0) + 1


def _of(fair: Fair) -> sa.Select[Household]:
    """Return the query of who waits, with people, window and partner."""
    return (
        sa.select(Household)
        .where(Household.fair_id == fair.id, Household.state == HouseholdState.WAITLISTED)
        .options(
            selectinload(Household.people),
            joinedload(Household.window),
            joinedload(Household.partner),
        )
    )


def count_waiting(fair_id: int) -> int:
    """Return how many households wait."""
    query = sa.select(sa.func.count()).where(
        Household.fair_id == fair_id, Household.state == HouseholdState.WAITLISTED
    )
    return session().scalar(query) or 0


def find_offer(
    household_id: int, now: datetime, kind: OfferKind = OfferKind.PLACES
) -> Offer | None:
    """Return the offer of that kind that the household can answer."""
    query = sa.select(Offer).where(
        Offer.household_id == household_id,
        Offer.kind == kind,
        Offer.state == OfferState.OPEN,
        sa.or_(Offer.expires_at.is_(None), Offer.expires_at > now),
    )
    return session().scalar(query)


def has_accepted(household_id: int, offer_id: str) -> bool:
    """Tell whether the household has said yes to the offer of that id."""
    accepted = sa.select(Offer.id).where(
        Offer.household_id == household_id, Offer.state == OfferState.ACCEPTED
    )
    return offer_id in map(str, session().scalars(accepted))


def _with_reasons(fair: Fair, households: Sequence[tuple[int, Household]]) -> list[Waiting]:
    room = room_of(fair, {window.id: window for window in list_windows(fair.id)})
    offers = _open_offers(fair.id)
    found = []
    for position, household in households:
        entry = Entry(household.id, len(coming(household)), household.window_id)
        offer = offers.get(household.id)
        free = room.free
        if household.window_id is not None:
            free = min(free, room.windows.get(household.window_id, 0))
        reason = reason_of(entry, room, offered=offer is not None)
        found.append(Waiting(household, position, entry.people, reason, free, offer))
    return found


def _open_offers(fair_id: int) -> dict[int, Offer]:
    query = sa.select(Offer).where(
        Offer.fair_id == fair_id,
        Offer.kind == OfferKind.PLACES,
        Offer.state == OfferState.OPEN,
    )
    return {offer.household_id: offer for offer in session().scalars(query)}
