"""Buses that are taken out, smaller or elsewhere: who lost seats comes first and is told."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Household
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict
from jobfair.fairs.models import Fair
from jobfair.mail.models import OutboxMail
from jobfair.places.models import Offer
from jobfair.places.rules import OfferState
from jobfair.shuttle.models import Departure, Ride, RideRequest, Stop
from jobfair.shuttle.operations import RideWish, request_rides
from jobfair.shuttle.queries import get_departure, journey_of, list_departures, list_waiting
from jobfair.shuttle.rules import CallInput, DepartureInput, Direction, RequestState, Ways
from jobfair.shuttle.service import add_departure, edit_departure, remove_departure
from tests.factories import NOW, make_delay, make_departure, make_fair, make_household, make_stop

BY: Any = {"actor": SYSTEM, "now": NOW}
HOUR = timedelta(hours=1)


def rider(fair: Fair, stop: Stop, n: int = 0, *, people: int = 2, **given: Any) -> Household:
    """Make a household that asks for both ways at any time."""
    keys = ("take_at_once", "email")
    household = make_household(
        fair, people, 0, **{key: given.pop(key) for key in keys if key in given}
    )
    fields = {"ways": Ways.BOTH, "out_wave": 0, "back_wave": 0, "flexibility": 3, **given}
    wish = RideWish(fair.id, household.id, stop_id=stop.id, people=people, **fields)
    with transaction():
        request_rides(wish, now=NOW + n * timedelta(minutes=1))
    return household


def bus(fair: Fair, stops: list[Stop], direction: Direction = Direction.OUT, **given: Any) -> int:
    """Make a departure and return its id."""
    at = fair.starts_at if direction is Direction.OUT else fair.ends_at
    line = len(list_departures(fair.id)) + 1
    shape = {"direction": direction, "line": line, "fair_at": at, **given}
    return make_departure(fair, stops, **shape).id


def plan_of(departure_id: int, **given: Any) -> DepartureInput:
    """Return the departure as it is, but for what is given."""
    found = session().get_one(Departure, departure_id)
    found = get_departure(found.fair_id, f"{found.line}-{found.direction}-{found.wave}")
    fields: dict[str, Any] = {
        name: getattr(found, name)
        for name in ("direction", "line", "wave", "seats", "wheelchairs", "fair_at")
    }
    fields["calls"] = tuple(CallInput(call.stop_id, call.at) for call in found.calls)
    return DepartureInput(**{**fields, **given})


def state(household: Household) -> RequestState:
    """Return whether the household rides."""
    return (
        session().scalars(sa.select(RideRequest.state).filter_by(household_id=household.id)).one()
    )


def buses_of(household: Household) -> set[int]:
    """Return the departures on which the household rides."""
    theirs = sa.select(RideRequest.id).where(RideRequest.household_id == household.id)
    return set(session().scalars(sa.select(Ride.departure_id).where(Ride.request_id.in_(theirs))))


def mails(kind: str) -> list[str]:
    """Return who was mailed so."""
    query = sa.select(OutboxMail.recipient).where(OutboxMail.kind == kind)
    return list(session().scalars(query.order_by(OutboxMail.id)))


def assert_counted(fair: Fair) -> None:
    """Assert that the counters say what rides hold."""
    for departure in list_departures(fair.id):
        held = sa.select(sa.func.coalesce(sa.func.sum(Ride.people - Ride.wheelchairs), 0))
        assert session().scalar(held.where(Ride.departure_id == departure.id)) == departure.taken


def test_whose_bus_is_taken_out_rides_on_another_and_keeps_the_other_way(app: Flask) -> None:
    fair, stop = make_fair(), make_stop()
    gone, home = bus(fair, [stop], seats=9), bus(fair, [stop], Direction.BACK, seats=4)
    riding = rider(fair, stop)
    other = bus(fair, [stop], seats=2)
    make_delay(session().get_one(Departure, gone))
    with pytest.raises(Conflict, match="riders_affected") as refused:
        remove_departure(gone, **BY)
    assert refused.value.params == {"people": 2, "waiting": 0}
    assert buses_of(riding) == {gone, home}
    remove_departure(gone, people=2, **BY)
    assert buses_of(riding) == {other, home}
    assert mails("bus_taken_out") == [riding.email]
    assert_counted(fair)


def test_who_finds_no_other_seats_waits_first_of_all_and_rides_with_the_next_bus(
    app: Flask,
) -> None:
    fair, stop = make_fair(), make_stop()
    gone, home = bus(fair, [stop], seats=2), bus(fair, [stop], Direction.BACK, seats=3)
    riding = rider(fair, stop, 1)
    invited = rider(fair, stop, 0)
    with transaction() as current:
        current.execute(
            sa.update(RideRequest).where(RideRequest.household_id == invited.id).values(priority=2)
        )
    again = plan_of(gone)
    remove_departure(gone, people=2, **BY)
    assert state(riding) is RequestState.WAITING
    assert session().get_one(Departure, home).taken == 0
    assert [one.household.id for one in list_waiting(fair.id, NOW)] == [riding.id, invited.id]
    add_departure(fair.id, again, **BY)
    assert (state(riding), state(invited)) == (RequestState.SEATED, RequestState.WAITING)
    assert mails("seats_found") == [riding.email]
    request = session().scalars(sa.select(RideRequest).filter_by(household_id=riding.id)).one()
    assert request.displaced_at is None
    assert_counted(fair)


def test_on_a_smaller_bus_who_asked_first_stays_and_nobody_else_moves(app: Flask) -> None:
    fair, stop = make_fair(), make_stop()
    out = bus(fair, [stop], seats=6, line=1)
    bus(fair, [stop], Direction.BACK, seats=9)
    first, second, small = (rider(fair, stop, n, people=p) for n, p in enumerate((3, 2, 1)))
    with pytest.raises(Conflict, match="riders_affected"):
        edit_departure(out, plan_of(out, seats=4), people=3, **BY)
    edit_departure(out, plan_of(out, seats=4), people=2, **BY)
    assert [state(one) for one in (first, second, small)] == ["seated", "waiting", "seated"]
    assert mails("bus_taken_out") == [second.email]
    assert_counted(fair)


def test_a_stop_that_is_left_out_frees_the_seats_of_those_who_board_there(app: Flask) -> None:
    fair, stops = make_fair(), [make_stop(), make_stop()]
    out = bus(fair, stops, seats=9)
    bus(fair, stops, Direction.BACK)
    here, there = rider(fair, stops[0]), rider(fair, stops[1])
    either = rider(fair, stops[0], alternatives=(stops[1].id,))
    kept = plan_of(out).calls[1:]
    edit_departure(out, plan_of(out, calls=kept), people=4, **BY)
    assert [state(one) for one in (here, there, either)] == ["waiting", "seated", "seated"]
    journey = journey_of(either.id)
    assert journey is not None
    rides = session().scalars(sa.select(Ride.stop_id).where(Ride.departure_id == out))
    assert set(rides) == {stops[1].id}
    assert_counted(fair)


def test_who_rides_at_other_times_is_told(app: Flask) -> None:
    fair, stops = make_fair(), [make_stop(), make_stop()]
    out = bus(fair, stops, seats=9)
    bus(fair, stops, Direction.BACK)
    here, there = rider(fair, stops[0]), rider(fair, stops[1])
    first, second = plan_of(out).calls
    earlier = CallInput(first.stop_id, first.at - HOUR)
    edit_departure(out, plan_of(out, calls=(earlier, second)), **BY)
    assert mails("changed") == [here.email]
    plan = plan_of(out)
    edit_departure(out, plan_of(out, fair_at=plan.fair_at + HOUR), **BY)
    assert mails("changed") == [here.email, here.email, there.email]


def test_seats_that_an_offer_holds_go_with_the_bus(app: Flask) -> None:
    fair, stop = make_fair(), make_stop()
    out = bus(fair, [stop], seats=2)
    home = bus(fair, [stop], Direction.BACK, seats=9)
    riding = rider(fair, stop)
    asked = rider(fair, stop, take_at_once=False)
    edit_departure(out, plan_of(out, seats=4), **BY)
    offer = session().scalars(sa.select(Offer)).one()
    assert (offer.household_id, offer.state, offer.people) == (asked.id, OfferState.OPEN, 2)
    edit_departure(out, plan_of(out, seats=2), **BY)
    assert session().get_one(Offer, offer.id).state is OfferState.WITHDRAWN
    assert (state(riding), state(asked)) == (RequestState.SEATED, RequestState.WAITING)
    assert session().get_one(Departure, home).taken == 2
    assert_counted(fair)
