"""Actions: each once, and no scan is judged while another of its badge is undone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.audit.models import AuditEntry
from jobfair.checkin.duty import Duty, OffDuty
from jobfair.checkin.items import Action
from jobfair.checkin.models import Conflict, Device, Scan
from jobfair.checkin.rules import ItemKind
from jobfair.checkin.service import duties, scan_writer
from jobfair.checkin.service.actions import take_action
from jobfair.core.db import db, session, transaction
from jobfair.core.errors import DomainError
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from tests import factories as make


@pytest.fixture
def fair(app: Flask) -> Fair:
    """A fair that is under way."""
    return make.make_fair(
        phase=Phase.RUNNING, starts_at=make.NOW, ends_at=make.NOW + timedelta(hours=6)
    )


@pytest.fixture
def supervisor(fair: Fair) -> Duty:
    """A supervisor's device."""
    device = make.make_device(make.make_shift(fair), make.make_station(fair), kind="supervisor")
    return duties().read(make.token_of(device), make.NOW)


@pytest.fixture
def steward(fair: Fair) -> Duty:
    """A steward's device."""
    device = make.make_device(make.make_shift(fair), make.make_station(fair))
    return duties().read(make.token_of(device), make.NOW)


@pytest.fixture
def person(fair: Fair) -> Attendee:
    """Somebody with a badge."""
    return make.make_attendee(make.make_household(fair, 0, 0))


def scan_of(person: Attendee, **given: Any) -> Scan:
    held = sa.select(BadgeCode.code).where(BadgeCode.attendee_id == person.id)
    return make.make_scan(person, session().scalars(held).one(), **given)


def action(kind: ItemKind, **more: Any) -> Action:
    said: dict[str, Any] = {
        "id": uuid4(),
        "digest": "d" * 64,
        "kind": kind,
        "scan": None,
        "conflict": None,
        "reason": "",
        "at": make.NOW,
    }
    return Action(**(said | more))


def take(duty: Duty, what: Action, now: datetime = make.NOW) -> Any:
    return take_action(duty, what, scan_writer(), now=now)


def test_the_same_action_is_done_once(app: Flask, supervisor: Duty, person: Attendee) -> None:
    undo = action(ItemKind.UNDO, scan=scan_of(person).id)
    barrier = Barrier(4)

    def send() -> Any:
        with app.app_context():
            barrier.wait()
            try:
                return take(supervisor, undo)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        answers = [done.result() for done in [pool.submit(send) for _ in range(4)]]
    session().rollback()
    assert answers == [{"outcome": None}] * 4
    noted = sa.select(AuditEntry.id).where(AuditEntry.action == "scan.undone")
    assert len(session().scalars(noted).all()) == 1


def test_whoever_is_taken_back_is_not_counted_inside_any_more(
    fair: Fair, supervisor: Duty, person: Attendee
) -> None:
    scan = scan_of(person)
    assert scan_writer().count_inside(fair.id, None, make.NOW) == 1
    take(supervisor, action(ItemKind.UNDO, scan=scan.id))
    assert scan_writer().count_inside(fair.id, None, make.NOW) == 0


def test_only_the_last_passage_of_a_door_is_undone(
    fair: Fair, supervisor: Duty, person: Attendee
) -> None:
    room = make.make_room(fair)
    into_house = scan_of(person)
    into_room = scan_of(person, room_id=room.id, scanned_at=make.NOW + timedelta(minutes=1))
    refused = scan_of(person, passed=False, scanned_at=make.NOW + timedelta(minutes=2))
    for scan in (into_house, into_room, refused):
        take(supervisor, action(ItemKind.UNDO, scan=scan.id))
    session().rollback()
    assert set(session().scalars(sa.select(Scan.undone_at))) == {make.NOW}


def test_a_reason_lets_a_badge_in(supervisor: Duty, person: Attendee) -> None:
    with transaction() as current:
        current.execute(sa.update(BadgeCode).values(voided_at=make.NOW))
    scan = scan_of(person, outcome="blocked", passed=False)
    let_in = action(ItemKind.OVERRIDE, scan=scan.id, reason="Lost and found")
    assert take(supervisor, let_in) == {"outcome": "admitted"}
    assert take(supervisor, let_in) == {"outcome": "admitted"}
    session().rollback()
    inside = sa.select(Scan.id).where(Scan.passed)
    assert session().scalars(inside).all() == [let_in.id]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (make.NOW + timedelta(minutes=7), make.NOW + timedelta(minutes=7)),
        (make.NOW - timedelta(hours=1), make.NOW),
        (make.NOW + timedelta(days=2), make.NOW + timedelta(minutes=9)),
        (datetime(1970, 1, 1, tzinfo=UTC), make.NOW + timedelta(minutes=9)),
    ],
)
def test_whoever_is_let_in_with_a_reason_is_inside_whatever_the_clock_says(
    supervisor: Duty, person: Attendee, said: datetime, kept: datetime
) -> None:
    scan = scan_of(person, outcome="cancelled", passed=False)
    let_in = action(ItemKind.OVERRIDE, scan=scan.id, reason="Interpreter", at=said)
    now = make.NOW + timedelta(minutes=9)
    for _time in range(2):
        assert take(supervisor, let_in, now) == {"outcome": "admitted"}
    session().rollback()
    row = session().get_one(Scan, let_in.id)
    assert (row.counts, row.passed, row.scanned_at, row.device_at) == (True, True, kept, said)


