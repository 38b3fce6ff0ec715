"""The instant answer: sound, and with the reason of everybody who waits."""

from hypothesis import given, settings
from hypothesis import strategies as st

from jobfair.shuttle.allocation.checker import check_allocation
from jobfair.shuttle.allocation.greedy import allocate_greedy, answer
from jobfair.shuttle.allocation.options import options
from jobfair.shuttle.allocation.problem import Problem, Reason, SeatRequest
from jobfair.shuttle.allocation.room import Room
from tests.unit.shuttle.allocation.problems import (
    confirmed_problems,
    departure,
    problem,
    problems,
    request,
    rides,
    to_and_fro,
)

some = settings(max_examples=200, deadline=None)


@some
@given(st.one_of(problems(8), confirmed_problems()))
def test_it_keeps_every_rule(asked: Problem) -> None:
    assert check_allocation(asked, allocate_greedy(asked)) == []


def reason(*requests: SeatRequest, seats: int = 2, wheelchairs: int = 0) -> Reason:
    """Return why the last of these waits."""
    asked = problem(to_and_fro(seats, wheelchairs), list(requests))
    waiting = {entry.request: entry.reason for entry in allocate_greedy(asked).waitlist}
    return waiting[requests[-1].id]


def test_it_says_why_somebody_waits() -> None:
    chair = {"seats": 0, "wheelchairs": 1}
    assert reason(request("R0", stop="nowhere")) is Reason.NO_DEPARTURE
    assert reason(request("R0", out_wave=1)) is Reason.NO_DEPARTURE
    assert reason(request("R0", seats=3)) is Reason.PARTY_TOO_LARGE
    assert reason(request("R0", **chair)) is Reason.PARTY_TOO_LARGE
    assert reason(request("R0", seats=2), request("R1")) is Reason.FULL
    full = reason(request("R0", **chair), request("R1", **chair), wheelchairs=1)
    assert full is Reason.WHEELCHAIR_PLACES_FULL


def test_priority_goes_before_the_order_of_asking() -> None:
    asked = problem(to_and_fro(1), [request("R0"), request("R1", requested=1, priority=1)])
    assert allocate_greedy(asked).rides == {"R1": rides()}


def test_it_fills_where_most_room_is_left() -> None:
    buses = [departure("O1", seats=3), *to_and_fro(2)]
    assert allocate_greedy(problem(buses, [request("R0")])).rides == {"R0": rides("O1")}


def test_who_asks_now_is_answered_from_what_is_free() -> None:
    asked = problem(to_and_fro(2), [request("R0", seats=2), request("R1")])
    choices = options(asked)
    room = Room(asked.departures)
    assert answer(choices["R0"], room) == rides()
    assert room.free == {"O0": (0, 0), "B0": (0, 0)}
    assert answer(choices["R1"], room) is Reason.FULL
