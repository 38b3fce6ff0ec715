"""The optimiser on the fair's rows: seats for those who wait, moves only proposed."""

from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Household
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.places.models import Offer
from jobfair.places.rules import OfferKind
from jobfair.places.service import accept_offer
from jobfair.shuttle.allocation import allocator
from jobfair.shuttle.allocation.problem import Problem, Rides
from jobfair.shuttle.allocation.problem import Ride as Given
from jobfair.shuttle.models import Departure, Ride, RideRequest, Stop
from jobfair.shuttle.operations import resize
from jobfair.shuttle.queries import list_departures, open_offer_of, promised, seat_problem
from jobfair.shuttle.rules import Direction, RequestState, Ways
from jobfair.shuttle.service import allocating
from jobfair.shuttle.service.allocating import Outcome, allocate_fair
from jobfair.shuttle.solving import Cancelled, SolverFault
from tests.factories import (
    NOW,
    make_departure,
    make_fair,
    make_household,
    make_request,
    make_ride,
    make_stop,
)


@dataclass
class Town:
    """A fair whose timetable was just published: nobody of those who asked has seats yet."""

    fair: Fair
    stop: Stop

    def bus(self, seats: int, **given: Any) -> Departure:
        """Have a bus go to the fair."""
        return make_departure(self.fair, [self.stop], seats=seats, **given)

    def asks(self, people: int, **given: Any) -> RideRequest:
        """Have a household ask for the way out."""
        named = {key: given.pop(key) for key in ("take_at_once",) if key in given}
        household = make_household(self.fair, people, 0, **named)
        wish = {"ways": Ways.OUT, "flexibility": 0, **given}
        return make_request(household, self.stop, people=people, **wish)

    def problem(self) -> Problem:
        """Return what the optimiser is given."""
        return seat_problem(self.fair.id, list_departures(self.fair.id), NOW)

    def allocate(self) -> Outcome:
        """Run the optimiser."""
        return allocate_fair(
            self.fair.id,
            on_progress=lambda _progress: None,
            cancelled=lambda: False,
            now=NOW,
            seconds=10,
        )


@pytest.fixture
def town(app: Flask) -> Town:
    """Make a fair with a stop."""
    return Town(make_fair(), make_stop())


def ride_on(departure: Departure, stop: Stop) -> Rides:
    """Return the ride to the fair on this departure."""
    return Rides(out=Given(str(departure.id), str(stop.id)))


def states(town: Town) -> list[str]:
    """Return how the requests stand."""
    query = sa.select(RideRequest.state).where(RideRequest.fair_id == town.fair.id)
    return [one.value for one in session().scalars(query.order_by(RideRequest.id))]


def taken(*departures: Departure) -> list[int]:
    """Return how many seats are held now."""
    ids = [one.id for one in departures]
    query = sa.select(Departure.taken).where(Departure.id.in_(ids)).order_by(Departure.id)
    return list(session().scalars(query))


def test_seats_go_to_as_many_as_can_ride_and_the_invited_first(town: Town) -> None:
    departure = town.bus(4)
    town.asks(3)
    town.asks(2)
    town.asks(2)
    outcome = town.allocate()
    assert states(town) == ["waiting", "seated", "seated"]
    assert (outcome.served, outcome.waiting, outcome.is_proven) == (2, 1, True)
    assert taken(departure) == [4]
    assert town.allocate() == Outcome(0, 0, 1, is_proven=True)


def test_who_wants_to_be_asked_is_offered_the_seats(town: Town) -> None:
    departure = town.bus(4)
    request = town.asks(3, take_at_once=False)
    assert town.allocate().served == 1
    assert states(town) == ["waiting"]
    offered = open_offer_of(request.household_id)
    assert offered is not None
    assert offered.out is not None
    assert taken(departure) == [3]
    assert promised(town.problem()) == {str(request.id): ride_on(departure, town.stop)}
    assert town.allocate() == Outcome(0, 0, 0, is_proven=True)


def test_a_rider_is_asked_to_move_and_stays_until_it_accepts(town: Town) -> None:
    first, second = town.bus(4), town.bus(2, wave=1)
    rider = town.asks(1, state=RequestState.SEATED, flexibility=1)
    make_ride(rider, first)
    town.asks(4)
    outcome = town.allocate()
    assert (outcome.served, outcome.asked_to_move, outcome.waiting) == (0, 1, 1)
    assert states(town) == ["seated", "waiting"]
    assert session().scalars(sa.select(Ride.departure_id)).all() == [first.id]
    assert taken(first, second) == [1, 1]
    assert town.allocate().asked_to_move == 0
    accept_offer(rider.household_id, OfferKind.MOVE, actor=SYSTEM, now=NOW)
    assert states(town) == ["seated", "seated"]
    assert taken(first, second) == [4, 1]


def test_who_changed_meanwhile_is_served_as_it_is_now(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    departure = town.bus(4)
    changing = town.asks(3)
    solve = allocator.allocate

    def change_meanwhile(*given: Any, **more: Any) -> Any:
        found = solve(*given, **more)
        with transaction() as current:
            resize(changing.household_id, 2, now=NOW)
            current.execute(sa.update(RideRequest).values(state=RequestState.WAITING))
            current.execute(sa.delete(Ride))
            current.execute(sa.update(Departure).values(taken=0))
        return found

    monkeypatch.setattr(allocating, "allocate", change_meanwhile)
    town.allocate()
    assert taken(departure) == [2]


def test_where_the_optimiser_fails_those_in_line_are_served(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.bus(4)
    town.asks(3)
    town.asks(2)

    def fail(*_given: Any, **_more: Any) -> Any:
        raise SolverFault("it isn't installed")

    monkeypatch.setattr(allocating, "allocate", fail)
    with pytest.raises(SolverFault):
        town.allocate()
    assert states(town) == ["seated", "waiting"]


def test_nothing_changes_when_it_is_cancelled(town: Town) -> None:
    town.bus(4)
    town.asks(3)
    with pytest.raises(Cancelled):
        allocate_fair(
            town.fair.id,
            on_progress=lambda _progress: None,
            cancelled=lambda: True,
            now=NOW,
        )
    assert states(town) == ["waiting"]


def test_who_lost_a_bus_comes_before_the_invited(town: Town) -> None:
    town.bus(3)
    town.asks(3, priority=2)
    town.asks(3, displaced_at=NOW)
    town.allocate()
    assert states(town) == ["waiting", "seated"]


def test_the_problem_says_what_offers_hold_and_what_has_left(town: Town) -> None:
    early = town.bus(4, fair_at=NOW)
    rider = town.asks(1, state=RequestState.SEATED)
    make_ride(rider, early)
    home = make_departure(
        town.fair, [town.stop], direction=Direction.BACK, fair_at=town.fair.ends_at, wheelchairs=2
    )
    problem = town.problem()
    places = {one.id: (one.seats, one.wheelchairs) for one in problem.departures}
    assert places == {str(early.id): (1, 0), str(home.id): (50, 2)}
    assert session().scalars(sa.select(Offer)).all() == []
    assert session().get_one(Household, rider.household_id).municipality == (
        problem.requests[0].municipality
    )
