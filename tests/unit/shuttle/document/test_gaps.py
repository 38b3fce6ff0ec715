"""Stops that a plan leaves without a bus when people want one."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from jobfair.shuttle.document import (
    Document,
    Left,
    PlanTrip,
    PlanWave,
    no_bus_as_wished,
    no_later_bus,
)
from jobfair.shuttle.rules import Direction
from tests.unit.shuttle.document.plans import BACK, CHAIR, LEAVES, ONE, TWO, call, documents, plan

EVENING = LEAVES + timedelta(hours=2)


def with_evening(*trips: PlanTrip) -> Document:
    """Return the plan with one more wave home, whose number says nothing of its time."""
    out, back = plan().waves
    return plan(waves=(out, PlanWave(BACK, 0, EVENING, trips), replace(back, number=1)))


def test_whose_stop_is_left_out_in_the_evening_has_no_later_bus() -> None:
    gap = no_later_bus(with_evening(PlanTrip(1, "Reisebus", (call(1, TWO),))))
    assert gap
    assert gap.wave.at == EVENING
    assert gap.stops == {3: 3}
    assert gap.people == 3


def test_an_evening_without_buses_leaves_all_of_them_out() -> None:
    gap = no_later_bus(with_evening())
    assert gap
    assert gap.stops == {1: 1, 3: 3}


def test_one_time_home_is_the_last() -> None:
    assert no_later_bus(plan()) is None
    assert no_later_bus(plan(waves=())) is None


def test_stops_without_a_bus_at_the_time_that_people_wish() -> None:
    out, back = plan().waves
    (gap,) = no_bus_as_wished(plan())
    assert (gap.wave, gap.stops) == (out, {6: 2})
    full = replace(back, unserved=(Left(3, (ONE, CHAIR), "too_few_buses"),))
    assert no_bus_as_wished(plan(waves=(full,))) == []


@given(documents)
def test_nobody_is_counted_who_finds_a_bus(drawn: Document) -> None:
    for gap in no_bus_as_wished(drawn):
        assert not {stop for trip in gap.wave.trips for stop in trip.stops} & gap.stops.keys()
        assert 0 < gap.people <= gap.wave.left
    home = [wave for wave in drawn.waves if wave.direction is Direction.BACK]
    evening = PlanWave(BACK, 9, EVENING)
    stranded = no_later_bus(replace(drawn, waves=(*drawn.waves, evening)))
    riders = sum(trip.people for wave in home for trip in wave.trips)
    assert (stranded.people if stranded else 0) == riders
