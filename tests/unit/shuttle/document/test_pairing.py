"""Buses go on as the trips on which their riders find their stops."""

from hypothesis import given
from hypothesis import strategies as st

from jobfair.shuttle.document import TripKey, successors
from jobfair.shuttle.rules import Direction

keys = st.builds(TripKey, st.sampled_from(Direction), st.integers(1, 5), st.integers(0, 1))
stops = st.integers(1, 4)
plans = st.dictionaries(keys, st.sets(stops, min_size=1))
timetables = st.dictionaries(keys, st.dictionaries(stops, st.integers(1, 9)))


def out(line: int) -> TripKey:
    return TripKey(Direction.OUT, line, 0)


def kept(
    plan: dict[TripKey, set[int]],
    riders: dict[TripKey, dict[int, int]],
    found: dict[TripKey, TripKey],
) -> int:
    """Return how many people find their stop on what becomes of their bus."""
    return sum(
        people
        for trip, bus in found.items()
        for stop, people in riders[bus].items()
        if stop in plan[trip]
    )


def test_lines_that_were_numbered_anew_keep_all_who_ride() -> None:
    riders = {out(1): {1: 5, 2: 5}, out(2): {3: 8}, out(3): {4: 2}}
    plan = {out(1): {3}, out(2): {4}, out(3): {1, 2}}
    assert successors(plan, riders) == {out(1): out(2), out(2): out(3), out(3): out(1)}


def test_a_bus_keeps_its_name_if_nobody_gains_or_it_would_end() -> None:
    riders = {out(1): {1: 5, 2: 5}, out(2): {1: 8}, out(3): {}}
    plan = {out(1): {1}, out(2): {1, 2}, out(4): {9}}
    assert successors(plan, riders) == {out(1): out(2), out(2): out(1)}
    assert successors({out(1): {1}}, {out(1): {}, out(2): {1: 8}}) == {out(1): out(1)}
    same = {out(1): {1, 7}, out(2): {1}, out(3): {8}}
    assert successors(same, riders) == {key: key for key in same}


def test_a_bus_goes_on_where_its_own_line_is_no_more() -> None:
    home = TripKey(Direction.BACK, 1, 0)
    assert successors({out(2): {1}, home: {1}}, {out(1): {1: 3}}) == {out(2): out(1)}


@given(plans, timetables)
def test_each_bus_goes_on_once_at_most_and_no_fewer_keep_their_stop(
    plan: dict[TripKey, set[int]], riders: dict[TripKey, dict[int, int]]
) -> None:
    found = successors(plan, riders)
    assert len(set(found.values())) == len(found)
    assert found.keys() <= plan.keys()
    assert set(found.values()) <= riders.keys()
    assert all((a.direction, a.wave) == (b.direction, b.wave) for a, b in found.items())
    by_name = {key: key for key in plan if key in riders}
    assert by_name.keys() <= set(found.values())
    assert kept(plan, riders, found) >= kept(plan, riders, by_name)
