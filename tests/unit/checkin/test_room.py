"""The room of a bus for people without a seat, whoever is on its list."""

from hypothesis import given
from hypothesis import strategies as st

from jobfair.checkin.room import Listed, room_left

LISTED = st.builds(
    Listed,
    halt=st.none() | st.integers(0, 4),
    boarded=st.booleans(),
    seated=st.booleans(),
    elsewhere=st.booleans(),
    wheelchair=st.booleans(),
)
LISTS = st.lists(LISTED, max_size=12)


@given(st.integers(0, 15), LISTS)
def test_nobody_on_board_loses_the_seat(seats: int, listed: list[Listed]) -> None:
    on_board = sum(one.boarded and not one.wheelchair for one in listed)
    assert room_left(seats, listed, closed=True) == max(0, seats - on_board)


@given(st.integers(0, 15), LISTS)
def test_closing_a_bus_never_takes_room_away(seats: int, listed: list[Listed]) -> None:
    assert room_left(seats, listed, closed=False) <= room_left(seats, listed, closed=True)


@given(st.integers(0, 15), LISTS, st.booleans())
def test_whoever_is_added_takes_one_place_of_the_room(
    seats: int, listed: list[Listed], closed: bool
) -> None:
    before = room_left(seats, listed, closed=closed)
    added = Listed(halt=None, boarded=True, seated=False)
    assert room_left(seats, [*listed, added], closed=closed) == max(0, before - 1)


@given(st.integers(0, 15), LISTS, st.integers(0, 4))
def test_whoever_may_still_come_keeps_a_seat(seats: int, listed: list[Listed], halt: int) -> None:
    reached = max((one.halt or 0 for one in listed if one.boarded), default=0)
    coming = Listed(halt=reached + halt, boarded=False)
    before = room_left(seats, listed, closed=False)
    assert room_left(seats, [*listed, coming], closed=False) == max(0, before - 1)
