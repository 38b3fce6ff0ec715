"""Whatever households, the organiser and the optimiser do in turn: the seats are right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobfair.core.actor import SYSTEM
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict, DomainError
from jobfair.places.models import Offer
from jobfair.places.offers import note_told
from jobfair.places.rules import OFFER_LIFE, OfferState
from jobfair.places.service import accept_offer, decline_offer, expire_offers
from jobfair.shuttle.allocation.greedy import allocate_greedy
from jobfair.shuttle.allocation.problem import Allocation, Problem
from jobfair.shuttle.models import Departure, Ride
from jobfair.shuttle.operations import (
    change_rides,
    enlarge,
    release,
    request_rides,
    resize,
    set_priority,
)
from jobfair.shuttle.queries import list_departures
from jobfair.shuttle.rules import CallInput, DepartureInput, Ways
from jobfair.shuttle.service import (
    add_departure,
    allocating,
    edit_departure,
    remove_departure,
)
from jobfair.shuttle.service.allocating import allocate_fair
from tests.factories import NOW
from tests.service.shuttle.town import Town, check, town

HOUSEHOLD = st.integers(0, 9)
BUS = st.integers(0, 3)
PEOPLE = st.integers(1, 4)
WISH = st.fixed_dictionaries(
    {
        "ways": st.sampled_from(Ways),
        "stop": st.integers(0, 1),
        "back_wave": st.integers(0, 1),
        "flexibility": st.integers(0, 1),
        "wheelchairs": st.integers(0, 1),
        "either_stop": st.booleans(),
    }
)
ASK = st.tuples(st.just("ask"), PEOPLE, WISH, st.booleans())
STEPS = st.lists(
    st.one_of(
        ASK,
        st.tuples(st.just("change"), HOUSEHOLD, PEOPLE, WISH),
        st.tuples(st.just("cancel"), HOUSEHOLD),
        st.tuples(st.just("shrink"), HOUSEHOLD, st.integers(0, 3)),
        st.tuples(st.just("grow"), HOUSEHOLD, PEOPLE),
        st.tuples(st.just("answer"), st.sampled_from(["accept", "decline", "expire"])),
        st.tuples(st.just("invite"), HOUSEHOLD, st.integers(0, 2)),
        st.tuples(st.just("resize_bus"), BUS, st.integers(1, 6)),
        st.tuples(st.just("replace_bus"), BUS),
        st.tuples(st.just("allocate")),
    ),
    min_size=3,
    max_size=10,
)


class Refused(Exception):
    """What was tried is refused for one of the reasons that were expected."""


@contextmanager
def refusing(*codes: str) -> Iterator[None]:
    """Turn an expected refusal into Refused; others stay what they are."""
    try:
        yield
    except DomainError as error:
        if error.code in codes:
            raise Refused from error
        raise


class Story:
    """Plays steps against a town, a minute each."""

    def __init__(self, place: Town) -> None:
        self.place = place
        self.households: list[int] = []
        self.now = NOW

    def ask(self, people: int, wish: dict[str, Any], at_once: bool) -> None:
        """Let a new household ask."""
        household_id = self.place.household(len(self.households), at_once=at_once)
        self.households.append(household_id)
        with suppress(Refused), transaction(), refusing("no_departure"):
            request_rides(self._wish(household_id, people, wish), now=self.now)

    def change(self, n: int, people: int, wish: dict[str, Any]) -> None:
        """Let a household wish otherwise; it keeps its seats where the others aren't free."""
        for household_id in self._some(n):
            with suppress(Refused), transaction(), refusing("seats_not_free", "no_departure"):
                new = self._wish(household_id, people, wish)
                change_rides(new, household_id, now=self.now)

    def cancel(self, n: int) -> None:
        """Let a household ride and wait no more."""
        self._act(n, release, now=self.now)

    def shrink(self, n: int, people: int) -> None:
        """Let fewer people of a household ride."""
        self._act(n, resize, people, now=self.now)

    def grow(self, n: int, people: int) -> None:
        """Let more people of a household ride."""
        self._act(n, enlarge, people, now=self.now)

    def invite(self, n: int, priority: int) -> None:
        """Have a household stand further in front."""
        self._act(n, set_priority, priority)

    def answer(self, how: str) -> None:
        """Let the oldest open offer be answered, or not."""
        query = sa.select(Offer).where(Offer.state == OfferState.OPEN).order_by(Offer.id)
        offer = session().scalars(query.limit(1)).one_or_none()
        if offer is None:
            return
        if how == "expire":
            with transaction():
                note_told(offer.id, now=self.now)
            expire_offers(now=self.now + OFFER_LIFE)
        else:
            act = accept_offer if how == "accept" else decline_offer
            act(offer.household_id, offer.kind, actor=SYSTEM, now=self.now)

    def resize_bus(self, n: int, seats: int) -> None:
        """Have a bus be of another size, whoever loses seats."""
        departure = self._bus(n)
        plan = plan_of(departure, seats)
        self._confirmed(edit_departure, departure.id, plan, actor=SYSTEM, now=self.now)

    def replace_bus(self, n: int) -> None:
        """Have a bus not go, and then another one instead."""
        departure = self._bus(n)
        plan = plan_of(departure, departure.seats)
        self._confirmed(remove_departure, departure.id, actor=SYSTEM, now=self.now)
        check(self.place)
        add_departure(self.place.fair.id, plan, actor=SYSTEM, now=self.now)

    def allocate(self) -> None:
        """Have seats be allocated; nobody who rides is moved, and once more changes nothing."""
        before = rides()
        allocate_now(self.place, self.now)
        seated = rides()
        assert before <= seated
        again = allocate_now(self.place, self.now)
        assert again.served == 0
        assert rides() == seated

    def _act(self, n: int, operation: Callable[..., object], *given: Any, **more: Any) -> None:
        for household_id in self._some(n):
            with transaction():
                operation(household_id, *given, **more)

    def _some(self, n: int) -> list[int]:
        """Return one of the households, if there are any."""
        return [self.households[n % len(self.households)]] if self.households else []

    def _wish(self, household_id: int, people: int, wish: dict[str, Any]) -> Any:
        fields = dict(wish)
        here, there = (self.place.stops[(fields["stop"] + n) % 2].id for n in (0, 1))
        fields["alternatives"] = (there,) if fields.pop("either_stop") else ()
        fields["stop_id"], fields["wheelchairs"] = here, min(people, fields["wheelchairs"])
        del fields["stop"]
        return self.place.wish(household_id, people, **fields)

    def _bus(self, n: int) -> Departure:
        return list_departures(self.place.fair.id)[n]

    def _confirmed(self, act: Callable[..., object], *given: Any, **more: Any) -> None:
        """Do it with the number of people that the first refusal names."""
        try:
            act(*given, **more)
        except Conflict as refused:
            if refused.code != "riders_affected":
                raise
            act(*given, people=refused.params["people"], **more)


