"""The waiting list's rule alone: never too much, households whole, nobody starves."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from jobfair.places.rules import (
    OFFER_LIFE,
    OFFER_LIFE_LEAST,
    PASSED_OVER_MOST,
    Entry,
    Reason,
    Room,
    can_ever_fit,
    expiry,
    reason_of,
    serve,
)
from tests.factories import FAIR_STARTS

WINDOWS = (1, 2)


def _line(*sizes: int, **more: object) -> tuple[Entry, ...]:
    return tuple(Entry(number, size, **more) for number, size in enumerate(sizes, 1))  # type: ignore[arg-type]


def _room(free: int, **windows: int) -> Room:
    named = {int(name[1:]): places for name, places in windows.items()}
    return Room(free, named, 100, dict.fromkeys(named, 100))


def _served(line: tuple[Entry, ...], room: Room) -> list[int]:
    return [grant.entry.household_id for grant in serve(line, room).grants]


def test_first_come_first_served() -> None:
    assert _served(_line(2, 2, 2), _room(4)) == [1, 2]


def test_a_large_household_is_passed_over_three_times() -> None:
    line, served = _line(5, 1, 1, 1, 1), serve(_line(5, 1, 1, 1, 1), _room(4))
    assert [grant.entry.household_id for grant in served.grants] == [2, 3, 4]
    assert served.passed_over[1] == PASSED_OVER_MOST
    assert served.passed_over[line[4].household_id] == 0


def test_then_nobody_overtakes_it_until_it_has_its_places() -> None:
    waiting = (Entry(1, 5, passed_over=PASSED_OVER_MOST), Entry(2, 1))
    assert _served(waiting, _room(4)) == []
    assert _served(waiting, _room(5)) == [1]
    assert _served(waiting, _room(6)) == [1, 2]


def test_other_windows_do_not_overtake_who_waits_for_its_own() -> None:
    waiting = (Entry(1, 3, window_id=1), Entry(2, 1, window_id=2))
    served = serve(waiting, _room(10, w1=0, w2=1))
    assert [grant.entry.household_id for grant in served.grants] == [2]
    assert served.passed_over[1] == 0


def test_another_window_overtakes_where_it_takes_the_last_places_of_the_fair() -> None:
    waiting = (Entry(1, 3, window_id=1, passed_over=PASSED_OVER_MOST), Entry(2, 1, window_id=2))
    assert _served(waiting, _room(3, w1=0, w2=5)) == []


def test_who_can_never_fit_holds_nobody_up() -> None:
    room = Room(4, {}, capacity=4)
    waiting = (Entry(1, 5, passed_over=PASSED_OVER_MOST), Entry(2, 4))
    assert not can_ever_fit(waiting[0], room)
    assert _served(waiting, room) == [2]


def test_another_window_is_offered_and_never_given_at_once() -> None:
    (grant,) = serve((Entry(1, 3, window_id=1),), _room(9, w1=2, w2=5)).grants
    assert (grant.window_id, grant.is_offer) == (2, True)


def test_a_refused_window_is_not_offered_again() -> None:
    waiting = (Entry(1, 3, window_id=1, refused=frozenset({2})),)
    assert serve(waiting, _room(9, w1=2, w2=5)).grants == ()


def test_a_window_that_others_wait_for_is_not_offered() -> None:
    waiting = (Entry(1, 3, window_id=1), Entry(2, 6, window_id=2))
    assert serve(waiting, _room(9, w1=2, w2=5)).grants == ()


def test_who_wants_to_be_asked_is_offered_what_it_wished() -> None:
    (grant,) = serve(_line(2, at_once=False), _room(2)).grants
    assert grant.is_offer


def test_an_offer_of_another_window_gives_way_to_the_wished_one() -> None:
    waiting = (Entry(1, 3, window_id=1, held=3, held_in=2),)
    (grant,) = serve(waiting, _room(0, w1=3, w2=0)).grants
    assert (grant.window_id, grant.is_offer) == (1, False)


def test_reasons_are_the_true_ones() -> None:
    room = _room(3, w1=1)
    assert reason_of(Entry(1, 4), room, offered=False) is Reason.FAIR_FULL
    assert reason_of(Entry(1, 2, window_id=1), room, offered=False) is Reason.WINDOW_FULL
    assert reason_of(Entry(1, 200), room, offered=False) is Reason.TOO_LARGE
    assert reason_of(Entry(1, 1), room, offered=False) is Reason.IN_LINE
    assert reason_of(Entry(1, 1), room, offered=True) is Reason.OFFERED


def test_an_offer_lives_two_days_less_near_the_fair_and_never_less_than_two_hours() -> None:
    early, late = FAIR_STARTS - timedelta(days=10), FAIR_STARTS - timedelta(minutes=30)
    assert expiry(early, FAIR_STARTS) == early + OFFER_LIFE
    assert expiry(FAIR_STARTS - timedelta(hours=20), FAIR_STARTS) == FAIR_STARTS - timedelta(
        hours=8
    )
    assert expiry(late, FAIR_STARTS) == late + OFFER_LIFE_LEAST


entries = st.builds(
    Entry,
    household_id=st.just(0),
    people=st.integers(1, 6),
    window_id=st.sampled_from((None, *WINDOWS)),
    passed_over=st.integers(0, PASSED_OVER_MOST),
    at_once=st.booleans(),
)
lines = st.lists(entries, max_size=12).map(
    lambda found: tuple(replace(one, household_id=n) for n, one in enumerate(found, 1))
)
rooms = st.builds(
    lambda free, one, two: Room(free, {1: one, 2: two}, 20, {1: 8, 2: 8}),
    st.integers(0, 15),
    st.integers(0, 8),
    st.integers(0, 8),
)


@given(lines, rooms)
def test_never_more_than_is_free_and_each_household_once_and_whole(
    line: tuple[Entry, ...], room: Room
) -> None:
    grants = serve(line, room).grants
    used = Counter(dict.fromkeys(room.windows, 0))
    for grant in grants:
        if grant.window_id is not None:
            used[grant.window_id] += grant.entry.people
    assert sum(grant.entry.people for grant in grants) <= room.free
    assert all(used[window] <= free for window, free in room.windows.items())
    assert len({grant.entry.household_id for grant in grants}) == len(grants)


@given(lines, rooms)
def test_who_was_passed_over_three_times_is_never_passed_over_again(
    line: tuple[Entry, ...], room: Room
) -> None:
    served = serve(line, room)
    assert all(times <= PASSED_OVER_MOST for times in served.passed_over.values())
    at_once = [g.entry.household_id for g in served.grants if g.window_id == g.entry.window_id]
    left = room.free - sum(grant.entry.people - grant.entry.held for grant in served.grants)
    for first in line:
        kept = first.people <= left  # waits for the sake of one before it, not for those behind
        if first.window_id is None and can_ever_fit(first, room) and not kept:
            behind = [other for other in at_once if other > first.household_id]
            allowed = PASSED_OVER_MOST - first.passed_over
            assert first.household_id in at_once or len(behind) <= allowed


@given(lines, rooms)
def test_the_first_in_line_gets_its_places_where_they_are_free(
    line: tuple[Entry, ...], room: Room
) -> None:
    if not line:
        return
    first = line[0]
    free = min(room.free, room.windows.get(first.window_id or 0, room.free))
    served = {
        g.entry.household_id for g in serve(line, room).grants if g.window_id == first.window_id
    }
    assert (first.household_id in served) == (first.people <= free)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=25), st.integers(1, 4))
def test_nobody_starves(sizes: list[int], trickle: int) -> None:
    """Places come free a few at a time: all are served, each overtaken at most thrice."""
    waiting = {number: Entry(number, size) for number, size in enumerate(sizes, 1)}
    overtaken: Counter[int] = Counter()
    free, rounds = 0, 0
    while waiting:
        rounds += 1
        assert rounds < 10 * sum(sizes)
        free += trickle
        served = serve(tuple(waiting.values()), Room(free, {}, 5))
        for grant in served.grants:
            del waiting[grant.entry.household_id]
            free -= grant.entry.people
            overtaken.update(n for n in waiting if n < grant.entry.household_id)
        waiting = {n: replace(e, passed_over=served.passed_over[n]) for n, e in waiting.items()}
    assert max(overtaken.values(), default=0) <= PASSED_OVER_MOST
