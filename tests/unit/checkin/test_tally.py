"""What passages add up to, whatever the order in which they become known."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.checkin.forecast import Expected, forecast, without_window
from jobfair.checkin.rules import Direction, Move, presence
from jobfair.checkin.tally import HOUSE, SLOT, Flow, Passage, Tally, slot_of

NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
SAAL = 7


def passage(number: int, person: int, second: int, way: Direction, room: int | None) -> Passage:
    at = NOON + timedelta(seconds=second)
    station = "Saal" if room else "Eingang"
    return Passage(UUID(int=number), person, at, NOON, way, room, station)


passages = st.lists(
    st.builds(
        passage,
        st.integers(0, 400),
        st.integers(1, 3),
        st.integers(0, 3600),
        st.sampled_from([Direction.IN, Direction.OUT]),
        st.sampled_from([HOUSE, SAAL]),
    ),
    max_size=30,
    unique_by=(lambda one: one.scan_id, lambda one: one.at),
)


def counted(tally: Tally) -> tuple[dict[object, int], ...]:
    return tuple(
        {key: number for key, number in counter.items() if number}
        for counter in (tally.arrivals, tally.inside, tally.flows)
    )


def tally_of(known: list[Passage]) -> Tally:
    tally = Tally()
    tally.add(known)
    return tally


@given(passages)
def test_inside_is_whom_the_rules_leave_inside(known: list[Passage]) -> None:
    people = {one.attendee_id for one in known}
    house, saal = Counter[int](), Counter[int]()
    for person in people:
        theirs = [one for one in known if one.attendee_id == person]
        ours = [Move(one.at, one.direction) for one in theirs if one.room_id is HOUSE]
        of_room = [
            Move(one.at, one.direction)
            for one in theirs
            if one.room_id == SAAL or one.direction is Direction.OUT
        ]
        house[person] += presence(ours).since is not None
        saal[person] += presence(of_room).since is not None
    tally = tally_of(known)
    assert tally.inside[HOUSE] == house.total()
    assert tally.inside[SAAL] == saal.total()


@given(passages, st.randoms(use_true_random=False))
def test_the_order_of_reading_is_of_no_matter(known: list[Passage], random: Random) -> None:
    shuffled = list(known)
    random.shuffle(shuffled)
    piecemeal = Tally()
    for one in shuffled:
        piecemeal.add([one])
        piecemeal.add([one])
    assert counted(piecemeal) == counted(tally_of(known))


@given(passages, st.data())
def test_what_is_taken_back_was_never_there(known: list[Passage], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.sampled_from(known), unique=True)) if known else []
    tally = tally_of(known)
    for _again in range(2):
        tally.drop(gone)
    assert counted(tally) == counted(tally_of([one for one in known if one not in gone]))


def test_a_passage_whose_time_is_corrected_counts_at_its_new_time() -> None:
    first = passage(1, 1, 0, Direction.IN, HOUSE)
    later = first._replace(at=NOON + SLOT)
    tally = tally_of([first])
    tally.add([later])
    assert counted(tally)[0] == {NOON + SLOT: 1}


def test_people_arrive_once_and_flows_count_every_time() -> None:
    ways = (Direction.IN, Direction.OUT, Direction.IN)
    tally = tally_of([passage(n, 1, 60 * n, way, HOUSE) for n, way in enumerate(ways)])
    assert tally.arrivals.total() == 1
    assert tally.flows[Flow("Eingang", NOON, Direction.IN)] == 2
    assert tally.flows[Flow("Eingang", NOON, Direction.OUT)] == 1


def test_a_slot_begins_every_five_minutes() -> None:
    assert slot_of(NOON + timedelta(minutes=9, seconds=59)) == NOON + SLOT


@given(
    st.lists(
        st.builds(
            lambda people, begins, lasts: Expected(
                people,
                NOON + timedelta(minutes=begins),
                NOON + timedelta(minutes=begins + lasts),
            ),
            st.integers(1, 900),
            st.integers(0, 300),
            st.integers(0, 300),
        )
    )
)
def test_everybody_who_is_expected_is_in_the_forecast(expected: list[Expected]) -> None:
    slots = forecast(expected)
    assert sum(people for _at, people in slots) == pytest.approx(sum(e.people for e in expected))
    assert all(at == slot_of(at) and people > 0 for at, people in slots)


def test_most_of_those_without_a_window_come_at_once() -> None:
    slots = dict(forecast(without_window(100, NOON, NOON + timedelta(hours=2))))
    early = [people for at, people in slots.items() if at < NOON + timedelta(minutes=30)]
    assert sum(early) == pytest.approx(65)
    assert sum(slots.values()) == pytest.approx(100)
    assert max(slots) == NOON + timedelta(minutes=115)
