"""The checker finds every fault there can be."""

from dataclasses import replace

import pytest

from jobfair.shuttle.allocation.checker import (
    Fault,
    Violation,
    check_allocation,
    unreachable,
)
from jobfair.shuttle.allocation.greedy import allocate_greedy
from jobfair.shuttle.allocation.problem import (
    Aim,
    Allocation,
    Level,
    Problem,
    Reason,
    Rides,
    Seat,
    Waiting,
)
from jobfair.shuttle.allocation.words import SENTENCES, in_words
from tests.unit.shuttle.allocation.problems import (
    departure,
    problem,
    request,
    rides,
    to_and_fro,
)

FULL = Reason.FULL


def faults(
    asked: Problem,
    seats: dict[str, Rides],
    waiting: dict[str, Reason] | None = None,
    levels: tuple[Level, ...] = (),
) -> list[Fault]:
    """Return what is wrong when these have seats and these wait."""
    given = tuple(Seat(name, taken) for name, taken in seats.items())
    waitlist = tuple(Waiting(name, why) for name, why in (waiting or {}).items())
    found = check_allocation(asked, Allocation(given, waitlist, levels))
    return [violation.code for violation in found]


ONE = problem(to_and_fro(1), [request("R0")])
TWO = problem(to_and_fro(1), [request("R0"), request("R1")])


def test_everybody_is_on_one_list_once() -> None:
    assert faults(ONE, {}) == [Fault.MISSING]
    assert faults(ONE, {"R0": rides()}, {"R0": FULL}) == [Fault.TWICE]
    assert faults(ONE, {"R0": rides(), "R9": rides()}) == [Fault.UNKNOWN]
    assert faults(ONE, {"R0": rides("D9")}) == [Fault.UNKNOWN]


def test_rides_are_those_that_were_asked_for() -> None:
    assert faults(ONE, {"R0": rides(back=None)}) == [Fault.WAYS]
    assert faults(ONE, {"R0": rides(stop="S1")}) == [Fault.NOT_USABLE] * 2
    assert faults(ONE, {"R0": rides("B0", "O0")}) == [Fault.NOT_USABLE] * 2
    late = problem([*to_and_fro(), departure("O1", wave=1)], [request("R0")])
    assert faults(late, {"R0": rides("O1")}) == [Fault.NOT_USABLE]


def test_places_are_not_given_twice() -> None:
    both = {"R0": rides(), "R1": rides()}
    assert faults(TWO, both) == [Fault.SEATS] * 2
    chairs = [request("R0", seats=0, wheelchairs=1)]
    assert faults(problem(to_and_fro(1), chairs), {"R0": rides()}) == [Fault.WHEELCHAIRS] * 2


def test_what_is_confirmed_stays_while_its_bus_goes() -> None:
    kept = request("R0", alternatives=("S1",), confirmed=rides())
    asked = problem(to_and_fro(1), [kept])
    assert faults(asked, {"R0": rides(stop="S1")}) == [Fault.CONFIRMED_MOVED]
    assert Fault.CONFIRMED_LOST in faults(asked, {}, {"R0": FULL})
    smaller = problem(to_and_fro(0), [kept])
    assert faults(smaller, {}, {"R0": Reason.PARTY_TOO_LARGE}) == []


@pytest.mark.parametrize("told", list(Reason))
def test_reasons_are_true(told: Reason) -> None:
    far = problem(to_and_fro(), [request("R0", out_wave=1)])
    assert faults(far, {}, {"R0": told}) == [Fault.REASON] * (told is not Reason.NO_DEPARTURE)
    large = problem(to_and_fro(), [request("R0", seats=3)])
    assert faults(large, {}, {"R0": told}) == [Fault.REASON] * (told is not Reason.PARTY_TOO_LARGE)
    taken = faults(TWO, {"R0": rides()}, {"R1": told})
    assert taken == [Fault.REASON] * (told in (Reason.NO_DEPARTURE, Reason.PARTY_TOO_LARGE))


def test_nobody_waits_beside_free_places_or_for_people_who_come_after() -> None:
    assert faults(ONE, {}, {"R0": FULL}) == [Fault.PLACES_LEFT]
    first = replace(TWO, requests=(request("R0"), request("R1", priority=1)))
    assert faults(first, {"R0": rides()}, {"R1": FULL}) == [Fault.OVERTAKEN]
    kept = replace(first, requests=(request("R0", confirmed=rides()), first.requests[1]))
    assert faults(kept, {"R0": rides()}, {"R1": FULL}) == []


def test_levels_are_what_is_reached() -> None:
    people, invited = Level(Aim.PEOPLE, 1, 1), Level(Aim.PRIORITY_1, 0, 0)
    given = {"R0": rides()}
    assert faults(ONE, given, levels=(invited, people)) == []
    assert faults(ONE, given, levels=(people, invited)) == [Fault.LEVELS]
    assert faults(ONE, given, levels=(Level(Aim.PEOPLE, 2, 2),)) == [Fault.VALUE]
    assert faults(ONE, given, levels=(Level(Aim.PEOPLE, 1, 0),)) == [Fault.BOUND]
    assert faults(ONE, given, levels=(Level(Aim.DEVIATION, 0, 1),)) == [Fault.BOUND]


def test_requests_without_a_departure_are_counted_apart() -> None:
    asked = problem(to_and_fro(), [request("R0"), request("R1", back_wave=1)])
    assert unreachable(asked) == 1
    assert check_allocation(asked, allocate_greedy(asked)) == []


def test_every_fault_has_words() -> None:
    assert SENTENCES.keys() == set(Fault)
    assert in_words(Violation(Fault.SEATS, "D0", 3, 2)) == "D0: 3 seats are taken, there are 2"
