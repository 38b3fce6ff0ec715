"""Changing a plan by hand: it says what breaks, and nobody who wants to ride gets lost."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.core.errors import DomainError, Invalid, NotFound
from jobfair.shuttle.document import (
    Document,
    Left,
    PlanTrip,
    PlanWave,
    TripKey,
    add_stop,
    add_trip,
    change_bus,
    delete_trip,
    free_line,
    move_stop,
    shift_trip,
    take_out_stop,
    trip_key,
)
from jobfair.shuttle.planning.types import Group
from jobfair.shuttle.rules import LINES_MOST, Direction
from tests.unit.shuttle.document.plans import (
    BACK,
    CHAIR,
    HOME_1,
    LINE_1,
    LINE_2,
    ONE,
    OUT,
    STOPS,
    TWO,
    call,
    documents,
    plan,
)


def test_a_trip_is_named_as_its_departure_is() -> None:
    assert str(HOME_1) == "1-back-0"
    assert trip_key("1-back-0") == HOME_1
    with pytest.raises(NotFound):
        trip_key("1-sideways-0")


def test_a_stop_moves_to_another_line_with_its_people() -> None:
    moved = move_stop(plan(), LINE_1, 1, to_line=2, position=1)
    assert moved.trip(LINE_1).stops == (3,)
    assert moved.trip(LINE_2).calls == (call(5, TWO, TWO), call(1, ONE))
    assert moved.trip(HOME_1) == plan().trip(HOME_1)


def test_a_stop_moves_along_its_line() -> None:
    assert move_stop(plan(), LINE_1, 3, to_line=1, position=1).trip(LINE_1).stops == (1, 3)


@pytest.mark.parametrize(("key", "stops"), [(LINE_1, (1, 3)), (HOME_1, (3, 1))])
def test_a_stop_without_a_position_is_the_farthest_from_the_fair(
    key: TripKey, stops: tuple[int, ...]
) -> None:
    assert move_stop(plan(), key, 1, to_line=1).trip(key).stops == stops


def test_those_of_one_stop_meet_where_both_lines_call() -> None:
    both = add_stop(plan(), LINE_2, STOPS[2])
    met = move_stop(both, LINE_1, 3, to_line=2)
    assert met.trip(LINE_2).calls == (call(3, TWO, CHAIR), call(5, TWO, TWO))


def test_times_told_by_hand_hold_until_a_stop_comes_in_between() -> None:
    told = replace(
        plan(),
        waves=(
            PlanWave(
                OUT,
                0,
                plan().waves[0].at,
                (
                    PlanTrip(1, "Reisebus", (call(3, minutes=40), call(1, minutes=20))),
                    PlanTrip(2, "Reisebus", (call(5, minutes=60),)),
                ),
            ),
        ),
    )
    assert take_out_stop(told, LINE_1, 3).trip(LINE_1).calls == (call(1, minutes=20),)
    assert shift_trip(told, LINE_1, 5).trip(LINE_1).calls[0].minutes == 40
    moved = move_stop(told, LINE_2, 5, to_line=1)
    assert [one.minutes for one in moved.trip(LINE_1).calls] == [None, None, None]


def test_a_stop_that_is_taken_out_leaves_its_people_over() -> None:
    without = take_out_stop(plan(), LINE_1, 3)
    assert without.trip(LINE_1).stops == (1,)
    assert without.wave(OUT, 0).unserved[-1] == Left(3, (TWO, CHAIR), "by_hand")


def test_a_stop_that_is_added_takes_those_who_are_left_over_there() -> None:
    added = add_stop(plan(), LINE_2, STOPS[5])
    assert added.trip(LINE_2).calls == (call(6, TWO), call(5, TWO, TWO))
    assert added.wave(OUT, 0).unserved == ()


def test_a_stop_that_the_plan_did_not_know_can_be_added() -> None:
    new = replace(STOPS[0], id=70, name="Neu")
    added = add_stop(plan(), LINE_1, new, position=9)
    assert added.trip(LINE_1).stops == (3, 1, 70)
    assert added.stop[70] == new


def test_a_bus_calls_at_a_stop_once() -> None:
    with pytest.raises(Invalid, match="calls_twice"):
        add_stop(plan(), LINE_1, STOPS[0])


def test_a_trip_gets_another_bus_and_another_time() -> None:
    changed = shift_trip(change_bus(plan(), LINE_2, "Reisebus"), LINE_2, -10)
    again = shift_trip(changed, LINE_2, 3)
    assert (again.trip(LINE_2).bus, again.trip(LINE_2).shift_min) == ("Reisebus", -7)
    with pytest.raises(Invalid, match="shift_most"):
        shift_trip(plan(), LINE_2, 100_000)


def test_a_trip_is_added_on_a_line_of_its_own() -> None:
    added = add_trip(plan(), BACK, 0, "Kleinbus")
    assert added.trip(TripKey(BACK, 3, 0)) == PlanTrip(3, "Kleinbus", ())


def test_there_are_not_too_many_lines() -> None:
    trips = tuple(PlanTrip(line, "Reisebus", ()) for line in range(1, LINES_MOST + 1))
    full = plan(waves=(PlanWave(OUT, 0, plan().waves[0].at, trips),))
    with pytest.raises(Invalid, match="lines_full"):
        free_line(full)


def test_a_trip_that_is_deleted_leaves_its_people_over() -> None:
    without = delete_trip(plan(), LINE_2)
    assert [trip.line for trip in without.wave(OUT, 0).trips] == [1]
    assert without.wave(OUT, 0).unserved[-1] == Left(5, (TWO, TWO), "by_hand")


@pytest.mark.parametrize(
    "change",
    [
        lambda: move_stop(plan(), LINE_1, 5, 2),
        lambda: move_stop(plan(), LINE_1, 1, 9),
        lambda: take_out_stop(plan(), LINE_1, 5),
        lambda: add_stop(plan(), TripKey(OUT, 1, 7), STOPS[0]),
        lambda: change_bus(plan(), LINE_1, "Kutsche"),
        lambda: add_trip(plan(), OUT, 0, "Kutsche"),
        lambda: delete_trip(plan(), TripKey(BACK, 9, 0)),
    ],
)
def test_what_the_plan_does_not_have_is_not_found(change: Callable[[], Document]) -> None:
    with pytest.raises(NotFound):
        change()


def everybody(document: Document) -> Counter[tuple[str, int, Group]]:
    """Return who wants to ride from where, on whichever bus or on none."""
    rows = [
        (wave.direction, call.stop, group)
        for wave, trip in document.trips()
        for call in trip.calls
        for group in call.groups
    ]
    rows += [
        (wave.direction, left.stop, group)
        for wave in document.waves
        for left in wave.unserved
        for group in left.groups
    ]
    return Counter(rows)


Change = tuple[str, Direction, int, int, int]
changes = st.lists(
    st.tuples(
        st.sampled_from(("move", "out", "add", "bus", "shift", "trip", "delete")),
        st.sampled_from((OUT, BACK)),
        st.integers(1, 4),
        st.integers(1, 6),
        st.integers(0, 5),
    ),
    max_size=8,
)


def changed(document: Document, change: Change) -> Document:
    """Return the plan after that change."""
    what, way, line, stop, number = change
    key = TripKey(way, line, 0)
    acts: dict[str, Callable[[], Document]] = {
        "move": lambda: move_stop(document, key, stop, 1 + number % 3, number),
        "out": lambda: take_out_stop(document, key, stop),
        "add": lambda: add_stop(document, key, STOPS[stop - 1], number),
        "bus": lambda: change_bus(document, key, "Kleinbus"),
        "shift": lambda: shift_trip(document, key, number),
        "trip": lambda: add_trip(document, way, 0, "Reisebus"),
        "delete": lambda: delete_trip(document, key),
    }
    return acts[what]()


@given(documents, changes)
def test_whatever_is_changed_nobody_gets_lost(document: Document, made: list[Change]) -> None:
    before = everybody(document)
    for change in made:
        with suppress(DomainError):
            document = changed(document, change)
        assert everybody(document) == before
        stops = [trip.stops for _wave, trip in document.trips()]
        assert all(len(set(calls)) == len(calls) for calls in stops)