def plan_of(departure: Departure, seats: int) -> DepartureInput:
    """Return the departure with so many seats."""
    return DepartureInput(
        departure.direction,
        departure.line,
        departure.wave,
        seats,
        departure.fair_at,
        tuple(CallInput(call.stop_id, call.at) for call in departure.calls),
        departure.wheelchairs,
    )


def rides() -> set[tuple[int, int, int]]:
    """Return who rides where."""
    query = sa.select(Ride.request_id, Ride.departure_id, Ride.stop_id)
    return {(request, bus, stop) for request, bus, stop in session().execute(query)}


def allocate_now(place: Town, now: datetime) -> allocating.Outcome:
    """Run the allocation."""
    return allocate_fair(
        place.fair.id, on_progress=lambda _told: None, cancelled=lambda: False, now=now
    )


@pytest.fixture
def without_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the greedy answer in place of the optimiser, which takes a second."""

    def answer(problem: Problem, **_given: Any) -> Allocation:
        return allocate_greedy(problem)

    monkeypatch.setattr(allocating, "allocate", answer)


@pytest.mark.usefixtures("without_process")
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(asked=st.lists(ASK, min_size=3, max_size=6), steps=STEPS)
def test_whatever_happens_the_seats_are_right(
    app: Flask, asked: list[tuple[Any, ...]], steps: list[tuple[Any, ...]]
) -> None:
    story = Story(town())
    for name, *values in [*asked, *steps]:
        story.now += timedelta(minutes=1)
        act: Callable[..., None] = getattr(story, name)
        act(*values)
        check(story.place)
