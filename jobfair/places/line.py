"""The waiting list as the rule sees it: who waits, in which order, beside what is free."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.core.db import session
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.places.models import Offer
from jobfair.places.rules import UNANSWERED_MOST, Entry, OfferKind, OfferState, Room

REFUSED = (OfferState.DECLINED, OfferState.EXPIRED)


@dataclass(frozen=True)
class Line:
    """Those who wait, first come first, and their rows."""

    entries: tuple[Entry, ...]
    households: Mapping[int, Household]


def line_of(fair_id: int) -> Line:
    """Return who waits; who is asked about exactly what it wished stands aside until it answers.

    So does who let two such offers pass without an answer.
    """
    coming = sa.and_(
        Attendee.household_id == Household.id, Attendee.state == AttendeeState.REGISTERED
    )
    query = (
        sa.select(Household, sa.func.count(Attendee.id))
        .join(Attendee, coming)
        .where(Household.fair_id == fair_id, Household.state == HouseholdState.WAITLISTED)
        .group_by(Household.id)
        .order_by(Household.waiting_since, Household.id)
        .execution_options(populate_existing=True)
    )
    rows = session().execute(query).all()
    offers = _offers(fair_id) if rows else {}
    entries, households = [], {}
    for household, size in rows:
        entry = _entry(household, size, offers.get(household.id, []))
        if entry is not None:
            entries.append(entry)
            households[household.id] = household
    return Line(tuple(entries), households)


def room_of(fair: Fair, windows: Mapping[int, ArrivalWindow]) -> Room:
    """Return what is free at the fair and in its windows."""
    return Room(
        free=fair.capacity - fair.places_taken,
        windows={key: window.capacity - window.taken for key, window in windows.items()},
        capacity=fair.capacity,
        window_capacities={key: window.capacity for key, window in windows.items()},
    )


def _offers(fair_id: int) -> Mapping[int, list[Offer]]:
    query = sa.select(Offer).where(
        Offer.fair_id == fair_id,
        Offer.kind == OfferKind.PLACES,
        Offer.state.in_((OfferState.OPEN, *REFUSED)),
    )
    found: dict[int, list[Offer]] = defaultdict(list)
    for offer in session().scalars(query.execution_options(populate_existing=True)):
        found[offer.household_id].append(offer)
    return found


def _is_silent(household: Household, offers: list[Offer]) -> bool:
    """Tell whether the household did not answer time and again: then somebody has to call it."""
    unanswered = [
        offer
        for offer in offers
        if offer.state is OfferState.EXPIRED and offer.window_id == household.window_id
    ]
    return len(unanswered) >= UNANSWERED_MOST


def _entry(household: Household, people: int, offers: list[Offer]) -> Entry | None:
    """Return the household's place in the line, None while it is asked about what it wished."""
    held = next((offer for offer in offers if offer.state is OfferState.OPEN), None)
    if (held and held.window_id == household.window_id) or _is_silent(household, offers):
        return None
    refused = {one.window_id for one in offers if one.state in REFUSED and one.window_id}
    return Entry(
        household_id=household.id,
        people=people,
        window_id=household.window_id,
        passed_over=household.passed_over,
        at_once=household.take_at_once,
        held=held.people if held else 0,
        held_in=held.window_id if held else None,
        refused=frozenset(refused - {household.window_id}),
    )
