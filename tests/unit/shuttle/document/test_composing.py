"""A plan of the whole day: everybody once, no vehicle twice, home as one came where that does."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jobfair.shuttle.document import (
    NO_PLACE,
    Document,
    PlanBus,
    PlanTrip,
    PlanWave,
    Rule,
    TripKey,
    compose,
    key_of,
    straight_roads,
    times,
    vehicles,
    violations,
    with_rounds,
)
from jobfair.shuttle.document.rounds import TURNING
from jobfair.shuttle.planning.types import (
    FAIR,
    Call,
    Direction,
    Groups,
    Reason,
    RoutePlan,
    RouteProblem,
    Trip,
    Unserved,
)
from tests.unit.shuttle.document.plans import (
    ARRIVES,
    BACK,
    COACH,
    LEAVES,
    LINE_1,
    OUT,
    STOPS,
    TWO,
    VAN,
    call,
    groups,
    plan,
)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OUT_0, BACK_0 = PlanWave(OUT, 0, ARRIVES), PlanWave(BACK, 0, LEAVES)


def solve(problem: RouteProblem) -> RoutePlan:
    """Have each stop a bus of its own, the smallest that has room for all, while there are any."""
    left = {bus.name: bus.count for bus in problem.buses}
    trips, unserved = [], []
    for stop in problem.stops:
        seats = sum(group.seats for group in stop.groups)
        wheelchairs = sum(group.wheelchairs for group in stop.groups)
        fitting = sorted(
            (bus.seats, bus.name)
            for bus in problem.buses
            if left[bus.name] and bus.holds(seats, wheelchairs)
        )
        if fitting:
            left[fitting[0][1]] -= 1
            trips.append(Trip(fitting[0][1], (Call(stop.id, stop.groups),)))
        else:
            unserved.append(Unserved(stop.id, stop.groups, Reason.TOO_FEW_BUSES))
    return RoutePlan(tuple(trips), tuple(unserved), 0, Direction.OUT)


def composed(wanted: Mapping[int, Mapping[int, Groups]], **given: object) -> Document:
    frame = plan(**{"waves": (OUT_0, BACK_0), **given})
    return compose(frame, wanted, straight_roads(frame), solve)


def test_each_wave_is_planned_for_those_who_want_to_ride_then() -> None:
    found = composed({0: {1: (TWO,), 5: (TWO, TWO)}, 1: {5: (TWO,)}})
    assert [trip.calls for trip in found.wave(OUT, 0).trips] == [
        (call(1, TWO),),
        (call(5, TWO, TWO),),
    ]
    assert [trip.calls for trip in found.wave(BACK, 0).trips] == [(call(5, TWO),)]


def test_the_way_home_bears_the_number_of_the_way_out() -> None:
    found = composed({0: {1: (TWO,), 5: (TWO, TWO)}, 1: {5: (TWO,), 2: (TWO,)}})
    assert {trip.stops: trip.line for trip in found.wave(OUT, 0).trips} == {(1,): 1, (5,): 2}
    assert {trip.stops: trip.line for trip in found.wave(BACK, 0).trips} == {(5,): 2, (2,): 3}


def test_other_waves_out_have_other_lines() -> None:
    second = PlanWave(OUT, 1, ARRIVES + 2 * HOUR)
    found = composed({0: {1: (TWO,)}, 1: {1: (TWO,)}}, waves=(OUT_0, second))
    assert [trip.line for _wave, trip in found.trips()] == [1, 2]


def test_the_lines_drive_home_as_they_came_where_that_carries_all() -> None:
    asked: list[RouteProblem] = []

    def once(problem: RouteProblem) -> RoutePlan:
        asked.append(problem)
        calls = tuple(Call(stop.id, stop.groups) for stop in reversed(problem.stops))
        return RoutePlan((Trip("Reisebus", calls),), (), 0, Direction.OUT)

    frame = plan(waves=(OUT_0, BACK_0))
    everyone = {1: (TWO, TWO), 3: (TWO,)}
    found = compose(frame, {0: everyone, 1: everyone}, straight_roads(frame), once)
    assert len(asked) == 1
    assert found.trip(LINE_1).stops == (3, 1)
    (home,) = found.wave(BACK, 0).trips
    assert (home.line, home.bus, home.calls) == (1, "Reisebus", (call(1, TWO, TWO), call(3, TWO)))
    assert home.block == found.trip(LINE_1).block


def test_people_whose_stop_has_no_place_are_left_over() -> None:
    stops = (*STOPS[:5], replace(STOPS[5], lat=None, lon=None))
    found = composed({0: {6: (TWO,), 1: (TWO,)}, 1: {6: (TWO,)}}, stops=stops)
    assert [(left.stop, left.reason) for left in found.wave(OUT, 0).unserved] == [(6, NO_PLACE)]
    assert [(left.stop, left.reason) for left in found.wave(BACK, 0).unserved] == [(6, NO_PLACE)]


def test_a_fair_without_buses_leaves_all_over() -> None:
    found = composed({0: {1: (TWO,)}}, buses=())
    assert found.wave(OUT, 0).trips == ()
    assert found.wave(OUT, 0).unserved[0].groups == (TWO,)


def test_a_vehicle_is_not_asked_to_be_at_two_places() -> None:
    soon = PlanWave(OUT, 1, ARRIVES + timedelta(minutes=30))
    late = PlanWave(OUT, 2, ARRIVES + 4 * HOUR)
    far = {6: (TWO,)}
    found = composed(
        {0: far, 1: far, 2: far}, waves=(OUT_0, soon, late), buses=(replace(VAN, count=1),)
    )
    served = [sum(trip.people for trip in wave.trips) for wave in found.waves]
    assert served == [2, 0, 2]
    assert vehicles(found) == {"Kleinbus": 1}


demands = st.dictionaries(st.integers(1, 5), groups, max_size=5)
fleets = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(
    lambda counts: (replace(COACH, count=counts[0]), replace(VAN, count=counts[1]))
)
gaps = st.integers(15, 300).map(lambda minutes: timedelta(minutes=minutes))


@given(st.tuples(demands, demands, demands, demands), fleets, gaps, gaps)
def test_any_day_has_a_plan_without_faults_for_everybody(
    asked: tuple[dict[int, Groups], ...],
    buses: tuple[PlanBus, ...],
    stay: timedelta,
    gap: timedelta,
) -> None:
    waves = (
        OUT_0,
        PlanWave(OUT, 1, ARRIVES + gap),
        PlanWave(BACK, 0, ARRIVES + stay),
        PlanWave(BACK, 1, ARRIVES + stay + gap),
    )
    found = composed(dict(enumerate(asked)), waves=waves, buses=buses)
    assert [(wave.direction, wave.number) for wave in found.waves] == [
        (wave.direction, wave.number) for wave in waves
    ]
    for wave, people in zip(found.waves, asked, strict=True):
        planned = Counter(
            (call.stop, group)
            for trip in wave.trips
            for call in trip.calls
            for group in call.groups
        )
        planned.update((left.stop, group) for left in wave.unserved for group in left.groups)
        assert planned == Counter((stop, group) for stop, row in people.items() for group in row)
    assert violations(found, straight_roads(found)) == []


@given(st.tuples(demands, demands, demands), fleets, gaps)
def test_one_vehicle_does_what_follows_in_time(
    asked: tuple[dict[int, Groups], ...], buses: tuple[PlanBus, ...], gap: timedelta
) -> None:
    waves = (
        OUT_0,
        PlanWave(OUT, 1, ARRIVES + gap),
        PlanWave(BACK, 0, ARRIVES + 2 * gap),
    )
    found = composed(dict(enumerate(asked)), waves=waves, buses=buses)
    roads = straight_roads(found)
    told = times(found, roads)
    rounds: dict[int | None, list[tuple[TripKey, PlanTrip]]] = {}
    for wave, trip in found.trips():
        rounds.setdefault(trip.block, []).append((key_of(wave, trip), trip))
    for row in rounds.values():
        row.sort(key=lambda one: told[one[0]].fair_at)
        assert len({trip.bus for _key, trip in row}) == 1
        for (earlier, before), (later, after) in pairwise(row):
            out, home = earlier.direction is OUT, later.direction is BACK
            place = FAIR if out else str(before.stops[-1])
            start = FAIR if home else str(after.stops[0])
            ends = told[earlier].fair_at if out else told[earlier].calls[-1]
            begins = told[later].fair_at if home else told[later].calls[0]
            drive = 0 if place == start else roads.leg(place, start).seconds
            assert ends + timedelta(seconds=drive) + TURNING <= begins


def test_rounds_are_chained_only_with_time_to_turn() -> None:
    home = PlanTrip(1, "Reisebus", (call(1, TWO),))
    for stay, used in ((TURNING - MINUTE, 2), (TURNING + MINUTE, 1)):
        back = PlanWave(BACK, 0, ARRIVES + stay, (home,))
        both = plan(waves=(PlanWave(OUT, 0, ARRIVES, (home,)), back))
        chained = with_rounds(both, straight_roads(both))
        assert vehicles(chained) == {"Reisebus": used}


def test_a_vehicle_far_from_the_next_stop_is_not_chained() -> None:
    near, far = (call(1, TWO),), (call(6, TWO),)
    home = PlanWave(BACK, 0, ARRIVES, (PlanTrip(1, "Reisebus", far),))
    both = plan(waves=(home, PlanWave(OUT, 1, ARRIVES, (PlanTrip(2, "Reisebus", near),))))
    roads = straight_roads(both)
    arrives = times(both, roads)[TripKey(BACK, 1, 0)].calls[0]
    drive = timedelta(seconds=roads.leg("6", "1").seconds + roads.leg("1", FAIR).seconds)
    for extra, used in ((2, 2), (9, 1)):
        wave = replace(both.waves[1], at=arrives + drive + timedelta(minutes=extra))
        chained = with_rounds(replace(both, waves=(home, wave)), roads)
        assert vehicles(chained).total() == used


def test_a_plan_over_its_fleet_is_told() -> None:
    over = plan(buses=(replace(COACH, count=1), VAN))
    assert [fault.code for fault in violations(over, straight_roads(over))] == [Rule.VEHICLES]
    chained = with_rounds(over, straight_roads(over))
    assert violations(chained, straight_roads(chained)) == []
