"""What holds of the way home whatever was recorded, in whatever order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jobfair.shuttle.homeward import (
    call_list,
    concerned,
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

PEOPLE, BUSES, STOPS = st.integers(1, 4), st.integers(1, 4), st.integers(1, 3)
NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
TIMES = st.integers(0, 40).map(lambda minutes: NOON + timedelta(minutes=minutes))
RETURNS = st.builds(
    Return,
    id=BUSES,
    leaves_at=TIMES,
    stops=st.frozensets(STOPS, min_size=1),
    late=st.sampled_from([timedelta(0), timedelta(minutes=10)]),
    closed_at=st.none() | TIMES,
)
BOOKED = st.builds(
    Booked, person=PEOPLE, out=st.none() | BUSES, back=st.none() | BUSES, stop=st.none() | STOPS
)
SEEN = st.builds(
    Seen, person=PEOPLE, at=TIMES, kind=st.sampled_from(Sight), departure=st.none() | BUSES
)
ANSWERED = st.builds(
    Answered,
    person=PEOPLE,
    departure=BUSES,
    at=TIMES,
    answer=st.sampled_from(Answer),
    later=st.none() | BUSES,
)
DAYS = st.builds(
    Day,
    returns=st.lists(RETURNS, max_size=4, unique_by=lambda bus: bus.id),
    booked=st.lists(BOOKED, max_size=4, unique_by=lambda seat: seat.person),
    seen=st.lists(SEEN, max_size=12),
    answered=st.lists(ANSWERED, max_size=5),
)
NEVER = NOON + timedelta(days=1)


def by_person(day: Day) -> dict[int, Standing]:
    return {one.person: one for one in standings(day)}


@given(day=DAYS, data=st.data())
def test_the_order_of_arrival_and_repetitions_change_nothing(day: Day, data: st.DataObject) -> None:
    again = Day(
        data.draw(st.permutations(day.returns)),
        data.draw(st.permutations(day.booked)),
        data.draw(st.permutations([*day.seen, *day.seen[:3]])),
        data.draw(st.permutations([*day.answered, *day.answered[:2]])),
    )
    assert standings(again) == standings(day)
    assert warnings(NEVER, again) == warnings(NEVER, day)
    assert expected_home(again) == expected_home(day)


@given(day=DAYS, more=SEEN | ANSWERED)
def test_what_is_recorded_of_one_person_changes_nothing_for_another(
    day: Day, more: Seen | Answered
) -> None:
    if isinstance(more, Seen):
        after = replace(day, seen=[*day.seen, more])
    else:
        after = replace(day, answered=[*day.answered, more])
    before_others = {one: two for one, two in by_person(day).items() if one != more.person}
    after_others = {one: two for one, two in by_person(after).items() if one != more.person}
    assert after_others == before_others


@given(day=DAYS, person=PEOPLE, bus=BUSES)
def test_boarding_ends_every_warning_of_that_person(day: Day, person: int, bus: int) -> None:
    boarded = replace(day, seen=[*day.seen, Seen(person, NEVER, Sight.BOARD_BACK, bus)])
    found = warnings(NEVER, boarded)
    assert person not in {one.person for one in found.last_call}
    assert person not in {one.person for leaving in found.soon for one in leaving.missing}
    assert person not in {one.person for one in call_list(boarded)}


@given(day=DAYS, person=PEOPLE, answer=st.sampled_from(Answer), bus=BUSES)
def test_neither_exits_nor_answers_take_anybody_off_the_last_call(
    day: Day, person: int, answer: Answer, bus: int
) -> None:
    after = replace(
        day,
        seen=[*day.seen, Seen(person, NEVER, Sight.OUT)],
        answered=[*day.answered, Answered(person, bus, NEVER, answer)],
    )
    called = {one.person for one in warnings(NEVER, day).last_call}
    assert called <= {one.person for one in warnings(NEVER, after).last_call}


@given(day=DAYS, now=TIMES, minutes=st.integers(0, 60))
def test_the_last_call_only_grows_while_nothing_is_recorded(
    day: Day, now: datetime, minutes: int
) -> None:
    later = warnings(now + timedelta(minutes=minutes), day).last_call
    assert set(warnings(now, day).last_call) <= set(later)


@given(day=DAYS)
def test_everybody_is_expected_once_at_most_and_aboard_where_they_boarded(day: Day) -> None:
    expected = expected_home(day)
    assert sum(map(len, expected.values())) == len(set().union(*expected.values()))
    for one in standings(day):
        where = {bus_id for bus_id, people in expected.items() if one.person in people}
        if one.where is Where.ABOARD:
            assert where == {one.last.departure} & set(expected)
        if one.where is Where.SAID_GONE:
            assert not where
        assert where == {one.returning} - {None} & set(expected)


@given(day=DAYS)
def test_missing_are_the_expected_who_have_not_boarded(day: Day) -> None:
    found = by_person(day)
    for bus_id, people in expected_home(day).items():
        waited_for = {person for person in people if found[person].where is not Where.ABOARD}
        assert waited_for <= {one.person for one in missing(day, bus_id)}
        assert not people - waited_for & {one.person for one in missing(day, bus_id)}


@given(day=DAYS)
def test_of_whoever_is_missing_something_can_be_said_there(day: Day) -> None:
    for bus in day.returns:
        about = concerned(day, bus.id)
        assert {one.person for one in missing(day, bus.id)} <= about
        assert {one.person for one in standings(day) if one.returning is None} <= about
        elsewhere = [one for one in standings(day) if one.returning not in (None, bus.id)]
        strangers = {one.person for one in elsewhere if bus.id not in one.missed}
        assert not (strangers - {seat.person for seat in day.booked if seat.back == bus.id}) & about
