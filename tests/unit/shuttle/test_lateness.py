"""How late a bus is at its calls and at the fair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.shuttle.lateness import fair_position, late_at
from jobfair.shuttle.rules import Direction


@pytest.mark.parametrize(
    ("lates", "at_positions"),
    [
        ([], [0, 0, 0, 0]),
        ([(1, 5)], [0, 0, 5, 5]),
        ([(-1, 10), (1, 5)], [10, 10, 15, 15]),
        ([(0, 5), (0, -5)], [0, 0, 0, 0]),
        ([(0, 5), (2, -20)], [0, 5, 5, 0]),
    ],
)
def test_minutes_add_up_from_their_call_on(
    lates: list[tuple[int, int]], at_positions: list[int]
) -> None:
    assert [late_at(lates, position) for position in (-1, 0, 1, 2)] == at_positions


def test_the_fair_is_last_on_the_way_out_and_first_on_the_way_back() -> None:
    assert (fair_position(Direction.OUT, 3), fair_position(Direction.BACK, 3)) == (3, -1)


@given(st.lists(st.tuples(st.integers(-1, 5), st.integers(1, 60))))
def test_who_waits_further_on_never_waits_less(lates: list[tuple[int, int]]) -> None:
    along = [late_at(lates, position) for position in range(-1, 6)]
    assert along == sorted(along)