def test_an_override_at_a_rehearsal_stays_one(fair: Fair, person: Attendee) -> None:
    eve = make.NOW - timedelta(days=2)
    shift = make.make_shift(fair)
    device = make.make_device(shift, make.make_station(fair), kind="supervisor")
    duty = duties().read(make.token_of(device), eve)
    scan = scan_of(person, passed=False, scanned_at=eve, received_at=eve, counts=False)
    let_in = action(ItemKind.OVERRIDE, scan=scan.id, reason="Practice", at=eve)
    assert take(duty, let_in, eve) == {"outcome": "admitted"}
    session().rollback()
    assert session().get_one(Scan, let_in.id).counts is False


@pytest.mark.parametrize(
    ("scanned", "received", "said", "late"),
    [
        (0, 0, 9, False),
        (0, 12, 5, False),  # both without network: it comes with its scan
        (0, 0, 11, True),
        (0, 0, -60, True),
        (60, 0, 5, True),
    ],
)
def test_no_clock_of_a_phone_gives_a_steward_more_than_ten_minutes(
    steward: Duty, person: Attendee, scanned: int, received: int, said: int, late: bool
) -> None:
    times = [make.NOW + timedelta(minutes=each) for each in (scanned, received, said)]
    scan = scan_of(person, device_id=steward.device_id, scanned_at=times[0], received_at=times[1])
    undo = action(ItemKind.UNDO, scan=scan.id, at=times[2])
    now = make.NOW + timedelta(minutes=9 if said == 9 else 15)
    if late:
        with pytest.raises(DomainError, match="too_late"):
            take(steward, undo, now)
    else:
        take(steward, undo, now)
    session().rollback()
    assert (session().get_one(Scan, scan.id).undone_at is None) is late


def test_a_scan_from_the_future_keeps_no_other_from_being_undone(
    supervisor: Duty, person: Attendee
) -> None:
    tomorrow = make.NOW + timedelta(days=1)
    false = scan_of(person, scanned_at=tomorrow, counts=False)
    true = scan_of(person)
    for scan in (true, false):
        take(supervisor, action(ItemKind.UNDO, scan=scan.id))
    session().rollback()
    assert set(session().scalars(sa.select(Scan.undone_at))) == {make.NOW}


def test_a_conflict_is_resolved(supervisor: Duty, person: Attendee) -> None:
    conflict = make.make_conflict(scan_of(person))
    take(supervisor, action(ItemKind.RESOLVE, conflict=conflict.id, reason="Seen by me"))
    session().rollback()
    (row,) = session().scalars(sa.select(Conflict)).all()
    assert (row.resolved_at, row.resolved_on) == (make.NOW, supervisor.device_id)


@pytest.mark.parametrize("kind", [ItemKind.UNDO, ItemKind.OVERRIDE, ItemKind.RESOLVE])
def test_a_device_that_was_revoked_meanwhile_does_nothing(
    supervisor: Duty, person: Attendee, kind: ItemKind
) -> None:
    scan, reason = scan_of(person), "Because"
    conflict = make.make_conflict(scan)
    with transaction() as current:
        current.execute(sa.update(Device).values(revoked_at=make.NOW))
    about = action(kind, scan=scan.id, conflict=conflict.id, reason=reason)
    with pytest.raises(OffDuty, match="device_revoked"):
        take(supervisor, about)
    session().rollback()
    assert session().scalars(sa.select(Scan.undone_at)).all() == [None]


def test_an_id_stands_for_one_action(supervisor: Duty, person: Attendee) -> None:
    undo = action(ItemKind.UNDO, scan=scan_of(person).id)
    take(supervisor, undo)
    other = action(ItemKind.UNDO, id=undo.id, digest="e" * 64, scan=undo.scan)
    with pytest.raises(DomainError, match="id_reused"):
        take(supervisor, other)
