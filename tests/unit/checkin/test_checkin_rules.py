"""The decision at the door."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.checkin.rules import (
    AHEAD_MOST,
    NOBODY,
    OUTSIDE,
    BadgeState,
    Direction,
    Move,
    Outcome,
    Presence,
    decide,
    presence,
    time_counts,
)

OPENS = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
INSIDE = Presence(OPENS, "Entrance 1")
IN, OUT = Direction.IN, Direction.OUT


def at(minutes: int) -> datetime:
    return OPENS + timedelta(minutes=minutes)


def came(minutes: int, station: str = "Entrance 1", *, again: bool = False) -> Move:
    return Move(at(minutes), Outcome.ADMITTED, station, again)


def left(minutes: int) -> Move:
    return Move(at(minutes), Outcome.LEFT)


@pytest.mark.parametrize(
    ("state", "before", "direction", "outcome"),
    [
        (BadgeState.ADMIT, OUTSIDE, IN, Outcome.ADMITTED),
        (BadgeState.ADMIT, INSIDE, IN, Outcome.ALREADY_INSIDE),
        (BadgeState.ADMIT, INSIDE, OUT, Outcome.LEFT),
        (BadgeState.ADMIT, OUTSIDE, OUT, Outcome.NOT_INSIDE),
        (BadgeState.CANCELLED, OUTSIDE, IN, Outcome.CANCELLED),
        (BadgeState.CANCELLED, INSIDE, IN, Outcome.CANCELLED),
        (BadgeState.CANCELLED, INSIDE, OUT, Outcome.LEFT),
        (BadgeState.WAITLISTED, OUTSIDE, IN, Outcome.WAITLISTED),
        (BadgeState.BLOCKED, OUTSIDE, IN, Outcome.BLOCKED),
        (BadgeState.WRONG_FAIR, OUTSIDE, OUT, Outcome.WRONG_FAIR),
        (BadgeState.UNKNOWN, OUTSIDE, IN, Outcome.UNKNOWN),
    ],
)
def test_the_answer_follows_from_badge_and_presence(
    state: BadgeState, before: Presence, direction: Direction, outcome: Outcome
) -> None:
    assert decide(state, before, direction) is outcome


def test_a_full_hall_lets_in_only_who_is_inside_already() -> None:
    assert decide(BadgeState.ADMIT, OUTSIDE, IN, room_left=0) is Outcome.FULL
    assert decide(BadgeState.ADMIT, OUTSIDE, IN, override=True, room_left=0) is Outcome.FULL
    assert decide(BadgeState.ADMIT, INSIDE, IN, override=True, room_left=0) is Outcome.ADMITTED


@given(
    st.sampled_from(BadgeState), st.sampled_from([OUTSIDE, INSIDE]), st.booleans(), st.integers()
)
def test_only_a_registered_badge_comes_in(
    state: BadgeState, before: Presence, override: bool, room: int
) -> None:
    outcome = decide(state, before, IN, override=override, room_left=room)
    assert (outcome is Outcome.ADMITTED) <= (state is BadgeState.ADMIT)
    if state in NOBODY:
        assert outcome.value == state.value


def test_presence_names_the_first_scan_and_its_station() -> None:
    assert presence([]) == OUTSIDE
    assert presence([came(0, "North"), came(3, "South")]) == Presence(at(0), "North")


def test_let_in_again_begins_anew() -> None:
    assert presence([came(0), came(9, "South", again=True)]) == Presence(at(9), "South")


def test_moves_count_in_the_order_of_their_times() -> None:
    assert presence([left(5), came(0)]) == OUTSIDE
    assert presence([left(5), came(8), came(0)]) == Presence(at(8), "Entrance 1")


def test_of_two_moves_at_the_same_time_the_later_arrival_stands() -> None:
    assert presence([came(4), left(4)]) == OUTSIDE
    assert presence([left(4), came(4)]).since == at(4)


moves = st.builds(
    Move, st.integers(0, 500).map(at), st.sampled_from([Outcome.ADMITTED, Outcome.LEFT])
)


@given(st.lists(moves, unique_by=lambda move: move.at), st.randoms())
def test_presence_does_not_depend_on_the_order_of_arrival(
    made: list[Move], random: st.DataObject
) -> None:
    mixed = list(made)
    random.shuffle(mixed)
    assert presence(mixed) == presence(made)


@given(st.lists(moves, min_size=1))
def test_inside_is_who_came_in_last(made: list[Move]) -> None:
    last = sorted(made, key=lambda move: move.at)[-1]
    assert (presence(made).since is not None) == (last.outcome is Outcome.ADMITTED)


def test_scans_before_the_day_or_from_the_future_do_not_count() -> None:
    day = OPENS.replace(hour=0)
    assert time_counts(OPENS, OPENS, day)
    assert time_counts(OPENS + AHEAD_MOST, OPENS, day)
    assert not time_counts(OPENS + AHEAD_MOST + timedelta(seconds=1), OPENS, day)
    assert not time_counts(day - timedelta(seconds=1), OPENS, day)
