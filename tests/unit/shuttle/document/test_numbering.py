"""New plans bear the numbers that people know; no two lines bear the same."""

from collections import defaultdict
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from jobfair.shuttle.document import Document, PlanTrip, PlanWave, numbered_like
from tests.unit.shuttle.document.plans import ARRIVES, BACK, LEAVES, ONE, OUT, TWO, call, plan

routes = st.lists(
    st.lists(st.integers(1, 6), min_size=1, max_size=4, unique=True), min_size=1, max_size=6
)


def lines(*routes: list[int]) -> Document:
    """Return a plan whose lines call at these stops out, and home again."""
    out = tuple(
        PlanTrip(line, "Reisebus", tuple(call(stop, TWO) for stop in route))
        for line, route in enumerate(routes, 1)
    )
    back = tuple(replace(trip, calls=trip.calls[::-1]) for trip in out)
    return plan(waves=(PlanWave(OUT, 0, ARRIVES, out), PlanWave(BACK, 0, LEAVES, back)))


def numbers(of: Document) -> dict[tuple[int, ...], int]:
    """Return the number of each route out."""
    return {trip.stops: trip.line for trip in of.waves[0].trips}


def test_a_line_keeps_its_number_in_whatever_order_it_was_found() -> None:
    known = lines([1, 2], [3, 4], [5, 6])
    assert numbered_like(lines([5, 6], [1, 2], [3, 4]), known) == known


def test_the_number_goes_where_most_people_of_it_ride() -> None:
    known = lines([1, 2, 3], [4, 5])
    found = numbers(numbered_like(lines([1, 4], [2, 3], [5], [6]), known))
    assert found[2, 3] == 1
    assert sorted(found.values()) == [1, 2, 3, 4]
    busy = lines([1], [2])
    crowd = PlanTrip(1, "Reisebus", (call(1, TWO), call(2, TWO, TWO, ONE)))
    known = replace(busy, waves=(replace(busy.waves[0], trips=(crowd,)),))
    assert numbers(numbered_like(busy, known))[2,] == 1


@given(routes, routes)
def test_only_numbers_change_and_both_ways_alike(
    new: list[list[int]], old: list[list[int]]
) -> None:
    before, found = lines(*new), numbered_like(lines(*new), lines(*old))
    renamed = defaultdict(set)
    for was, wave in zip(before.waves, found.waves, strict=True):
        assert sorted(trip.stops for trip in was.trips) == sorted(t.stops for t in wave.trips)
        assert len({trip.line for trip in wave.trips}) == len(wave.trips)
        for trip in wave.trips:
            stops = trip.stops if wave.direction is OUT else trip.stops[::-1]
            renamed[trip.line].add(stops)
    assert all(len(stops) == 1 for stops in renamed.values())
