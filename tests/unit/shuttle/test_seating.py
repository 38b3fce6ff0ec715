"""What departures have for those who ask: all rides or none, nearest to the wish first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.shuttle.allocation.problem import Ride, Rides, SeatRequest
from jobfair.shuttle.models import Call, Departure
from jobfair.shuttle.rules import Direction, WaitReason
from jobfair.shuttle.seating import Seating, sets_off

HOUR = timedelta(hours=1)
FAIR_AT = datetime(2026, 12, 10, 13, tzinfo=UTC)
WISH = SeatRequest("1", "7", 2, 0, 0, "", 0, out_wave=0, back_wave=None)


def bus(number: int, *, stops: tuple[int, ...] = (7,), wave: int = 0, **given: object) -> Departure:
    """Make a departure to the fair with ten seats and one wheelchair place."""
    shape = {"direction": Direction.OUT, "seats": 10, "wheelchairs": 1, "taken": 0}
    fields = {**shape, "wheelchairs_taken": 0, "fair_at": FAIR_AT, **given}
    departure = Departure(id=number, line=number, wave=wave, **fields)
    minutes = -10 if departure.direction is Direction.OUT else 10
    departure.calls = [
        Call(stop_id=stop, position=n, at=FAIR_AT + timedelta(minutes=minutes))
        for n, stop in enumerate(stops)
    ]
    return departure


def seated(wish: SeatRequest, *departures: Departure, present: Rides | None = None) -> Rides | None:
    """Return what the wish is given on these departures."""
    seating = Seating(departures)
    return seating.seat(seating.choices_of(wish), present)


BUSES = st.lists(
    st.builds(
        bus,
        number=st.integers(1, 99),
        stops=st.lists(st.integers(1, 3), min_size=1, max_size=3, unique=True).map(tuple),
        wave=st.integers(0, 2),
        direction=st.sampled_from(Direction),
        seats=st.integers(0, 6),
        wheelchairs=st.integers(0, 2),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)
WISHES = st.builds(
    SeatRequest,
    id=st.just("1"),
    stop=st.sampled_from("123"),
    alternatives=st.lists(st.sampled_from("123"), max_size=2).map(tuple),
    seats=st.integers(1, 5),
    wheelchairs=st.integers(0, 1),
    priority=st.just(0),
    municipality=st.just(""),
    requested=st.just(0),
    out_wave=st.integers(0, 2),
    back_wave=st.none() | st.integers(0, 2),
    flexibility=st.integers(0, 2),
)


@given(buses=BUSES, wish=WISHES)
def test_a_household_gets_all_its_rides_or_none(buses: list[Departure], wish: SeatRequest) -> None:
    seating, by_id = Seating(buses), {str(one.id): one for one in buses}
    entry = seating.choices_of(wish)
    full = seating.full_ways(entry)
    given = seating.seat(entry)
    assert bool(given) != bool(full)
    for way in wish.directions if given else ():
        ride = given.get(way) if given else None
        assert ride is not None
        departure = by_id[ride.departure]
        assert departure.direction is way
        assert (wish.seats, wish.wheelchairs) <= (departure.seats, departure.wheelchairs)
        assert ride.stop in (wish.stop, *wish.alternatives)
        assert int(ride.stop) in {call.stop_id for call in departure.calls}
        assert abs(departure.wave - (wish.wave(way) or 0)) <= wish.flexibility


def test_the_nearest_wave_comes_first_then_the_own_stop_then_most_room() -> None:
    flexible = replace(WISH, out_wave=1, flexibility=1, alternatives=("8",))
    far, near = bus(1, wave=0), bus(2, wave=1, stops=(8,), taken=5)
    assert seated(flexible, far, near) == Rides(out=Ride("2", "8"))
    assert seated(flexible, far, near, bus(3, wave=1, taken=7)) == Rides(out=Ride("3", "7"))
    roomier = bus(4, wave=1, taken=6), bus(5, wave=1, taken=7)
    assert seated(flexible, near, *roomier) == Rides(out=Ride("4", "7"))


@pytest.mark.parametrize("waves", [(0, 0), (0, 1), (1, 1)])
@pytest.mark.parametrize("full", [{1}, {2}, {3}, {4}, {1, 4}, {1, 3}, {2, 3}, set()], ids=str)
def test_nobody_is_sent_home_before_arriving(waves: tuple[int, int], full: set[int]) -> None:
    hours = {(Direction.OUT, 0): 0, (Direction.OUT, 1): 4}
    hours |= {(Direction.BACK, 0): 3, (Direction.BACK, 1): 8}
    buses = [
        bus(n, direction=way, wave=wave, fair_at=FAIR_AT + at * HOUR, taken=10 * (n in full))
        for n, ((way, wave), at) in enumerate(hours.items(), 1)
    ]
    flexible = replace(WISH, out_wave=waves[0], back_wave=waves[1], flexibility=20)
    given = seated(flexible, *buses)
    assert given is None or (given.out, given.back) != (Ride("2", "7"), Ride("3", "7"))
    assert given is not None or full


def test_who_changes_the_wish_stays_on_the_bus_that_is_as_good() -> None:
    here = Rides(out=Ride("1", "7"))
    assert seated(WISH, bus(1, taken=8), bus(2), present=here) == here
    assert seated(WISH, bus(1, taken=9), bus(2), present=here) == Rides(out=Ride("2", "7"))


def test_a_wheelchair_takes_its_own_place_and_no_seat() -> None:
    rolling = replace(WISH, seats=1, wheelchairs=1)
    assert seated(rolling, bus(1, taken=9)) == Rides(out=Ride("1", "7"))
    assert seated(rolling, bus(1, wheelchairs_taken=1)) is None
    assert seated(WISH, bus(1, taken=9)) is None


def test_a_bus_that_has_left_takes_nobody() -> None:
    departure = bus(1)
    assert sets_off(departure) == FAIR_AT - timedelta(minutes=10)
    for minutes, leaves in ((-11, False), (-10, True)):
        seating = Seating([departure], FAIR_AT + timedelta(minutes=minutes))
        assert (seating.seat(seating.choices_of(WISH)) is None) is leaves
        assert seating.has_room is not leaves
        assert seating.is_planned


@pytest.mark.parametrize(
    ("wish", "departures", "reason"),
    [
        (WISH, [], WaitReason.NO_TIMETABLE),
        (WISH, [bus(1, stops=(8,))], WaitReason.NO_DEPARTURE),
        (WISH, [bus(1, wave=1)], WaitReason.NO_DEPARTURE),
        (replace(WISH, seats=11), [bus(1)], WaitReason.PARTY_TOO_LARGE),
        (replace(WISH, wheelchairs=2), [bus(1)], WaitReason.PARTY_TOO_LARGE),
        (replace(WISH, wheelchairs=1), [bus(1, wheelchairs_taken=1)], "wheelchair_places_full"),
        (WISH, [bus(1, taken=9)], WaitReason.FULL),
        (
            replace(WISH, back_wave=0),
            [bus(1), bus(2, direction=Direction.BACK, taken=9)],
            WaitReason.FULL,
        ),
        (replace(WISH, wheelchairs=1), [bus(1, taken=9, wheelchairs_taken=1)], WaitReason.FULL),
        (WISH, [bus(1)], WaitReason.NEXT_RUN),
    ],
)
def test_who_waits_knows_why(
    wish: SeatRequest, departures: list[Departure], reason: WaitReason
) -> None:
    seating = Seating(departures)
    assert seating.reason(seating.choices_of(wish)) == reason
