"""Seats: never oversold, households whole, both rides or none, those who wait in their order."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.operations import cancel_household, cancel_person
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict, Invalid
from jobfair.mail.models import OutboxMail
from jobfair.shuttle.models import RideRequest
from jobfair.shuttle.operations import RideWish, change_rides, release, request_rides
from jobfair.shuttle.operations import resize as resize_request
from jobfair.shuttle.queries import counts, get_manifest, journey_of, journeys_of, list_departures
from jobfair.shuttle.rules import Direction, RequestState, Ways
from tests.factories import NOW, make_household
from tests.service.shuttle.town import Town, ask, check, town

MINUTE = timedelta(minutes=1)


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


def test_who_came_by_bus_changes_the_way_home_and_has_still_come_by_it(app: Flask) -> None:
    place = town(seats=4)
    first = place.household(1)
    ask(place, first, 2)
    noon = place.fair.starts_at + timedelta(hours=3)
    with transaction():
        change_rides(place.wish(first, 2, back_wave=1), first, now=noon)
    journey = journey_of(first)
    assert journey is not None
    assert journey.out is not None
    assert journey.back is not None
    assert journey.out.arrives_at == place.fair.starts_at
    assert journey.back.leaves_at == place.fair.ends_at + timedelta(hours=1)
    with pytest.raises(Invalid, match="no_departure"), transaction():
        change_rides(place.wish(first, 2, stop_id=place.stops[1].id), first, now=noon)
    check(place)


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


@pytest.mark.parametrize(
    ("households", "people", "riding"), [(24, 1, 10), (12, 3, 3)], ids=["alone", "of three"]
)
def test_the_last_ten_seats_go_to_whole_households_of_those_who_press_at_once(
    app: Flask, households: int, people: int, riding: int
) -> None:
    place = town(seats=10)
    rows = [make_household(place.fair, people, 0) for _ in range(households)]
    wishes = [place.wish(row.id, people, stop_id=place.stops[1].id) for row in rows]
    barrier, faults = Barrier(households), list[BaseException]()
    told: dict[int, RequestState] = {}

    def press(wish: RideWish) -> None:
        try:
            with app.app_context():
                barrier.wait()
                with transaction():
                    told[wish.household_id] = request_rides(wish, now=NOW).state
        except BaseException as fault:
            faults.append(fault)

    threads = [Thread(target=press, args=(wish,)) for wish in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().rollback()
    assert faults == []
    seated = {key for key, state in told.items() if state is RequestState.SEATED}
    assert (len(told), len(seated)) == (households, riding)
    journeys = journeys_of([row.id for row in rows])
    assert {key for key, journey in journeys.items() if journey.out and journey.back} == seated
    for key in ("1-out-0", "1-back-0"):
        manifest = get_manifest(place.fair.id, key)
        assert manifest.people == manifest.departure.taken == riding * people
    check(place)


def _states(place: Town) -> list[str]:
    query = sa.select(RideRequest.state).where(RideRequest.fair_id == place.fair.id)
    return [state.value for state in session().scalars(query.order_by(RideRequest.household_id))]
