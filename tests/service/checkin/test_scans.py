"""Scans are stored with their answers, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.checkin import queries
from jobfair.checkin.models import Scan
from jobfair.checkin.rules import Direction, Outcome
from jobfair.checkin.service import record_scans, undo_scan
from jobfair.checkin.wire import Answer, Refused, Result, ScanInput
from jobfair.core.actor import Actor, Role
from jobfair.core.db import db, forbid_writing, session, transaction
from jobfair.core.errors import Conflict, Forbidden, NotFound
from jobfair.fairs.models import Fair
from tests.factories import (
    FAIR_STARTS,
    NOW,
    actor_of,
    make_code,
    make_fair,
    make_household,
    make_user,
)

ON_THE_DAY = FAIR_STARTS + timedelta(minutes=5)


@pytest.fixture
def fair(app: Flask) -> Fair:
    return make_fair()


@pytest.fixture
def door(fair: Fair) -> Actor:
    return actor_of(make_user(Role.DOOR, fair.id), Role.DOOR, fair.id)


@pytest.fixture
def codes(fair: Fair) -> list[str]:
    """Codes of a household of three."""
    household = make_household(fair)
    query = (
        sa.select(BadgeCode.code)
        .join(Attendee, Attendee.id == BadgeCode.attendee_id)
        .where(Attendee.household_id == household.id)
        .order_by(Attendee.position)
    )
    return list(session().scalars(query))


def scan(badge: str, at: datetime = ON_THE_DAY, **changes: Any) -> ScanInput:
    fields = {
        "id": uuid4(),
        "badge": badge,
        "station": "Eingang 1",
        "direction": Direction.IN,
        "device_at": at,
        "scanned_at": at,
    }
    return ScanInput(**{**fields, **changes})


def answer(fair: Fair, actor: Actor, one: ScanInput) -> Answer:
    (result,) = record_scans(fair, actor, [one], one.scanned_at)
    assert isinstance(result, Answer)
    return result


def outcomes(results: list[Result]) -> list[Outcome | str]:
    return [one.outcome if isinstance(one, Answer) else one.error for one in results]


def test_the_first_scan_lets_in_the_second_says_since_when(
    fair: Fair, door: Actor, codes: list[str]
) -> None:
    first = answer(fair, door, scan(codes[0]))
    later = ON_THE_DAY + timedelta(minutes=9)
    second = answer(fair, door, scan(codes[0], later, station="Eingang 2"))
    assert first.outcome is Outcome.ADMITTED
    assert first.holder is not None
    assert len(first.holder.household) == 2
    assert second.outcome is Outcome.ALREADY_INSIDE
    assert (second.since.since, second.since.station) == (ON_THE_DAY, "Eingang 1")


def test_many_scans_are_judged_one_after_the_other(
    fair: Fair, door: Actor, codes: list[str]
) -> None:
    again = scan(codes[0], override_reason="was outside")
    sent = [
        scan(codes[0]),
        scan(codes[0]),
        again,
        scan(codes[1]),
        Refused(None, "bad_id"),
        scan(codes[1], direction=Direction.OUT),
        scan(codes[1], direction=Direction.OUT),
        scan("no code"),
        again,
    ]
    results = record_scans(fair, door, sent, ON_THE_DAY)
    assert outcomes(results) == [
        Outcome.ADMITTED,
        Outcome.ALREADY_INSIDE,
        Outcome.ADMITTED,
        Outcome.ADMITTED,
        "bad_id",
        Outcome.LEFT,
        Outcome.NOT_INSIDE,
        Outcome.UNKNOWN,
        Outcome.ADMITTED,
    ]
    assert queries.counts(fair.id) == queries.DoorCounts(came=2, inside=1)


def test_the_answer_to_an_id_never_changes(fair: Fair, door: Actor, codes: list[str]) -> None:
    one = scan(codes[0])
    first = answer(fair, door, one)
    answer(fair, door, scan(codes[0], ON_THE_DAY + timedelta(minutes=1), direction=Direction.OUT))
    assert answer(fair, door, one) == first
    other = ScanInput(**{**vars(one), "badge": codes[1]})
    assert outcomes(record_scans(fair, door, [other], ON_THE_DAY)) == ["id_reused"]
    assert session().scalar(sa.select(sa.func.count()).select_from(Scan)) == 2


def test_badges_say_what_has_become_of_them(fair: Fair, door: Actor, codes: list[str]) -> None:
    elsewhere = make_fair()
    other = make_code(elsewhere.id, attendee_id=None)
    pooled = make_code(fair.id)
    with transaction() as current:
        people = [current.get_one(BadgeCode, code) for code in codes]
        current.get_one(Attendee, people[0].attendee_id).state = AttendeeState.CANCELLED
        people[1].voided_at = NOW
    sent = [scan(code) for code in (codes[0], codes[1], other.code, pooled.code)]
    results = record_scans(fair, door, sent, ON_THE_DAY)
    assert outcomes(results) == [
        Outcome.CANCELLED,
        Outcome.BLOCKED,
        Outcome.WRONG_FAIR,
        Outcome.UNKNOWN,
    ]
    household = make_household(fair, adults=1, children=0, state=HouseholdState.WAITLISTED)
    waiting = session().scalar(
        sa.select(BadgeCode.code)
        .join(Attendee, Attendee.id == BadgeCode.attendee_id)
        .where(Attendee.household_id == household.id)
    )
    assert waiting is not None
    assert answer(fair, door, scan(waiting)).outcome is Outcome.WAITLISTED


def test_another_fairs_door_learns_no_name(door: Actor, fair: Fair, codes: list[str]) -> None:
    elsewhere = make_fair()
    result = answer(elsewhere, door, scan(codes[0]))
    assert (result.outcome, result.holder) == (Outcome.WRONG_FAIR, None)


def test_a_full_hall_is_full(door: Actor, app: Flask) -> None:
    fair = make_fair(capacity=2)
    make_household(fair, adults=2, children=0)
    with transaction() as current:
        current.get_one(Fair, fair.id).capacity = 1
        current.get_one(Fair, fair.id).places_taken = 1
    query = sa.select(BadgeCode.code).where(BadgeCode.fair_id == fair.id)
    first, second = session().scalars(query)
    assert answer(fair, door, scan(first)).outcome is Outcome.ADMITTED
    later = ON_THE_DAY + timedelta(minutes=1)
    assert answer(fair, door, scan(second, later)).outcome is Outcome.FULL


def test_a_rehearsal_behaves_like_the_day_and_leaves_no_trace(
    fair: Fair, door: Actor, codes: list[str]
) -> None:
    before = [scan(codes[0], NOW), scan(codes[0], NOW)]
    results = record_scans(fair, door, before, NOW)
    assert outcomes(results) == [Outcome.ADMITTED, Outcome.ALREADY_INSIDE]
    assert queries.counts(fair.id) == queries.DoorCounts(came=0, inside=0)
    assert answer(fair, door, scan(codes[0])).outcome is Outcome.ADMITTED


def test_a_scan_from_the_future_is_kept_and_does_not_count(
    fair: Fair, door: Actor, codes: list[str]
) -> None:
    one = scan(codes[0], ON_THE_DAY + timedelta(minutes=6))
    record_scans(fair, door, [one], ON_THE_DAY)
    assert session().get_one(Scan, one.id).counts is False
    assert queries.counts(fair.id).inside == 0


def test_who_made_a_scan_can_take_it_back(fair: Fair, door: Actor, codes: list[str]) -> None:
    one = scan(codes[0])
    answer(fair, door, one)
    for _ in range(2):
        undo_scan(fair, door, one.id, ON_THE_DAY)
    assert queries.counts(fair.id) == queries.DoorCounts(came=0, inside=0)
    assert answer(fair, door, scan(codes[0])).outcome is Outcome.ADMITTED


def test_only_ones_own_last_scan_is_taken_back(fair: Fair, door: Actor, codes: list[str]) -> None:
    other = actor_of(make_user(Role.DOOR, fair.id), Role.DOOR, fair.id)
    one = scan(codes[0])
    answer(fair, door, one)
    with pytest.raises(Forbidden):
        undo_scan(fair, other, one.id, ON_THE_DAY)
    with pytest.raises(NotFound):
        undo_scan(make_fair(), door, one.id, ON_THE_DAY)
    answer(fair, other, scan(codes[0], ON_THE_DAY + timedelta(seconds=9), direction=Direction.OUT))
    with pytest.raises(Conflict, match="scan_not_last"):
        undo_scan(fair, door, one.id, ON_THE_DAY)


def test_of_many_who_scan_a_badge_at_once_one_admits(
    app: Flask, fair: Fair, door: Actor, codes: list[str]
) -> None:
    together = Barrier(8)
    session().rollback()

    def run(_number: int) -> list[Result]:
        with app.app_context():
            mine = db.session.merge(fair, load=False)
            together.wait(10)
            sent = [scan(code) for code in (codes if _number % 2 else reversed(codes))]
            return record_scans(mine, door, sent, ON_THE_DAY)

    with ThreadPoolExecutor(8) as pool:
        found = [one for results in pool.map(run, range(8)) for one in outcomes(results)]
    assert found.count(Outcome.ADMITTED) == 3
    assert found.count(Outcome.ALREADY_INSIDE) == 21


def test_a_scan_that_fails_does_not_take_others_with_it(
    app: Flask, fair: Fair, door: Actor, codes: list[str]
) -> None:
    bad = scan("x")
    nobody = Actor(door.kind, 987654321, door.grants)
    session().rollback()
    together = Barrier(2)

    def run(actor: Actor, one: ScanInput) -> list[Result] | str:
        with app.app_context():
            mine = db.session.merge(fair, load=False)
            together.wait(10)
            try:
                return record_scans(mine, actor, [one], ON_THE_DAY)
            except sa.exc.IntegrityError:
                return "refused"

    with ThreadPoolExecutor(2) as pool:
        lost = pool.submit(run, nobody, bad)
        kept = pool.submit(run, door, scan(codes[0]))
        assert lost.result() == "refused"
        results = kept.result()
    assert isinstance(results, list)
    assert outcomes(results) == [Outcome.ADMITTED]


def test_a_page_that_may_not_write_stores_nothing(
    fair: Fair, door: Actor, codes: list[str]
) -> None:
    forbid_writing("csrf")
    with pytest.raises(Conflict, match="csrf"):
        record_scans(fair, door, [scan(codes[0])], ON_THE_DAY)
    session().info.pop("refusal")
    assert queries.counts(fair.id).came == 0


def test_arrivals_are_counted_once_in_five_minutes(
    fair: Fair, door: Actor, codes: list[str]
) -> None:
    sent = [
        scan(codes[0], FAIR_STARTS + timedelta(minutes=6)),
        scan(codes[0], FAIR_STARTS + timedelta(minutes=12), direction=Direction.OUT),
        scan(codes[0], FAIR_STARTS + timedelta(minutes=21)),
        scan(codes[1], FAIR_STARTS + timedelta(minutes=9, seconds=59)),
        scan(codes[2], FAIR_STARTS + timedelta(minutes=10)),
    ]
    now = FAIR_STARTS + timedelta(minutes=22)
    record_scans(fair, door, sent, now)
    assert queries.arrivals(fair.id) == [
        (FAIR_STARTS + timedelta(minutes=5), 2),
        (FAIR_STARTS + timedelta(minutes=10), 1),
    ]
    assert queries.count_recent(fair.id, now) == 1


def test_a_name_is_found_in_any_script(fair: Fair, door: Actor, codes: list[str]) -> None:
    with transaction() as current:
        people = list(current.scalars(sa.select(Attendee).order_by(Attendee.position)))
        people[0].name_key = "olena kovalenko"
        people[1].name_key = "petro kovalenko"
        people[2].name_key = "ivan 100%"
    assert [p.position for p in queries.search(fair.id, "Олена")] == [people[0].position]
    assert len(queries.search(fair.id, "koval")) == 2
    found = queries.search(fair.id, "kovalenko petro")
    assert [one.badge.code for one in found if one.badge] == [codes[1]]
    assert queries.search(fair.id, "k") == []
    assert queries.search(fair.id, "%%") == []
    assert queries.search(make_fair().id, "koval") == []


def test_ids_are_unique_over_all_fairs(fair: Fair, door: Actor, codes: list[str]) -> None:
    one = scan(codes[0], id=UUID(int=7))
    answer(fair, door, one)
    assert outcomes(record_scans(make_fair(), door, [one], ON_THE_DAY)) == ["id_reused"]
