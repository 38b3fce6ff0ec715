"""Who is expected on which return, who is missing there, and whom the desk is warned of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from jobfair.shuttle.homeward import (
    call_list,
    came_by_bus,
    expected_home,
    missing,
    standings,
    warnings,
)
from jobfair.shuttle.sightings import (
    Answer,
    Answered,
    Booked,
    Day,
    Return,
    Seen,
    Sight,
    Standing,
    Where,
)

OUT, EARLY, LATE, ELSEWHERE = 1, 11, 12, 13
NORTH, SOUTH, NOWHERE = 5, 6, 7
AMAL, OLENA = 100, 101


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, 10, hour, minute, tzinfo=UTC)


EARLY_BUS = Return(EARLY, at(16), frozenset({NORTH}))
LATE_BUS = Return(LATE, at(17), frozenset({NORTH}))
SOUTH_BUS = Return(ELSEWHERE, at(18), frozenset({SOUTH}))
RETURNS = (EARLY_BUS, LATE_BUS, SOUTH_BUS)
CLOSED = (replace(EARLY_BUS, closed_at=at(16, 2)), LATE_BUS, SOUTH_BUS)
SEAT = Booked(AMAL, OUT, EARLY, NORTH)
CLOSING = at(16, 1)
CAME = Seen(AMAL, at(13), Sight.BOARD_OUT, OUT)
INSIDE = Seen(AMAL, at(13, 40), Sight.IN, door="West")


def day(
    *seen: Seen,
    booked: Sequence[Booked] = (SEAT,),
    returns: Sequence[Return] = RETURNS,
    answered: Sequence[Answered] = (),
) -> Day:
    return Day(returns, booked, seen, answered)


def answer(what: Answer, when: datetime = CLOSING, later: int | None = None) -> Answered:
    return Answered(AMAL, EARLY, when, what, later)


def only(found: Sequence[Standing]) -> Standing:
    assert [one.person for one in found] == [AMAL]
    return found[0]


@pytest.mark.parametrize(
    ("kinds", "booked", "came"),
    [
        ([Sight.BOARD_OUT], None, True),
        ([Sight.ALIGHT_OUT], None, True),
        ([Sight.IN], SEAT, True),
        ([Sight.OUT], SEAT, True),
        ([Sight.IN], None, False),
        ([Sight.IN], Booked(AMAL, None, EARLY, NORTH), False),
        ([Sight.BOARD_BACK], SEAT, False),
        ([], SEAT, False),
    ],
)
def test_who_came_by_bus(kinds: list[Sight], booked: Booked | None, *, came: bool) -> None:
    assert came_by_bus([Seen(AMAL, at(13), kind) for kind in kinds], booked) is came


def test_whoever_was_never_seen_is_expected_nowhere() -> None:
    assert expected_home(day()) == {EARLY: frozenset(), LATE: frozenset(), ELSEWHERE: frozenset()}
    assert missing(day(), EARLY) == []
    assert warnings(at(19), day()).last_call == ()


def test_whoever_came_without_the_bus_and_has_no_seat_is_none_of_its_business() -> None:
    assert standings(day(INSIDE, booked=())) == []


def test_whoever_came_otherwise_is_expected_on_the_return_that_they_booked() -> None:
    found = day(INSIDE, booked=[Booked(AMAL, None, LATE, NORTH)])
    assert expected_home(found)[LATE] == {AMAL}


def test_whoever_came_is_expected_and_missing_until_they_board() -> None:
    assert expected_home(day(CAME))[EARLY] == {AMAL}
    assert only(missing(day(CAME, INSIDE), EARLY)).last == INSIDE
    boarded = day(CAME, INSIDE, Seen(AMAL, at(15, 50), Sight.BOARD_BACK, EARLY))
    assert expected_home(boarded)[EARLY] == {AMAL}
    assert missing(boarded, EARLY) == []


def test_whoever_boards_another_bus_is_expected_there_and_missing_nowhere() -> None:
    moved = day(CAME, Seen(AMAL, at(16, 50), Sight.BOARD_BACK, LATE), returns=CLOSED)
    assert expected_home(moved)[EARLY] == frozenset()
    assert expected_home(moved)[LATE] == {AMAL}
    assert missing(moved, EARLY) == missing(moved, LATE) == []


def test_a_closed_return_leaves_its_missing_to_the_next_one_to_their_stop() -> None:
    left = day(CAME, returns=CLOSED)
    assert expected_home(left)[LATE] == {AMAL}
    assert only(missing(left, EARLY)).missed == (EARLY,)
    assert only(missing(left, LATE)).returning == LATE
    assert only(call_list(left)).answer_for(EARLY) is None


def test_a_bus_that_left_before_is_no_next_one() -> None:
    """The late bus has gone before the early one, which was held up."""
    held_up = replace(EARLY_BUS, late=timedelta(minutes=55), closed_at=at(17, 10))
    left = day(CAME, returns=(held_up, replace(LATE_BUS, closed_at=at(17))))
    assert only(call_list(left)).returning is None
    assert missing(left, LATE) == []


def test_a_later_bus_is_the_next_one_or_the_one_that_the_desk_found() -> None:
    next_one = day(CAME, answered=[answer(Answer.LATER_BUS)])
    assert expected_home(next_one)[LATE] == {AMAL}
    found = day(CAME, answered=[answer(Answer.LATER_BUS, later=ELSEWHERE)])
    assert expected_home(found)[ELSEWHERE] == {AMAL}
    assert call_list(next_one) == call_list(found) == []


def test_a_later_bus_where_none_goes_is_the_desks_to_find() -> None:
    nowhere = day(CAME, booked=[replace(SEAT, stop=NOWHERE)], answered=[answer(Answer.LATER_BUS)])
    assert only(call_list(nowhere)).returning is None


def test_buses_named_in_a_circle_end_with_the_desk() -> None:
    circle = [
        answer(Answer.LATER_BUS, later=LATE),
        Answered(AMAL, LATE, at(17, 1), Answer.LATER_BUS, EARLY),
    ]
    found = only(call_list(day(CAME, answered=circle)))
    assert (found.missed, found.returning) == ((EARLY, LATE), None)


@pytest.mark.parametrize("what", [Answer.OTHERWISE, Answer.REACHED])
def test_whoever_goes_home_otherwise_is_expected_no_more(what: Answer) -> None:
    gone = day(CAME, INSIDE, returns=CLOSED, answered=[answer(what)])
    assert not any(expected_home(gone).values())
    assert call_list(gone) == []
    found = only(missing(gone, EARLY))
    assert (found.where, found.answer_for(EARLY)) == (Where.SAID_GONE, what)


def test_whoever_is_not_found_stays_on_the_list_and_is_awaited_on_the_next_bus() -> None:
    lost = day(CAME, returns=CLOSED, answered=[answer(Answer.NOT_FOUND)])
    assert only(call_list(lost)).returning == LATE
    reached = replace(lost, answered=[*lost.answered, answer(Answer.REACHED, at(16, 20))])
    assert call_list(reached) == []


def test_whoever_is_not_found_while_the_bus_waits_is_still_awaited_on_it() -> None:
    lost = day(CAME, answered=[answer(Answer.NOT_FOUND, at(15, 50))])
    assert only(call_list(lost)).returning == EARLY
    (leaving,) = warnings(at(15, 55), lost).soon
    assert only(leaving.missing).person == AMAL


@pytest.mark.parametrize("what", [Answer.OTHERWISE, Answer.REACHED, Answer.LATER_BUS])
def test_an_answer_before_the_bus_leaves_ends_its_warning(what: Answer) -> None:
    settled = day(CAME, answered=[answer(what, at(15, 50))])
    assert warnings(at(15, 55), settled).soon == ()
    assert only(missing(settled, EARLY)).answer_for(EARLY) is what


def test_being_seen_after_an_answer_undoes_it() -> None:
    back = Seen(AMAL, at(16, 5), Sight.IN)
    seen = day(CAME, back, returns=CLOSED, answered=[answer(Answer.OTHERWISE)])
    found = only(call_list(seen))
    assert (found.where, found.returning) == (Where.THERE, LATE)
    assert only(standings(replace(seen, returns=RETURNS))).returning == EARLY
    boarded = replace(seen, seen=(CAME, back, Seen(AMAL, at(16, 55), Sight.BOARD_BACK, LATE)))
    assert only(standings(boarded)).where is Where.ABOARD


def test_going_out_after_the_answer_fits_with_it() -> None:
    left = day(CAME, Seen(AMAL, at(16, 5), Sight.OUT), answered=[answer(Answer.OTHERWISE)])
    assert only(standings(left)).where is Where.SAID_GONE


@pytest.mark.parametrize(
    ("got_off", "closed_at", "where"),
    [
        (at(15, 58), None, Where.THERE),
        (at(15, 58), at(16, 2), Where.THERE),
        (at(16, 4), at(16, 2), Where.THERE),
        (at(16, 40), None, Where.THERE),
        (at(16, 40), at(16, 2), Where.ABOARD),
    ],
)
def test_getting_off_is_home_only_when_the_bus_has_left(
    got_off: datetime, closed_at: datetime | None, where: Where
) -> None:
    found = day(
        CAME,
        Seen(AMAL, at(15, 50), Sight.BOARD_BACK, EARLY),
        Seen(AMAL, got_off, Sight.ALIGHT_BACK, EARLY),
        returns=(replace(EARLY_BUS, closed_at=closed_at), LATE_BUS),
    )
    assert only(standings(found)).where is where


def test_who_is_still_inside_comes_first() -> None:
    found = day(
        CAME,
        Seen(AMAL, at(15), Sight.OUT),
        Seen(OLENA, at(15, 30), Sight.IN),
        booked=[SEAT, Booked(OLENA, OUT, EARLY, NORTH)],
    )
    assert [(one.person, one.where) for one in missing(found, EARLY)] == [
        (OLENA, Where.THERE),
        (AMAL, Where.SEEN_OUT),
    ]


def test_a_return_is_warned_of_from_a_quarter_of_an_hour_before_until_it_is_closed() -> None:
    late = replace(EARLY_BUS, late=timedelta(minutes=20))
    found = day(CAME, INSIDE, returns=(late, LATE_BUS))
    assert warnings(at(15, 44), found).soon == ()
    for now in (at(15, 45), at(16, 30)):
        (leaving,) = warnings(now, found).soon
        assert leaving.departure == EARLY
        assert leaving.expected == {AMAL}
        assert only(leaving.missing).last == INSIDE
    assert warnings(at(16, 30), replace(found, returns=CLOSED)).soon == ()


def test_a_return_that_all_have_boarded_needs_no_warning() -> None:
    boarded = day(CAME, Seen(AMAL, at(15, 50), Sight.BOARD_BACK, EARLY))
    assert warnings(at(15, 55), boarded).soon == ()


@pytest.mark.parametrize(
    ("stop", "begins"),
    [(NORTH, at(16, 50)), (SOUTH, at(17, 50)), (NOWHERE, at(16, 50)), (None, at(16, 50))],
)
def test_the_last_call_comes_before_the_last_bus_to_the_stop(
    stop: int | None, begins: datetime
) -> None:
    found = day(CAME, booked=[replace(SEAT, stop=stop)])
    assert warnings(begins - timedelta(seconds=1), found).last_call == ()
    assert only(warnings(begins, found).last_call).person == AMAL
    assert only(warnings(at(22), found).last_call).person == AMAL


@pytest.mark.parametrize("what", Answer)
def test_neither_an_exit_nor_an_answer_ends_the_last_call(what: Answer) -> None:
    found = day(CAME, Seen(AMAL, at(15), Sight.OUT), answered=[answer(what)])
    assert only(warnings(at(16, 55), found).last_call).person == AMAL


def test_whoever_was_put_on_the_bus_on_the_spot_is_called_too() -> None:
    assert only(warnings(at(16, 55), day(CAME, booked=())).last_call).returning is None


def test_whoever_went_home_and_came_again_is_called() -> None:
    home = Seen(AMAL, at(14), Sight.BOARD_BACK, EARLY)
    again = Seen(AMAL, at(15), Sight.BOARD_OUT, OUT)
    assert warnings(at(16, 55), day(CAME, home)).last_call == ()
    assert only(warnings(at(16, 55), day(CAME, home, again)).last_call).where is Where.THERE


def test_without_returns_nobody_is_called() -> None:
    assert warnings(at(22), day(CAME, returns=())).last_call == ()
