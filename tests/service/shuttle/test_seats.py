"""Seats: never oversold, households whole, both rides or none, those who wait in their order."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import selectinload

from jobfair.attendees.models import Household
from jobfair.attendees.operations import cancel_household, cancel_person
from jobfair.attendees.rules import HouseholdState
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict, Invalid
from jobfair.fairs.models import Fair
from jobfair.mail.models import OutboxMail
from jobfair.shuttle.models import Ride, RideRequest, Stop
from jobfair.shuttle.operations import RideWish, lock_departures, promote, release, request_rides
from jobfair.shuttle.operations import resize as resize_request
from jobfair.shuttle.queries import counts, journey_of, list_departures
from jobfair.shuttle.rules import Direction, RequestState, Ways, directions
from jobfair.shuttle.seating import Seating, seat_request
from tests.factories import NOW, make_departure, make_fair, make_household, make_stop

MINUTE = timedelta(minutes=1)


@dataclass
class Town:
    """A fair with two stops, two lines out and two waves home."""

    fair: Fair
    stops: list[Stop]

    def household(self, n: int) -> int:
        """Add a household of which only the number of its people matters."""
        household = Household(
            fair_id=self.fair.id,
            submission_key=f"h{n}",
            state=HouseholdState.REGISTERED,
            lang="uk",
            municipality="03459014",
            registered_at=NOW,
        )
        with transaction() as current:
            current.add(household)
        return household.id


def town(seats: int = 4) -> Town:
    """Make the fair and its buses."""
    fair = make_fair()
    stops = [make_stop(), make_stop()]
    make_departure(fair, stops, line=1, seats=seats)
    make_departure(fair, stops[:1], line=2, seats=seats)
    for wave in (0, 1):
        at = fair.ends_at + wave * timedelta(hours=1)
        given = {"direction": Direction.BACK, "line": 1, "wave": wave, "fair_at": at}
        make_departure(fair, stops, seats=seats, **given)
    return Town(fair, stops)


def ask(place: Town, household_id: int, people: int, **wish: Any) -> RideRequest:
    """Request rides in a transaction of its own."""
    defaults = {"ways": Ways.BOTH, "stop_id": place.stops[0].id, "out_wave": 0, "back_wave": 0}
    values = {**defaults, **{key: value for key, value in wish.items() if key != "now"}}
    with transaction():
        return request_rides(
            RideWish(place.fair.id, household_id, people=people, **values),
            now=wish.get("now", NOW),
        )


def check(place: Town) -> None:
    """Assert everything that must hold after every step."""
    fair_id = place.fair.id
    rides = list(session().scalars(sa.select(Ride).where(Ride.fair_id == fair_id)))
    departures = {one.id: one for one in list_departures(fair_id)}
    taken: Counter[int] = Counter()
    for ride in rides:
        taken[ride.departure_id] += ride.people
        assert departures[ride.departure_id].direction is ride.direction
        calls = departures[ride.departure_id].calls
        assert ride.stop_id in {call.stop_id for call in calls}
    for departure in departures.values():
        assert departure.taken == taken[departure.id] <= departure.seats
    seating = Seating(departures.values())
    requests = sa.select(RideRequest).where(RideRequest.fair_id == fair_id)
    for request in session().scalars(requests.options(selectinload(RideRequest.alternatives))):
        own = [ride for ride in rides if ride.request_id == request.id]
        if request.state is RequestState.SEATED:
            assert sorted(r.direction for r in own) == sorted(directions(request.ways))
            assert {ride.people for ride in own} == {request.people}
            waves = {departures[r.departure_id].wave for r in own if r.direction == "back"}
            assert waves <= {request.back_wave}
        else:
            assert own == []
        if request.state is RequestState.WAITING:
            assert seating.seat(seating.choices_of(seat_request(request))) is None


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("ask"),
            st.integers(1, 5),
            st.sampled_from(list(Ways)),
            st.integers(0, 1),
            st.integers(0, 1),
        ),
        st.tuples(st.just("cancel"), st.integers(0, 9)),
        st.tuples(st.just("shrink"), st.integers(0, 9), st.integers(0, 4)),
        st.tuples(st.just("seats"), st.integers(0, 3), st.integers(0, 9)),
    ),
    max_size=14,
)


class Story:
    """Plays steps against a town."""

    def __init__(self, place: Town) -> None:
        self.place = place
        self.households: list[int] = []

    def ask(self, people: int, ways: Ways, stop: int, wave: int) -> None:
        """Let a new household ask."""
        n = len(self.households)
        self.households.append(self.place.household(n))
        ask(
            self.place,
            self.households[-1],
            people,
            ways=ways,
            stop_id=self.place.stops[stop].id,
            back_wave=None if ways is Ways.OUT else wave,
            now=NOW + n * MINUTE,
        )

    def cancel(self, n: int) -> None:
        """Let a household ride and wait no more."""
        if n < len(self.households):
            with transaction():
                release(self.households[n], now=NOW)

    def shrink(self, n: int, people: int) -> None:
        """Let fewer people of a household ride."""
        if n < len(self.households):
            with transaction():
                resize_request(self.households[n], people, now=NOW)

    def seats(self, n: int, seats: int) -> None:
        """Give a bus other seats, as far as they aren't taken."""
        with transaction():
            departures = lock_departures(self.place.fair.id)
            departure = list(departures.values())[n]
            departure.seats = max(seats, departure.taken)
            promote(departures, now=NOW)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_whatever_happens_the_seats_are_right(app: Flask, steps: list[tuple[Any, ...]]) -> None:
    story = Story(town())
    for name, *values in steps:
        act: Callable[..., None] = getattr(story, name)
        act(*values)
        check(story.place)


