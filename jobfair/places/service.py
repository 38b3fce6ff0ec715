"""Use cases about places: serving those who wait, answering offers, ending them in time."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import Household
from jobfair.attendees.operations import cancel_household, lock_household
from jobfair.audit.operations import record
from jobfair.core.actor import SYSTEM, Actor
from jobfair.core.db import session, transaction
from jobfair.core.errors import NotFound
from jobfair.places import offers, operations
from jobfair.places.models import Offer
from jobfair.places.rules import OfferKind, OfferState


def accept_offer(household_id: int, kind: OfferKind, *, actor: Actor, now: datetime) -> None:
    """Have the household hold what it was offered; raise Conflict("offer_gone")."""
    with transaction():
        offers.accept(household_id, kind, now=now)
        _record(actor, "offer.accepted", household_id, now)


def decline_offer(household_id: int, kind: OfferKind, *, actor: Actor, now: datetime) -> None:
    """Have what was offered go to the next.

    Of places: who lets go of another window than the wished one waits on; who lets go of exactly
    what it wished does not come.
    """
    with transaction():
        offer = offers.decline(household_id, kind, now=now)
        _record(actor, "offer.declined", household_id, now)
        if kind is OfferKind.PLACES:
            if offer.window_id == lock_household(household_id).window_id:
                cancel_household(household_id, now=now)
            operations.serve_waiting(offer.fair_id, now=now)


def give_on_site(household_id: int, *, actor: Actor, now: datetime) -> None:
    """Have a household that waits and is there hold places; raise Conflict."""
    with transaction():
        operations.give_on_site(household_id, now=now)
        _record(actor, "places.given_on_site", household_id, now)


def expire_offers(*, now: datetime) -> int:
    """Have every offer end whose time is over, the next in line served; return how many."""
    due = sa.select(Offer.id, Offer.fair_id, Offer.kind).where(
        Offer.state == OfferState.OPEN, Offer.expires_at <= now
    )
    rows = session().execute(due.order_by(Offer.id)).all()
    for offer_id, fair_id, kind in rows:
        with transaction():
            offers.expire(offer_id, now=now)
            record(SYSTEM, "offer.expired", "offer", offer_id, now=now, fair_id=fair_id)
            if kind is OfferKind.PLACES:
                operations.serve_waiting(fair_id, now=now)
    return len(rows)


def _record(actor: Actor, action: str, household_id: int, now: datetime) -> None:
    query = sa.select(Household.fair_id).where(Household.id == household_id)
    fair_id = session().scalar(query)
    if fair_id is None:
        raise NotFound("not_found")
    record(actor, action, "household", household_id, now=now, fair_id=fair_id)
