"""Actions: each once, and no scan is judged while another of its badge is undone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
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


def take(duty: Duty, what: Action) -> Any:
    return take_action(duty, what, scan_writer(), now=make.NOW)


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
