"""Freed places: offered in the order of the aims, whole parties, no place twice; moves proposed."""

from hypothesis import given, settings

from jobfair.shuttle.allocation.checker import Fault, check_allocation
from jobfair.shuttle.allocation.greedy import allocate_greedy
from jobfair.shuttle.allocation.problem import Allocation, Problem, Reason, Rides, Seat, Waiting
from jobfair.shuttle.allocation.promotion import promote
from jobfair.shuttle.allocation.swaps import Move, propose_swaps
from tests.unit.shuttle.allocation.problems import (
    confirm,
    departure,
    problem,
    problems,
    request,
    rides,
    to_and_fro,
)

some = settings(max_examples=100, deadline=None)


def test_places_are_offered_in_the_order_of_the_aims() -> None:
    held = request("R0", seats=3)
    served = request("R1", requested=1)
    short = request("R2", municipality="M1", requested=2)
    invited = request("R3", priority=1, requested=3)
    late = request("R4", requested=4, municipality="M1")
    asked = problem(to_and_fro(6), [held, served, short, invited, late])
    offers = promote(asked, {"R0": rides()})
    assert [seat.request for seat in offers] == ["R3", "R2", "R4"]


def test_a_party_that_does_not_fit_whole_is_passed_over() -> None:
    asked = problem(to_and_fro(2), [request("R0"), request("R1", seats=2), request("R2")])
    assert [seat.request for seat in promote(asked, {"R0": rides()})] == ["R2"]


def test_the_ride_that_is_nearest_to_the_wish_is_offered() -> None:
    buses = [*to_and_fro(1), departure("O1", wave=1, seats=5)]
    asked = problem(buses, [request("R0", flexibility=1)])
    assert promote(asked, {}) == [Seat("R0", rides("O0"))]


@some
@given(problems(6))
def test_no_place_is_offered_twice_or_left(asked: Problem) -> None:
    everybody = allocate_greedy(asked).rides
    held = dict(list(everybody.items())[::2])
    given = held | {seat.request: seat.rides for seat in promote(asked, held)}
    codes = {violation.code for violation in check_allocation(asked, _allocation(asked, given))}
    assert codes <= {Fault.REASON, Fault.OVERTAKEN}
    assert promote(asked, given) == []


def test_one_party_moves_for_another() -> None:
    mover = request("R0", flexibility=1, back_wave=None, confirmed=rides("O0", None))
    buses = [departure("O0", seats=1), departure("O1", wave=1, seats=1)]
    asked = problem(buses, [mover, request("R1", requested=1, back_wave=None)])
    (proposal,) = propose_swaps(asked, {"R0": rides("O0", None)})
    assert proposal.seat == Seat("R1", rides("O0", None))
    now, then = rides("O0", None).out, rides("O1", None).out
    assert now
    assert then
    assert proposal.moves == (Move("R0", now, then),)


@some
@given(problems(7))
def test_all_proposals_can_be_carried_out(asked: Problem) -> None:
    before = allocate_greedy(asked).rides
    proposals = propose_swaps(confirm(asked, allocate_greedy(asked)), before)
    given = dict(before)
    for proposal in proposals:
        assert proposal.moves
        given[proposal.seat.request] = proposal.seat.rides
        for move in proposal.moves:
            out, back = given[move.request].out, given[move.request].back
            assert move.now in (out, back)
            moved = (move.then if ride == move.now else ride for ride in (out, back))
            given[move.request] = Rides(*moved)
    asked_to_move = [move.request for proposal in proposals for move in proposal.moves]
    assert len(asked_to_move) == len({*asked_to_move})
    codes = {violation.code for violation in check_allocation(asked, _allocation(asked, given))}
    assert codes <= {Fault.REASON, Fault.PLACES_LEFT, Fault.OVERTAKEN}


def _allocation(asked: Problem, given: dict[str, Rides]) -> Allocation:
    left = [r.id for r in asked.requests if r.id not in given]
    seats = tuple(Seat(name, taken) for name, taken in given.items())
    return Allocation(seats, tuple(Waiting(name, Reason.FULL) for name in left))
