"""Moves that are proposed: each lets somebody ride who waits, and nobody loses a ride."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from jobfair.shuttle.allocation.greedy import allocate_greedy
from jobfair.shuttle.allocation.options import options
from jobfair.shuttle.allocation.problem import Departure, Problem, Ride, Rides, SeatRequest
from jobfair.shuttle.moves import Move, find_moves
from jobfair.shuttle.rules import Direction


def bus(name: str, seats: int, stops: str = "S", wave: int = 0) -> Departure:
    """Make a bus to the fair."""
    return Departure(name, Direction.OUT, wave, tuple(stops), seats, 0)


def asks(name: str, seats: int, place: int = 0, **given: object) -> SeatRequest:
    """Make a request for the way out from stop S."""
    wish = SeatRequest(name, "S", seats, 0, 0, "M", place, out_wave=0, back_wave=None)
    return replace(wish, **given)


def fair(departures: list[Departure], requests: list[SeatRequest]) -> Problem:
    """Put a problem together."""
    return Problem("fair", 3, (), tuple(departures), tuple(requests))


def on(name: str) -> Rides:
    """Return a ride on this bus from S."""
    return Rides(out=Ride(name, "S"))


def test_a_rider_with_another_bus_is_asked_so_that_a_larger_household_can_ride() -> None:
    small = asks("small", 1, confirmed=on("1"), flexibility=1)
    problem = fair([bus("1", 4), bus("2", 2, wave=1)], [small, asks("large", 4, 1)])
    assert find_moves(problem, {"small"}) == [Move("small", on("2"))]
    assert find_moves(problem, set()) == []


def test_nobody_is_asked_where_it_helps_nobody() -> None:
    small = asks("small", 1, confirmed=on("1"), flexibility=1)
    buses = [bus("1", 4), bus("2", 2, wave=1)]
    assert find_moves(fair(buses, [small, asks("larger", 5, 1)]), {"small"}) == []
    stays = replace(small, flexibility=0)
    assert find_moves(fair(buses, [stays, asks("large", 4, 1)]), {"small"}) == []
    assert find_moves(fair(buses, [small]), {"small"}) == []


def test_only_the_way_that_changes_is_proposed() -> None:
    home = Departure("9", Direction.BACK, 0, ("S",), 9, 0)
    both = Rides(Ride("1", "S"), Ride("9", "S"))
    small = asks("small", 1, confirmed=both, back_wave=0, flexibility=1)
    problem = fair([bus("1", 4), bus("2", 2, wave=1), home], [small, asks("large", 4, 1)])
    assert find_moves(problem, {"small"}) == [Move("small", on("2"))]


BUSES = st.lists(
    st.builds(
        Departure,
        id=st.sampled_from("123456"),
        direction=st.sampled_from(Direction),
        wave=st.integers(0, 1),
        stops=st.sampled_from(("S", "T", "ST")).map(tuple),
        seats=st.integers(1, 5),
        wheelchairs=st.integers(0, 1),
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)
REQUESTS = st.lists(
    st.builds(
        SeatRequest,
        id=st.integers(1, 99).map(str),
        stop=st.sampled_from("ST"),
        alternatives=st.sampled_from(((), ("S",), ("T",))),
        seats=st.integers(1, 4),
        wheelchairs=st.integers(0, 1),
        priority=st.integers(0, 2),
        municipality=st.just("M"),
        requested=st.integers(0, 9),
        out_wave=st.integers(0, 1),
        back_wave=st.none() | st.integers(0, 1),
        flexibility=st.integers(0, 1),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@given(buses=BUSES, requests=REQUESTS)
def test_each_accepted_move_lets_one_more_household_ride(
    buses: list[Departure], requests: list[SeatRequest]
) -> None:
    riding = allocate_greedy(fair(buses, requests)).rides
    asked = [replace(request, confirmed=riding.get(request.id)) for request in requests]
    problem = fair(buses, asked)
    moves = find_moves(problem, riding.keys())
    assert len({move.request for move in moves}) == len(moves)
    after = dict(riding)
    for move in moves:
        before = riding[move.request]
        legs = Rides(move.rides.out or before.out, move.rides.back or before.back)
        assert legs != before
        suits = options(fair(buses, [r for r in requests if r.id == move.request]))
        for leg, ride in zip(suits[move.request].legs, legs.all(), strict=True):
            assert ride in {option.ride for option in leg}
        after[move.request] = legs
    moved = [replace(request, confirmed=after.get(request.id)) for request in requests]
    assert len(allocate_greedy(fair(buses, moved)).seats) == len(riding) + len(moves)
