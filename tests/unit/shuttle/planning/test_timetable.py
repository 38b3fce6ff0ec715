"""Times follow from the roads; the way back is the mirror of the way out; buses go round."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from jobfair.shuttle.planning.assignment import assign
from jobfair.shuttle.planning.chaining import Block, chain
from jobfair.shuttle.planning.checker import rides, trip_metres
from jobfair.shuttle.planning.timetable import Drive, drive, mirror
from jobfair.shuttle.planning.types import Call, Direction, RouteProblem, Trip
from tests.unit.shuttle.planning.problems import ONE, bus, plan_of, problem, problems, stop

AT = datetime(2026, 12, 10, 9, tzinfo=UTC)
A, B, C = stop("A", 20, 0, ONE), stop("B", 10, 2, ONE, ONE), stop("C", -15, 0, ONE)
GIVEN = problem([A, B, C], [bus(count=3), bus("mini", seats=2, wheelchairs=0, count=3)])
LONG = Trip("bus", (Call("A", (ONE,)), Call("B", (ONE, ONE))))
SHORT = Trip("mini", (Call("C", (ONE,)),))


@given(problems())
def test_people_ride_as_long_as_the_timetable_says(drawn: RouteProblem) -> None:
    calls = tuple(Call(one.id, one.groups) for one in drawn.stops)
    if not calls:
        return
    for direction in Direction:
        trip = Trip("any", calls)
        done = drive(drawn, trip, direction, AT)
        for call, halt, (name, ride, _) in zip(
            calls, done.halts, rides(drawn, trip, direction), strict=True
        ):
            boarding = timedelta(seconds=drawn.policy.board_s_per_person * call.people)
            span = (
                done.fair_at - (halt.leaves_at - boarding)
                if direction is Direction.OUT
                else halt.arrives_at + boarding - done.fair_at
            )
            assert (halt.stop, span) == (name, timedelta(seconds=ride))


@given(problems())
def test_the_mirror_of_a_mirror_is_the_plan(drawn: RouteProblem) -> None:
    calls = tuple(Call(one.id, one.groups) for one in drawn.stops)
    plan = plan_of(drawn, *(Trip(kind.name, calls) for kind in drawn.buses[:1] if calls))
    back = mirror(drawn, plan)
    assert mirror(drawn, back) == plan
    assert (back.people, back.cost_m) == (plan.people, plan.cost_m)
    for trip, turned in zip(plan.trips, back.trips, strict=True):
        out = rides(drawn, trip, Direction.OUT)
        assert rides(drawn, turned, Direction.BACK) == out[::-1]
        assert trip_metres(drawn, trip, Direction.OUT) == trip_metres(drawn, turned, Direction.BACK)


def test_a_bus_goes_round_where_time_allows() -> None:
    back = drive(GIVEN, Trip("bus", LONG.calls[::-1]), Direction.BACK, AT + timedelta(hours=6))
    first, soon, later = (
        drive(GIVEN, LONG, Direction.OUT, AT + timedelta(minutes=minutes))
        for minutes in (0, 30, 180)
    )
    blocks = chain(GIVEN, [first, soon, later, back])
    assert sorted(blocks, key=lambda block: block.drives) == [
        Block("bus", (0, 2, 3)),
        Block("bus", (1,)),
    ]


def test_a_bus_takes_only_whom_it_has_places_for() -> None:
    mini = drive(GIVEN, SHORT, Direction.OUT, AT)
    large = drive(GIVEN, LONG, Direction.OUT, AT + timedelta(hours=3))
    assert len(chain(GIVEN, [mini, large])) == 2
    small = drive(GIVEN, SHORT, Direction.OUT, AT + timedelta(hours=6))
    assert chain(GIVEN, [large, small]) == [Block("bus", (0, 1))]


def test_the_nearer_bus_fetches() -> None:
    home = [
        drive(GIVEN, Trip("bus", (Call(name, (ONE,)),)), Direction.BACK, AT) for name in ("A", "C")
    ]
    again = [
        drive(GIVEN, Trip("bus", (Call(name, (ONE,)),)), Direction.OUT, AT + timedelta(hours=4))
        for name in ("C", "A")
    ]
    assert chain(GIVEN, [*home, *again]) == [Block("bus", (0, 3)), Block("bus", (1, 2))]


@given(
    st.lists(
        st.tuples(st.sampled_from([LONG, SHORT]), st.booleans(), st.integers(0, 5)), max_size=8
    )
)
def test_every_drive_is_done_once_by_a_bus_that_gets_there(
    wishes: list[tuple[Trip, bool, int]],
) -> None:
    drives = [
        drive(
            GIVEN,
            trip,
            Direction.OUT if out else Direction.BACK,
            AT + timedelta(hours=2 * slot, minutes=30 * (not out)),
        )
        for trip, out, slot in wishes
    ]
    blocks = chain(GIVEN, drives)
    assert sorted(n for block in blocks for n in block.drives) == list(range(len(drives)))
    for block in blocks:
        done = [drives[n] for n in block.drives]
        assert all(GIVEN.bus[block.bus].holds(one.trip.seats, 0) for one in done)
        assert all(_reaches(one, other) for one, other in pairwise(done))


def _reaches(one: Drive, other: Drive) -> bool:
    (place, free_at), (start, needed_at) = one.ends, other.begins
    way = GIVEN.travel.leg(place, start).seconds if place != start else 0
    return free_at + timedelta(seconds=way) <= needed_at


@given(st.data())
def test_an_assignment_is_the_cheapest(data: st.DataObject) -> None:
    rows = data.draw(st.integers(0, 4))
    columns = data.draw(st.integers(max(1, rows), 5))
    cell = st.integers(0, 20)
    costs = data.draw(
        st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )

    def total(chosen: tuple[int, ...] | list[int]) -> int:
        return sum(row[column] for row, column in zip(costs, chosen, strict=True))

    found = assign(costs)
    assert len(set(found)) == rows
    assert total(found) == min(total(way) for way in permutations(range(columns), rows))
