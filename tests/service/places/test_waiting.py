"""Booking, waiting, offers and places on site, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.operations import cancel_household, cancel_person, holds_places
from jobfair.attendees.rules import (
    AttendeeKind,
    AttendeeState,
    HouseholdInput,
    HouseholdState,
    PersonInput,
)
from jobfair.core import clock
from jobfair.core.actor import SYSTEM
from jobfair.core.clock import frozen
from jobfair.core.db import db, session, transaction
from jobfair.core.errors import Conflict, Invalid
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.fairs.rules import Phase
from jobfair.places import operations as places
from jobfair.places.models import Offer
from jobfair.places.queries import find_offer, list_waiting, standing
from jobfair.places.rules import OFFER_LIFE, OfferKind, OfferState, Reason
from jobfair.places.service import accept_offer, decline_offer, expire_offers, give_on_site
from jobfair.telling.models import Notice
from jobfair.telling.queries import list_to_tell
from jobfair.telling.service import mark_told
from tests.factories import FAIR_STARTS, NOW, make_fair, make_window

LOCAL = "03459014"


def wish(people: int, key: str = "k", **more: Any) -> HouseholdInput:
    family = tuple(PersonInput(AttendeeKind.ADULT, f"P{n}", "Test") for n in range(people))
    return HouseholdInput(key, "de", LOCAL, "", "0541 501", family, **more)


def booked(fair: Fair, people: int, key: str, **more: Any) -> Household:
    with transaction():
        return places.book(fair.id, wish(people, key, **more), now=NOW)


def cancelled(household: Household) -> None:
    with transaction():
        cancel_household(household.id, now=NOW)


def fresh(household: Household) -> Household:
    session().expire_all()
    return session().get_one(Household, household.id)


def states(*households: Household) -> list[str]:
    session().expire_all()
    return [session().get_one(Household, one.id).state.value for one in households]


def taken(fair: Fair) -> int:
    session().expire_all()
    return session().get_one(Fair, fair.id).places_taken


def kinds() -> list[str]:
    return list(session().scalars(sa.select(Notice.kind).order_by(Notice.id)))


def test_a_full_fair_puts_the_household_on_the_waiting_list(app: Flask) -> None:
    fair = make_fair(capacity=4)
    one, two = booked(fair, 3, "a"), booked(fair, 2, "b")
    assert states(one, two) == ["registered", "waitlisted"]
    (waiting,) = list_waiting(fair)
    assert (waiting.position, waiting.people, waiting.reason) == (1, 2, Reason.FAIR_FULL)
    assert standing(fair, one.id) is None


def test_freed_places_go_to_who_waits_and_it_is_told(app: Flask) -> None:
    fair = make_fair(capacity=4)
    one, two = booked(fair, 4, "a"), booked(fair, 3, "b")
    cancelled(one)
    assert states(one, two) == ["cancelled", "registered"]
    assert taken(fair) == 3
    assert "places_found" in kinds()


def test_a_newcomer_overtakes_a_large_household_three_times(app: Flask) -> None:
    fair = make_fair(capacity=10)
    booked(fair, 6, "first")
    large = booked(fair, 5, "large")
    small = [booked(fair, 1, f"s{n}") for n in range(4)]
    assert states(large, *small) == ["waitlisted", *["registered"] * 3, "waitlisted"]
    assert fresh(large).passed_over == 3
    assert [one.household.id for one in list_waiting(fair)] == [large.id, small[3].id]


def test_one_person_fewer_can_make_a_waiting_household_fit(app: Flask) -> None:
    fair = make_fair(capacity=4)
    booked(fair, 2, "a")
    waiting = booked(fair, 3, "b")
    person = (
        session().scalars(sa.select(Attendee.id).where(Attendee.household_id == waiting.id)).first()
    )
    assert person is not None
    with transaction():
        cancel_person(person, now=NOW)
    assert states(waiting) == ["registered"]
    assert taken(fair) == 4


def test_windows_have_places_of_their_own(app: Flask) -> None:
    fair = make_fair(capacity=100)
    window, other = make_window(fair, capacity=3), make_window(fair, capacity=1)
    first = booked(fair, 2, "a", window_id=window.id)
    second = booked(fair, 2, "b", window_id=window.id)
    assert states(first, second) == ["registered", "waitlisted"]
    assert fresh(first).window_id == window.id
    assert list_waiting(fair)[0].reason is Reason.WINDOW_FULL
    assert session().get_one(ArrivalWindow, other.id).taken == 0


def test_another_window_is_offered_and_held(app: Flask) -> None:
    fair = make_fair(capacity=100)
    full, free = make_window(fair, capacity=2), make_window(fair, capacity=5)
    booked(fair, 2, "a", window_id=full.id)
    second = booked(fair, 2, "b", window_id=full.id)
    offer = find_offer(second.id, NOW)
    assert offer is not None
    assert (offer.window_id, offer.people, offer.expires_at) == (free.id, 2, None)
    assert taken(fair) == 4
    accept_offer(second.id, OfferKind.PLACES, actor=SYSTEM, now=NOW)
    assert fresh(second).window_id == free.id
    assert states(second) == ["registered"]
    assert session().get_one(ArrivalWindow, free.id).taken == 2


def test_the_wished_window_takes_the_place_of_an_offer(app: Flask) -> None:
    fair = make_fair(capacity=4)
    full, free = make_window(fair, capacity=2), make_window(fair, capacity=5)
    first = booked(fair, 2, "a", window_id=full.id)
    second = booked(fair, 2, "b", window_id=full.id)
    assert find_offer(second.id, NOW) is not None
    cancelled(first)
    assert find_offer(second.id, NOW) is None
    assert fresh(second).window_id == full.id
    assert states(second) == ["registered"]
    assert taken(fair) == 2
    assert session().get_one(ArrivalWindow, free.id).taken == 0


def test_who_wants_to_be_asked_gets_an_offer_that_ends_after_it_was_told(app: Flask) -> None:
    fair = make_fair(capacity=2)
    first = booked(fair, 2, "a")
    asked = booked(fair, 2, "b", take_at_once=False)
    next_one = booked(fair, 2, "c")
    cancelled(first)
    offer = find_offer(asked.id, NOW)
    assert offer is not None
    assert states(asked, next_one) == ["waitlisted", "waitlisted"]
    with frozen(NOW + timedelta(days=7)):
        assert expire_offers(now=clock.now()) == 0
    notice = session().scalars(sa.select(Notice).where(Notice.kind == "offer")).one()
    mark_told(fair.id, notice.id, actor=SYSTEM, now=NOW)
    with frozen(NOW + OFFER_LIFE - timedelta(minutes=1)):
        assert expire_offers(now=clock.now()) == 0
    with frozen(NOW + OFFER_LIFE):
        assert expire_offers(now=clock.now()) == 1
    assert states(asked, next_one) == ["waitlisted", "registered"]
    assert "offer_expired" in kinds()


def test_declining_passes_the_places_on(app: Flask) -> None:
    fair = make_fair(capacity=2)
    first = booked(fair, 2, "a")
    asked = booked(fair, 2, "b", take_at_once=False)
    next_one = booked(fair, 2, "c")
    cancelled(first)
    decline_offer(asked.id, OfferKind.PLACES, actor=SYSTEM, now=NOW + timedelta(minutes=1))
    assert states(asked, next_one) == ["cancelled", "registered"]
    with pytest.raises(Conflict, match="offer_gone"):
        accept_offer(asked.id, OfferKind.PLACES, actor=SYSTEM, now=NOW)


def test_cancelling_with_an_open_offer_frees_what_it_held(app: Flask) -> None:
    fair = make_fair(capacity=2)
    first, asked = booked(fair, 2, "a"), booked(fair, 2, "b", take_at_once=False)
    cancelled(first)
    assert taken(fair) == 2
    cancelled(asked)
    assert taken(fair) == 0


def test_one_more_person_needs_a_place(app: Flask) -> None:
    fair = make_fair(capacity=3)
    family = booked(fair, 2, "a")
    one_more = PersonInput(AttendeeKind.CHILD, "Lina")
    with transaction():
        places.add_person(family.id, one_more, now=NOW)
    assert taken(fair) == 3
    with pytest.raises(Conflict, match="no_place_for_one_more"), transaction():
        places.add_person(family.id, one_more, now=NOW)
    assert taken(fair) == 3


def test_changing_the_window_keeps_the_present_one_until_the_other_is_sure(app: Flask) -> None:
    fair = make_fair(capacity=9)
    here, there = make_window(fair, capacity=3), make_window(fair, capacity=2)
    family = booked(fair, 2, "a", window_id=here.id)
    with transaction():
        places.change_window(family.id, there.id, now=NOW)
    assert fresh(family).window_id == there.id
    other = booked(fair, 3, "b", window_id=here.id)
    with pytest.raises(Conflict, match="window_full"), transaction():
        places.change_window(family.id, here.id, now=NOW)
    assert [fresh(family).window_id, fresh(other).window_id] == [there.id, here.id]
    assert taken(fair) == 5


def test_who_can_never_fit_is_told_so(app: Flask) -> None:
    with pytest.raises(Invalid, match="household_never_fits"):
        booked(make_fair(capacity=2), 3, "a")


def test_places_of_no_shows_go_to_people_on_site(app: Flask) -> None:
    fair = make_fair(capacity=2)
    absent, there = booked(fair, 2, "a"), booked(fair, 1, "b")
    with transaction():
        session().get_one(Fair, fair.id).phase = Phase.RUNNING
    with pytest.raises(Conflict, match="fair_full"):
        give_on_site(there.id, actor=SYSTEM, now=FAIR_STARTS)
    with transaction():
        assert places.release(fair.id, [absent.id], now=FAIR_STARTS) == 2
    give_on_site(there.id, actor=SYSTEM, now=FAIR_STARTS)
    assert states(absent, there) == ["registered", "registered"]
    assert taken(fair) == 1
    with pytest.raises(Conflict, match="no_place_for_one_more"), transaction():
        places.add_person(absent.id, PersonInput(AttendeeKind.CHILD, "Lina"), now=FAIR_STARTS)
    cancelled(absent)
    assert taken(fair) == 1


def test_on_the_day_nobody_at_home_gets_places(app: Flask) -> None:
    fair = make_fair(capacity=2)
    first, waiting = booked(fair, 2, "a"), booked(fair, 2, "b")
    with transaction():
        session().get_one(Fair, fair.id).phase = Phase.RUNNING
    cancelled(first)
    assert states(waiting) == ["waitlisted"]


def in_threads(app: Flask, count: int, act: Callable[[int], object]) -> list[object]:
    """Run the act so often at the same instant, each in a context of its own."""
    barrier = Barrier(count)

    def one(number: int) -> object:
        barrier.wait()
        with app.app_context():
            try:
                return act(number)
            except Exception as error:
                return error
            finally:
                db.session.remove()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_four_hundred_households_for_the_last_hundred_places(app: Flask) -> None:
    fair_id = make_fair(capacity=500, places_taken=400).id
    sizes = [1 + number % 5 for number in range(400)]

    def register(number: int) -> str:
        with transaction():
            household = places.book(fair_id, wish(sizes[number], f"h{number}"), now=NOW)
            return household.state.value

    answers: list[object] = []
    for start in range(0, 400, 40):  # as many at a time as a server has connections
        answers += in_threads(app, 40, lambda number, start=start: register(start + number))
    assert set(answers) == {"registered", "waitlisted"}
    session().expire_all()
    rows = session().execute(
        sa.select(Household.state, sa.func.count(sa.distinct(Household.id)), sa.func.count())
        .join(Attendee, Attendee.household_id == Household.id)
        .group_by(Household.state)
    )
    found = {state: (households, people) for state, households, people in rows}
    placed, seated = found[HouseholdState.REGISTERED]
    assert answers.count("registered") == placed
    assert session().get_one(Fair, fair_id).places_taken == 400 + seated
    assert 95 <= seated <= 100
    passed = sa.select(sa.func.max(Household.passed_over))
    assert (session().scalar(passed) or 0) <= 3


def test_one_place_for_two_browsers(app: Flask) -> None:
    fair = make_fair(capacity=1)
    first, asked = booked(fair, 1, "a"), booked(fair, 1, "b", take_at_once=False)
    cancelled(first)
    household_id, fair_id = asked.id, fair.id
    answers = in_threads(
        app, 2, lambda _n: accept_offer(household_id, OfferKind.PLACES, actor=SYSTEM, now=NOW)
    )
    assert [type(one) for one in answers].count(Conflict) == 1
    assert session().get_one(Fair, fair_id).places_taken == 1


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["book", "ask", "cancel", "person", "more", "accept", "decline", "expire"]),
        st.integers(1, 5),
        st.integers(0, 2),
    ),
    max_size=25,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_counters_are_always_what_households_and_offers_hold(
    app: Flask, steps: list[tuple[str, int, int]]
) -> None:
    fair = make_fair(capacity=12)
    windows = [make_window(fair, capacity=5).id for _n in range(2)]
    for number, (step, size, place) in enumerate(steps):
        now = NOW + timedelta(minutes=number)
        try:
            _act(fair.id, windows, step, size, place, now)
        except (Conflict, Invalid):
            db.session.rollback()
        _check(fair.id)


def _act(fair_id: int, windows: list[int], step: str, size: int, place: int, now: datetime) -> None:
    ids = list(session().scalars(sa.select(Household.id).where(Household.fair_id == fair_id)))
    window = [None, *windows][place]
    if step in ("book", "ask"):
        family = wish(size, f"{now:%H%M}", window_id=window, take_at_once=step == "book")
        with transaction():
            places.book(fair_id, family, now=now)
        return
    if not ids:
        return
    chosen = ids[(size * 7 + place) % len(ids)]
    if step == "accept":
        accept_offer(chosen, OfferKind.PLACES, actor=SYSTEM, now=now)
    elif step == "decline":
        decline_offer(chosen, OfferKind.PLACES, actor=SYSTEM, now=now)
    else:
        _change(chosen, window, step, now)


def _change(chosen: int, window: int | None, step: str, now: datetime) -> None:
    with transaction() as current:
        if step == "cancel":
            cancel_household(chosen, now=now)
        elif step == "person":
            people = sa.select(Attendee.id).where(Attendee.household_id == chosen)
            cancel_person(current.scalars(people).first() or 0, now=now)
        elif step == "more":
            places.add_person(chosen, PersonInput(AttendeeKind.CHILD, "Lina"), now=now)
        elif window is not None:
            places.change_window(chosen, window, now=now)


def _check(fair_id: int) -> None:
    session().expire_all()
    fair = session().get_one(Fair, fair_id)
    held: dict[int | None, int] = {}
    for household in session().scalars(sa.select(Household).where(Household.fair_id == fair_id)):
        people = session().scalar(
            sa.select(sa.func.count()).where(
                Attendee.household_id == household.id, Attendee.state == AttendeeState.REGISTERED
            )
        )
        if holds_places(household):
            held[household.window_id] = held.get(household.window_id, 0) + (people or 0)
    offers = sa.select(Offer).where(Offer.fair_id == fair_id, Offer.state == OfferState.OPEN)
    for offer in session().scalars(offers):
        held[offer.window_id] = held.get(offer.window_id, 0) + offer.people
    assert fair.places_taken == sum(held.values()) <= fair.capacity
    for window in session().scalars(
        sa.select(ArrivalWindow).where(ArrivalWindow.fair_id == fair_id)
    ):
        assert window.taken == held.get(window.id, 0) <= window.capacity


def test_nobody_calls_about_an_offer_that_was_declined(app: Flask) -> None:
    fair = make_fair(capacity=2)
    first, asked = booked(fair, 2, "a"), booked(fair, 2, "b", take_at_once=False)
    cancelled(first)
    assert "offer" in [notice.kind for one in list_to_tell(fair.id) for notice in one.notices]
    decline_offer(asked.id, OfferKind.PLACES, actor=SYSTEM, now=NOW)
    to_tell = [notice.kind for one in list_to_tell(fair.id) for notice in one.notices]
    assert "offer" not in to_tell


def test_who_lets_go_of_another_window_waits_on_in_its_place(app: Flask) -> None:
    fair = make_fair(capacity=100)
    full, free = make_window(fair, capacity=2), make_window(fair, capacity=5)
    booked(fair, 2, "a", window_id=full.id)
    second = booked(fair, 2, "b", window_id=full.id)
    decline_offer(second.id, OfferKind.PLACES, actor=SYSTEM, now=NOW + timedelta(minutes=1))
    assert states(second) == ["waitlisted"]
    assert find_offer(second.id, NOW) is None
    assert (fresh(second).waiting_since, free.taken) == (NOW, 0)


def test_who_never_answers_is_not_offered_a_third_time(app: Flask) -> None:
    fair = make_fair(capacity=2)
    first, asked = booked(fair, 2, "a"), booked(fair, 2, "b", take_at_once=False)
    cancelled(first)
    at = NOW
    for _round in range(2):
        notice = (
            session()
            .scalars(sa.select(Notice).where(Notice.kind == "offer").order_by(Notice.id.desc()))
            .first()
        )
        assert notice is not None
        mark_told(fair.id, notice.id, actor=SYSTEM, now=at)
        at += OFFER_LIFE
        assert expire_offers(now=at) == 1
    assert find_offer(asked.id, at) is None
    assert states(asked) == ["waitlisted"]
    assert taken(fair) == 0