def test_those_who_wait_ride_in_the_order_of_their_requests_if_they_fit(app: Flask) -> None:
    place = town(seats=4)
    first, large, small, late = (place.household(n) for n in range(4))
    for n, (household, people) in enumerate([(first, 3), (large, 4), (small, 2), (late, 2)]):
        ask(place, household, people, stop_id=place.stops[1].id, now=NOW + n * MINUTE)
    assert counts(place.fair.id).waiting_people == 8
    with transaction():
        resize_request(first, 1, now=NOW)
    assert _states(place) == ["seated", "waiting", "seated", "waiting"]
    with transaction():
        release(small, now=NOW)
    assert _states(place) == ["seated", "waiting", "cancelled", "seated"]
    check(place)


def test_a_full_bus_home_leaves_the_seats_of_the_way_out_free(app: Flask) -> None:
    place = town(seats=4)
    ask(place, place.household(1), 3, ways=Ways.BACK)
    waiting = ask(place, place.household(2), 2)
    assert waiting.state is RequestState.WAITING
    assert {one.taken for one in list_departures(place.fair.id, Direction.OUT)} == {0}
    journey = journey_of(waiting.household_id)
    assert journey is not None
    assert (journey.out, journey.back) == (None, None)
    assert journey.wanted_back_at == place.fair.ends_at


def test_a_second_line_at_the_stop_takes_whom_the_first_cannot(app: Flask) -> None:
    place = town(seats=4)
    ask(place, place.household(1), 3, ways=Ways.OUT, back_wave=None)
    second = ask(place, place.household(2), 2, ways=Ways.OUT, back_wave=None)
    journey = journey_of(second.household_id)
    assert journey is not None
    assert journey.out is not None
    assert journey.out.line == 2
    assert journey.out.minutes == 10


@pytest.mark.parametrize(
    "wish",
    [{"stop_id": 99_999}, {"back_wave": 7}, {"back_wave": None}],
    ids=["stop", "wave", "no wave"],
)
def test_what_no_bus_can_carry_is_refused(app: Flask, wish: dict[str, Any]) -> None:
    place = town()
    with pytest.raises(Invalid, match="no_departure"):
        ask(place, place.household(1), 1, **wish)


def test_a_household_asks_once_and_again_after_it_has_cancelled(app: Flask) -> None:
    place = town()
    household = place.household(1)
    ask(place, household, 2)
    with pytest.raises(Conflict, match="rides_requested"):
        ask(place, household, 2)
    with transaction():
        release(household, now=NOW)
    assert journey_of(household) is None
    assert ask(place, household, 1, ways=Ways.OUT).state is RequestState.SEATED
    check(place)


def test_cancelling_frees_seats_and_tells_those_who_wait(app: Flask) -> None:
    place = town(seats=3)
    riding = make_household(place.fair, adults=2, children=1)
    waiting = make_household(place.fair, adults=1, children=1, lang="ar")
    ask(place, riding.id, 3, stop_id=place.stops[1].id)
    ask(place, waiting.id, 2, stop_id=place.stops[1].id)
    with transaction():
        cancel_household(riding.id, now=NOW)
    check(place)
    assert _states(place) == ["cancelled", "seated"]
    found = sa.select(OutboxMail).where(OutboxMail.kind == "seats_found")
    mail = session().scalars(found).one()
    assert (mail.kind, mail.recipient, mail.lang) == ("seats_found", waiting.email, "ar")
    assert place.stops[1].name in mail.text
    assert "/my/" in mail.text


def test_one_person_fewer_frees_one_seat_each_way(app: Flask) -> None:
    place = town(seats=3)
    riding = make_household(place.fair, adults=2, children=1)
    ask(place, riding.id, 3)
    with transaction() as current:
        attendee_id = current.scalar(
            sa.text("SELECT min(id) FROM attendee WHERE household_id = :id"), {"id": riding.id}
        )
        assert attendee_id is not None
        cancel_person(attendee_id, now=NOW)
    journey = journey_of(riding.id)
    assert journey is not None
    assert journey.people == 2
    check(place)


def test_the_last_seats_go_to_one_of_those_who_press_at_once(app: Flask) -> None:
    place = town(seats=4)
    households = [place.household(n) for n in range(6)]
    wishes = [
        RideWish(place.fair.id, household_id, Ways.BOTH, place.stops[1].id, 0, 0, people=2)
        for household_id in households
    ]
    barrier, faults = Barrier(len(wishes)), list[BaseException]()

    def press(wish: RideWish) -> None:
        try:
            with app.app_context():
                barrier.wait()
                with transaction():
                    request_rides(wish, now=NOW)
        except BaseException as fault:
            faults.append(fault)

    threads = [Thread(target=press, args=(wish,)) for wish in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().rollback()
    assert faults == []
    assert Counter(_states(place)) == {"seated": 2, "waiting": 4}
    check(place)


def _states(place: Town) -> list[str]:
    query = sa.select(RideRequest.state).where(RideRequest.fair_id == place.fair.id)
    return [state.value for state in session().scalars(query.order_by(RideRequest.household_id))]
