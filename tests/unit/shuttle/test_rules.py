"""Which buses carry a household, and what a departure may be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.core.errors import Invalid
from jobfair.shuttle.rules import (
    CallInput,
    DepartureInput,
    Direction,
    Offer,
    Ways,
    Wish,
    check_departure,
    choose,
    departure_key,
    directions,
    distance_km,
    full_ways,
    parse_key,
)

FAIR_AT = datetime(2026, 12, 10, 13, tzinfo=UTC)
OFFERS = st.lists(
    st.builds(
        Offer,
        departure_id=st.integers(1, 99),
        direction=st.sampled_from(Direction),
        line=st.integers(1, 3),
        wave=st.integers(0, 2),
        stops=st.frozensets(st.integers(1, 3)),
        free=st.integers(0, 6),
    ),
    max_size=8,
)
WISHES = st.builds(
    Wish,
    ways=st.sampled_from(Ways),
    stop_id=st.integers(1, 3),
    back_wave=st.integers(0, 2),
    people=st.integers(1, 6),
)


@given(offers=OFFERS, wish=WISHES)
def test_a_household_gets_all_its_rides_or_none(offers: list[Offer], wish: Wish) -> None:
    chosen = choose(offers, wish)
    assert bool(chosen) != bool(full_ways(offers, wish))
    assert tuple(offer.direction for offer in chosen) in ((), directions(wish.ways))
    for offer in chosen:
        assert offer.free >= wish.people
        assert wish.stop_id in offer.stops
        assert offer.direction is Direction.OUT or offer.wave == wish.back_wave


def test_the_earliest_bus_with_room_for_all_is_taken() -> None:
    offers = [
        Offer(1, Direction.OUT, 1, 1, frozenset({7}), 9),
        Offer(2, Direction.OUT, 2, 0, frozenset({7}), 3),
        Offer(3, Direction.OUT, 1, 0, frozenset({7}), 2),
    ]
    taken = [choose(offers, Wish(Ways.OUT, 7, None, people)) for people in (2, 3, 4, 10)]
    assert [[offer.departure_id for offer in chosen] for chosen in taken] == [[3], [2], [1], []]


@pytest.mark.parametrize(
    ("direction", "minutes", "fault"),
    [
        (Direction.OUT, (-30, -20), None),
        (Direction.BACK, (20, 30), None),
        (Direction.OUT, (), "departure_calls"),
        (Direction.OUT, (-30, -30), "departure_calls_twice"),
        (Direction.OUT, (-30, 0), "departure_late"),
        (Direction.BACK, (0, 30), "departure_early"),
    ],
)
def test_calls_must_make_a_journey(
    direction: Direction, minutes: tuple[int, ...], fault: str | None
) -> None:
    calls = tuple(
        CallInput(n, FAIR_AT + timedelta(minutes=minute)) for n, minute in enumerate(minutes)
    )
    plan = DepartureInput(direction, 1, 0, 50, FAIR_AT, calls)
    if fault is None:
        check_departure(plan)
    else:
        with pytest.raises(Invalid, match=f"^{fault}$"):
            check_departure(plan)


@given(st.sampled_from(Direction), st.integers(1, 99), st.integers(0, 19))
def test_a_key_names_one_departure(direction: Direction, line: int, wave: int) -> None:
    assert parse_key(departure_key(direction, line, wave)) == (direction, line, wave)


@pytest.mark.parametrize(
    "key", ["", "4-out", "0-out-0", "4-on-0", "4-out-00", "4-out-0 ", "٤-out-0"]
)
def test_other_keys_name_none(key: str) -> None:
    assert parse_key(key) is None


def test_distance_is_that_of_the_map() -> None:
    bramsche, osnabrueck = (52.4089, 7.9728), (52.2799, 8.0472)
    assert distance_km(bramsche, osnabrueck) == pytest.approx(15.2, abs=0.2)
    assert distance_km(bramsche, bramsche) == 0
