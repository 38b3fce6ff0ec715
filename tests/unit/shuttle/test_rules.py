"""What a departure may be, and how it is named."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.core.errors import Invalid
from jobfair.shuttle.rules import (
    CallInput,
    DepartureInput,
    Direction,
    check_departure,
    departure_key,
    distance_km,
    parse_key,
    shuttle_answer_by,
)

FAIR_AT = datetime(2026, 12, 10, 13, tzinfo=UTC)


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


def test_those_who_wait_hear_three_days_before_at_the_latest() -> None:
    starts_at = datetime(2026, 12, 10, 13, tzinfo=UTC)
    decided = starts_at - timedelta(days=9)
    assert shuttle_answer_by(None, starts_at) == starts_at - timedelta(days=3)
    assert shuttle_answer_by(decided, starts_at) == decided
