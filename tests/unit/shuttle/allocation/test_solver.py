"""The optimiser: it finds the best, proves it, and leaves those alone who were promised a seat."""

from dataclasses import replace
from random import Random
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobfair.shuttle.allocation import allocator, approximate, solver
from jobfair.shuttle.allocation.checker import check_allocation
from jobfair.shuttle.allocation.greedy import allocate_greedy
from jobfair.shuttle.allocation.problem import Aim, Problem
from jobfair.shuttle.allocation.solver import allocate
from tests.unit.shuttle.allocation.problems import (
    best,
    confirm,
    confirmed_problems,
    crowd,
    departure,
    problem,
    problems,
    request,
    rides,
    to_and_fro,
    vector,
)

some = settings(max_examples=100, deadline=None)
few = settings(max_examples=30, deadline=None)


@some
@given(problems())
def test_nothing_better_exists(asked: Problem) -> None:
    found = allocate(asked, 20)
    assert check_allocation(asked, found) == []
    assert vector(asked, found) == best(asked)
    assert found.proven


@some
@given(confirmed_problems())
def test_nothing_better_exists_that_keeps_what_was_promised(asked: Problem) -> None:
    found = allocate(asked, 20)
    assert check_allocation(asked, found) == []
    assert vector(asked, found) == best(asked)
    assert found.proven


@some
@given(confirmed_problems(), st.randoms())
def test_the_order_of_the_input_changes_nothing(asked: Problem, random: Random) -> None:
    shuffled = replace(
        asked,
        departures=tuple(random.sample(asked.departures, len(asked.departures))),
        requests=tuple(random.sample(asked.requests, len(asked.requests))),
    )
    assert allocate(shuffled, 20) == allocate(asked, 20)


@some
@given(problems())
def test_nobody_moves_once_confirmed(asked: Problem) -> None:
    found = allocate(asked, 20)
    again = allocate(confirm(asked, found), 20)
    assert again == found


@some
@given(problems(), st.integers(0, 4))
def test_a_cancellation_costs_nobody_a_seat(asked: Problem, index: int) -> None:
    found = allocate(asked, 20)
    confirmed = confirm(asked, found)
    gone = confirmed.requests[index % len(confirmed.requests)].id
    left = replace(confirmed, requests=tuple(r for r in confirmed.requests if r.id != gone))
    after = allocate(left, 20)
    kept = {name: given for name, given in found.rides.items() if name != gone}
    assert kept.items() <= after.rides.items()
    assert check_allocation(left, after) == []


@some
@given(problems(), st.integers(0, 4))
def test_more_places_are_never_worse_for_those_who_come_first(asked: Problem, index: int) -> None:
    buses = list(asked.departures)
    index %= len(buses)
    buses[index] = replace(buses[index], seats=buses[index].seats + 2)
    larger = replace(asked, departures=tuple(buses))
    first = [Aim.PRIORITY_2, Aim.PRIORITY_1]
    before, after = (
        [level.value for level in allocate(p, 20).levels if level.aim in first]
        for p in (asked, larger)
    )
    assert after >= before


@some
@given(confirmed_problems())
def test_without_time_it_is_no_worse_than_what_it_begins_with(asked: Problem) -> None:
    found = allocate(asked, 0)
    assert check_allocation(asked, found) == []
    assert vector(asked, found) >= vector(asked, allocate_greedy(asked))
    assert found.proven == all(level.value == level.bound for level in found.levels)


@few
@given(confirmed_problems(), st.booleans())
def test_the_wide_search_is_sound(asked: Problem, relaxed: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "EXACT_MOST", -1)
        patch.setattr(approximate, "RELAXED_MOST", 10_000 if relaxed else -1)
        patch.setattr(approximate, "FIRST_MOST", 10_000 if relaxed else -1)
        found = allocate(asked, 0.1)
    assert check_allocation(asked, found) == []
    reached, most = vector(asked, found), best(asked)
    assert vector(asked, allocate_greedy(asked)) <= reached <= most
    if not most[0]:
        assert found.levels[0].bound >= most[1]
    if found.proven:
        assert reached == most


def test_those_whose_bus_is_gone_come_before_interviews() -> None:
    displaced = request("R0", confirmed=rides("gone", "B0"))
    asked = problem(to_and_fro(1), [displaced, request("R1", priority=2)])
    found = allocate(asked, 20)
    assert found.rides == {"R0": rides("O0", "B0")}


def test_of_those_whose_bus_shrank_most_people_stay_whatever_their_priority() -> None:
    lone = request("R0", priority=2, back_wave=None, confirmed=rides("O0", None))
    pair = request("R1", seats=2, back_wave=None, confirmed=rides("O0", None))
    found = allocate(problem([departure("O0", seats=2)], [lone, pair]), 20)
    assert found.rides == {"R1": rides("O0", None)}


def test_who_shares_a_shrunk_bus_competes_and_others_stay() -> None:
    buses = [*to_and_fro(2), departure("O1", seats=1)]
    asked = problem(
        buses,
        [
            request("R0", confirmed=rides("O1", "B0")),
            request("R1", confirmed=rides("O1", "B0")),
            request("R2", out_wave=0, back_wave=None, confirmed=rides("O0", None)),
        ],
    )
    found = allocate(asked, 20)
    assert found.rides["R2"] == rides("O0", None)
    assert {found.rides["R0"].out, found.rides["R1"].out} == {rides("O1").out, rides("O0").out}


def test_a_half_that_was_promised_is_kept_with_the_other_half() -> None:
    partly = request("R1", confirmed=rides("O0", None))
    asked = problem(to_and_fro(1), [request("R0", priority=2), partly])
    assert allocate(asked, 20).rides == {"R1": rides("O0", "B0")}


def test_an_equal_share_comes_before_more_people() -> None:
    """Four places for eight people: two for each town, though one of them fills the bus."""
    town = [request(f"R{n}", requested=n) for n in range(4)]
    village = [request("R4", seats=2, municipality="M1", requested=4)]
    village += [request("R5", seats=2, municipality="M1", requested=5)]
    found = allocate(problem(to_and_fro(4), [*town, *village]), 20)
    assert [level.value for level in found.levels[:4]] == [0, 0, 0, 4]
    assert found.rides.keys() == {"R0", "R1", "R4"}


def test_parties_that_share_nothing_are_proven_one_after_the_other() -> None:
    buses, requests = [], []
    for n in range(3):
        buses += [departure(f"O{n}", wave=n % 2, seats=1)]
        requests += [
            request(f"R{n}{m}", municipality=f"M{n}", out_wave=n % 2, back_wave=None, stop=f"S{n}")
            for m in range(2)
        ]
        buses[-1] = replace(buses[-1], stops=(f"S{n}",))
    said: list[dict[str, object]] = []
    found = allocate(problem(buses, requests), 20, said.append)
    assert {progress["parts"] for progress in said} == {3}
    assert [level.value for level in found.levels][3] == 3
    assert found.proven


def test_the_hash_seed_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        found.append(allocator.allocate(crowd(Random(5)), seconds=30))
    assert found[0] == found[1]
    assert found[0].proven


def test_a_new_request_is_seated_without_thinking_about_all_others_again() -> None:
    asked = crowd(Random(2))
    confirmed = confirm(asked, allocate_greedy(asked))
    began = monotonic()
    found = allocate(replace(confirmed, requests=confirmed.requests[1:]), 20)
    assert found.proven
    assert monotonic() - began < 5
    assert check_allocation(replace(confirmed, requests=confirmed.requests[1:]), found) == []
