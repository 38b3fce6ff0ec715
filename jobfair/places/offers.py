"""The offer engine: what is held for a household until it says yes, no, or nothing in time.

Each kind of offer has a keeper, who knows what accepting means and how to give back what was held.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import Household
from jobfair.attendees.operations import hold_places, lock_household
from jobfair.core.db import assert_writing
from jobfair.core.errors import Conflict
from jobfair.core.events import publish
from jobfair.fairs.operations import free_places, lock_fair
from jobfair.places.events import OfferExpired, OfferMade, PlacesFound
from jobfair.places.models import Offer
from jobfair.places.rules import OFFER_NOTICES, OfferKind, OfferState, expiry
from jobfair.telling.operations import drop_calls


@dataclass(frozen=True)
class Keeper:
    """What happens to what an offer holds; both work in the caller's transaction."""

    give: Callable[[Offer, datetime], None]
    take_back: Callable[[Offer, datetime], None]


def make_offer(
    household: Household,
    window_id: int | None,
    people: int,
    *,
    now: datetime,
    kind: OfferKind = OfferKind.PLACES,
) -> Offer:
    """Have this be held for the household until it answers; the caller has counted it."""
    session = assert_writing()
    offer = Offer(
        fair_id=household.fair_id,
        household_id=household.id,
        kind=kind,
        state=OfferState.OPEN,
        window_id=window_id,
        people=people,
        made_at=now,
    )
    session.add(offer)
    session.flush()
    publish(OfferMade(household.fair_id, household.id, offer.id, kind, now))
    return offer


def accept(household_id: int, kind: OfferKind, *, now: datetime) -> None:
    """Have the household hold what was offered; raise Conflict("offer_gone")."""
    offer = _lock_open(household_id, kind, now)
    _end(offer, OfferState.ACCEPTED, now)
    KEEPERS[kind].give(offer, now)


def decline(household_id: int, kind: OfferKind, *, now: datetime) -> Offer:
    """Have what was offered be free for others, and return it; raise Conflict("offer_gone")."""
    offer = _lock_open(household_id, kind, now)
    _end(offer, OfferState.DECLINED, now)
    KEEPERS[kind].take_back(offer, now)
    return offer


def expire(offer_id: int, *, now: datetime) -> None:
    """Have an offer end that was not answered in time; others react by telling the household."""
    session = assert_writing()
    offer = session.get(Offer, offer_id)
    if offer is None:
        return
    lock_fair(offer.fair_id)
    session.refresh(offer)
    if offer.state is not OfferState.OPEN or offer.expires_at is None or offer.expires_at > now:
        return
    _end(offer, OfferState.EXPIRED, now)
    KEEPERS[offer.kind].take_back(offer, now)
    if offer.kind is OfferKind.PLACES:
        _to_the_end(offer, now)
    publish(OfferExpired(offer.fair_id, offer.household_id, offer.id, offer.kind, now))


def withdraw(household_id: int, *, now: datetime, kind: OfferKind = OfferKind.PLACES) -> None:
    """Have no offer of that kind be open to the household; what was held is free."""
    offer = find_open(household_id, kind)
    if offer is not None:
        _end(offer, OfferState.WITHDRAWN, now)
        KEEPERS[kind].take_back(offer, now)


def shrink(household_id: int, people: int) -> None:
    """Have an open offer of places hold no more than so many."""
    offer = find_open(household_id, OfferKind.PLACES)
    if offer is not None and people < offer.people:
        free_places(offer.fair_id, offer.people - people, offer.window_id)
        offer.people = people


def note_told(offer_id: int, *, now: datetime | None) -> None:
    """Have the offer's time run from when the household was told; None where it was not."""
    session = assert_writing()
    offer = session.get(Offer, offer_id, with_for_update=True, populate_existing=True)
    if offer is None or offer.state is not OfferState.OPEN:
        return
    if now is None:
        offer.told_at = offer.expires_at = None
    elif offer.told_at is None:
        starts_at = lock_fair(offer.fair_id).starts_at
        offer.told_at, offer.expires_at = now, expiry(now, starts_at)


def find_open(household_id: int, kind: OfferKind) -> Offer | None:
    """Return the household's open offer of that kind, as it is now."""
    query = sa.select(Offer).where(
        Offer.household_id == household_id, Offer.kind == kind, Offer.state == OfferState.OPEN
    )
    return assert_writing().scalar(query.execution_options(populate_existing=True))


def _lock_open(household_id: int, kind: OfferKind, now: datetime) -> Offer:
    """Return the open offer, the fair's row locked before it is read."""
    session = assert_writing()
    fair_id = session.scalar(sa.select(Household.fair_id).where(Household.id == household_id))
    if fair_id is None:
        raise Conflict("offer_gone")
    lock_fair(fair_id)
    offer = find_open(household_id, kind)
    if offer is None or (offer.expires_at is not None and offer.expires_at <= now):
        raise Conflict("offer_gone")
    return offer


def _end(offer: Offer, state: OfferState, now: datetime) -> None:
    offer.state, offer.answered_at = state, now
    assert_writing().flush()
    drop_calls(offer.household_id, (OFFER_NOTICES[offer.kind],))


def _to_the_end(offer: Offer, now: datetime) -> None:
    """Have a household that did not answer about what it had wished wait behind the others."""
    household = lock_household(offer.household_id)
    if household.waiting_since is not None and offer.window_id == household.window_id:
        household.waiting_since, household.passed_over = now, 0


def _give_places(offer: Offer, now: datetime) -> None:
    household = lock_household(offer.household_id)
    hold_places(household, offer.window_id)
    assert_writing().flush()
    publish(PlacesFound(offer.fair_id, offer.household_id, now))


def _free_places(offer: Offer, _now: datetime) -> None:
    free_places(offer.fair_id, offer.people, offer.window_id)


KEEPERS: dict[OfferKind, Keeper] = {OfferKind.PLACES: Keeper(_give_places, _free_places)}
