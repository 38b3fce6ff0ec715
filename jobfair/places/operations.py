"""Steps about places in the caller's transaction: booking, serving those who wait, on site.

Whoever changes places holds the fair's row and then its windows, so the figures that are decided
on stay true until the end; `ck_fair_places` and `ck_arrival_window_places` have the last word.
"""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.events import PersonAdded
from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.operations import (
    add_household,
    add_people,
    coming,
    hold_places,
    holds_places,
    lock_household,
)
from jobfair.attendees.rules import HouseholdInput, HouseholdState, PersonInput
from jobfair.core.db import assert_writing
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.core.events import publish
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import free_places, lock_fair, lock_windows, take_places
from jobfair.fairs.rules import Phase
from jobfair.places.events import PlacesFound
from jobfair.places.line import Line, line_of, room_of
from jobfair.places.models import Offer
from jobfair.places.offers import make_offer, withdraw
from jobfair.places.rules import Entry, Grant, OfferKind, OfferState, Served, serve

NEWCOMER = 0


def book(
    fair_id: int, wish: HouseholdInput, *, now: datetime, only_wait: bool = False
) -> Household:
    """Have the household hold places if the line allows it, else stand at the line's end.

    On the day itself there is no line: who is there has places or raises
    Conflict("fair_full", left=…). With `only_wait` it joins the line in any case. Raises
    NotFound("window_unknown") and Invalid("household_never_fits", most=…).
    """
    fair = lock_fair(fair_id)
    _assert_can_fit(fair, wish)
    household = add_household(fair_id, wish, now=now)
    if is_day(fair, now):
        take_places(fair_id, len(wish.people))
        hold_places(household, None)
        assert_writing().flush()
    elif not only_wait:
        _serve(fair, now, newcomer=household.id)
    return household


def serve_waiting(fair_id: int, *, now: datetime) -> None:
    """Have those who wait hold the places that are free, or be offered them, after the rule."""
    _serve(lock_fair(fair_id), now)


def add_person(household_id: int, person: PersonInput, *, now: datetime) -> Attendee:
    """Have one more of the household come; raise Conflict("no_place_for_one_more")."""
    household = lock_household(household_id)
    session = assert_writing()
    if household.state is HouseholdState.CANCELLED:
        raise Conflict("household_cancelled")
    if household.released_at is not None:
        raise Conflict("no_place_for_one_more")
    if holds_places(household):
        _take_in_line(household, household.window_id, 1, now)
    else:
        withdraw(household.id, now=now)
    (added,) = add_people(household, (person,), now=now)
    people = len(coming(lock_household(household.id)))
    session.flush()
    publish(PersonAdded(household.fair_id, household.id, added.id, people, now))
    serve_waiting(household.fair_id, now=now)
    return added


def change_window(household_id: int, window_id: int, *, now: datetime) -> None:
    """Have the household arrive in that window, or wish it where it waits.

    Its places in the present window stay until the other's are sure: raises
    Conflict("window_full").
    """
    household = lock_household(household_id)
    if window_id not in lock_windows(household.fair_id):
        raise NotFound("window_unknown")
    if window_id == household.window_id:
        return
    if household.state is HouseholdState.WAITLISTED:
        withdraw(household.id, now=now)
    elif holds_places(household):
        _swap(household, window_id, now)
    household.window_id = window_id
    assert_writing().flush()
    serve_waiting(household.fair_id, now=now)


def give_on_site(household_id: int, *, now: datetime) -> None:
    """Have a waiting household that is there hold places; raise Conflict("fair_full", left=…)."""
    household = lock_household(household_id)
    if household.state is not HouseholdState.WAITLISTED:
        raise Conflict("not_waiting")
    withdraw(household.id, now=now)
    take_places(household.fair_id, len(coming(household)))
    hold_places(household, None)
    assert_writing().flush()
    publish(PlacesFound(household.fair_id, household.id, now))


def release(fair_id: int, household_ids: Collection[int], *, now: datetime) -> int:
    """Have the places of these households, who did not come, free for people on site.

    They stay registered and are let in if they come late. Return how many places became free.
    """
    fair, freed = lock_fair(fair_id), 0
    for household_id in sorted(household_ids):
        household = lock_household(household_id)
        if holds_places(household) and household.fair_id == fair_id:
            people = len(coming(household))
            free_places(fair_id, people, household.window_id)
            household.released_at = now
            freed += people
    fair.no_shows_released_at = now
    return freed


def is_day(fair: Fair, now: datetime) -> bool:
    """Tell whether the fair's day has come, on which only those get places who are there."""
    return fair.phase in (Phase.RUNNING, Phase.OVER) or now >= fair.starts_at


def _serve(fair: Fair, now: datetime, newcomer: int | None = None) -> None:
    """Serve the line; those who waited before are told, a newcomer is by its confirmation."""
    if fair.phase not in (Phase.OPEN, Phase.CLOSED) or is_day(fair, now):
        return
    assert_writing().flush()
    if not _may_serve(fair):
        return
    windows = lock_windows(fair.id)
    line = line_of(fair.id)
    served = serve(line.entries, room_of(fair, windows))
    _note_passed(line, served)
    for grant in served.grants:
        _give(line, grant, now, newcomer)


def _may_serve(fair: Fair) -> bool:
    """Tell whether anything is free, or held by offers for those who wish another window."""
    if fair.places_taken < fair.capacity:
        return True
    held = sa.exists().where(
        Offer.fair_id == fair.id,
        Offer.kind == OfferKind.PLACES,
        Offer.state == OfferState.OPEN,
    )
    return bool(assert_writing().scalar(sa.select(held)))


def _note_passed(line: Line, served: Served) -> None:
    for household in line.households.values():
        household.passed_over = served.passed_over[household.id]


def _give(line: Line, grant: Grant, now: datetime, newcomer: int | None) -> None:
    household = line.households[grant.entry.household_id]
    if grant.entry.held:
        withdraw(household.id, now=now)
    take_places(household.fair_id, grant.entry.people, grant.window_id)
    if grant.is_offer:
        make_offer(household, grant.window_id, grant.entry.people, now=now)
        return
    hold_places(household, grant.window_id)
    assert_writing().flush()
    if household.id != newcomer:
        publish(PlacesFound(household.fair_id, household.id, now))


def _take_in_line(household: Household, window_id: int | None, people: int, now: datetime) -> None:
    """Have more places of a registered household counted, behind those who wait."""
    fair = lock_fair(household.fair_id)
    if is_day(fair, now):
        take_places(fair.id, people)
        return
    line = line_of(fair.id)
    entry = Entry(NEWCOMER, people, window_id)
    served = serve((*line.entries, entry), room_of(fair, lock_windows(fair.id)))
    if not any(grant.entry is entry and not grant.is_offer for grant in served.grants):
        raise Conflict("no_place_for_one_more")
    _note_passed(line, served)
    take_places(fair.id, people, window_id)


def _swap(household: Household, window_id: int, now: datetime) -> None:
    """Have the places of a registered household be in the other window."""
    people = len(coming(household))
    free_places(household.fair_id, people, household.window_id)
    try:
        _take_in_line(household, window_id, people, now)
    except Conflict:
        take_places(household.fair_id, people, household.window_id)
        raise Conflict("window_full") from None


def _assert_can_fit(fair: Fair, wish: HouseholdInput) -> None:
    most = fair.capacity
    if wish.window_id is not None:
        window = lock_windows(fair.id).get(wish.window_id)
        if window is None:
            raise NotFound("window_unknown")
        most = min(most, window.capacity)
    if len(wish.people) > most:
        raise Invalid("household_never_fits", most=most)
