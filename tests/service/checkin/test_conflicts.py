"""What a supervisor has to look at: conflicts, and scans whose times can't be true."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.audit.models import AuditEntry
from jobfair.checkin.conflicts import TimeFault, count_open, list_conflicts, not_counted
from jobfair.checkin.models import Conflict, Scan
from jobfair.checkin.rules import ConflictKind, Outcome
from jobfair.checkin.service.conflicts import resolve
from jobfair.core.actor import Actor, ActorKind, Role
from jobfair.core.db import session, transaction
from jobfair.core.errors import NotFound
from jobfair.fairs.models import Fair
from tests import factories as make

LATER = make.NOW + timedelta(minutes=3)


def person_of(fair: Fair) -> tuple[Attendee, str]:
    make.make_household(fair, adults=1, children=0)
    query = sa.select(Attendee, BadgeCode.code).join(
        BadgeCode, BadgeCode.attendee_id == Attendee.id
    )
    row = session().execute(query.where(Attendee.fair_id == fair.id)).one()
    return row[0], row[1]


def conflict_at(fair: Fair, **given: object) -> Conflict:
    person, code = person_of(fair)
    return make.make_conflict(
        make.make_scan(person, code, station="Süd"),
        make.make_scan(person, code, station="Nord"),
        **given,
    )


def test_a_conflict_says_who_where_and_when(app: Flask) -> None:
    fair = make.make_fair()
    shift = make.make_shift(fair)
    device = make.make_device(shift, make.make_station(fair), name="Karin")
    person, code = person_of(fair)
    first = make.make_scan(person, code, station="Nord", scanned_at=make.NOW)
    second = make.make_scan(person, code, station="Süd", device_id=device.id, scanned_at=LATER)
    make.make_conflict(second, first)
    conflict_at(make.make_fair())
    (one,) = list_conflicts(fair.id)
    assert one.person is not None
    assert one.other is not None
    assert one.person.latin_name == person.latin_name
    assert (one.scan.scan.station, one.scan.device, one.scan.scan.scanned_at) == (
        "Süd",
        "Karin",
        LATER,
    )
    assert (one.other.scan.station, one.other.device) == ("Nord", "")


def test_a_resolved_conflict_keeps_its_reason_and_who_resolved_it(app: Flask) -> None:
    fair = make.make_fair()
    conflict = conflict_at(fair)
    user = make.make_user(Role.ORGANISER, fair.id, name="Olga")
    actor = make.actor_of(user, Role.ORGANISER, fair.id)
    resolve(fair.id, conflict.id, "War rauchen", actor, now=LATER)
    resolve(fair.id, conflict.id, "Anders", actor, now=LATER + timedelta(hours=1))
    assert (count_open(fair.id), list_conflicts(fair.id)) == (0, [])
    (one,) = list_conflicts(fair.id, resolved=True)
    assert (one.conflict.reason, one.conflict.resolved_at, one.by) == ("War rauchen", LATER, "Olga")
    entries = session().scalars(sa.select(AuditEntry)).all()
    assert [(entry.action, entry.fields) for entry in entries] == [("conflict.resolved", [])]


def test_a_device_resolves_too(app: Flask) -> None:
    fair = make.make_fair()
    device = make.make_device(make.make_shift(fair), make.make_station(fair), name="Ole")
    conflict = conflict_at(fair)
    resolve(fair.id, conflict.id, "Geklärt", Actor(ActorKind.DEVICE, device.id), now=LATER)
    (one,) = list_conflicts(fair.id, resolved=True)
    assert (one.conflict.resolved_by, one.by) == (None, "Ole")


def test_a_conflict_of_another_fair_is_not_known(app: Flask) -> None:
    conflict = conflict_at(make.make_fair())
    with pytest.raises(NotFound):
        resolve(make.make_fair().id, conflict.id, "x", Actor(ActorKind.SYSTEM), now=LATER)


def test_a_badge_that_nobody_had_is_listed_with_whom_it_was_given_since(app: Flask) -> None:
    fair = make.make_fair()
    person, code = person_of(fair)
    scan = make.make_scan(person, code, outcome=Outcome.UNKNOWN)
    with transaction() as current:
        current.execute(sa.update(Scan).values(attendee_id=None))
        current.execute(sa.update(BadgeCode).values(attendee_id=None))
    make.make_conflict(scan, kind=ConflictKind.NEVER_ISSUED)
    assert [one.person for one in list_conflicts(fair.id)] == [None]
    with transaction() as current:
        current.execute(sa.update(BadgeCode).values(attendee_id=person.id))
    (one,) = list_conflicts(fair.id)
    assert one.person is not None
    assert one.person.id == person.id


def test_impossible_times_are_listed_and_rehearsals_counted(app: Flask) -> None:
    fair = make.make_fair()
    person, code = person_of(fair)
    day = fair.starts_at
    times = {
        "future": (day + timedelta(minutes=6), day),
        "1970": (datetime(1970, 1, 1, tzinfo=UTC), day - timedelta(days=2)),
        "claims to be older": (day - timedelta(days=1), day),
        "rehearsal": (make.NOW, make.NOW + timedelta(hours=2)),
    }
    for station, (scanned_at, received_at) in times.items():
        make.make_scan(
            person,
            code,
            station=station,
            scanned_at=scanned_at,
            received_at=received_at,
            counts=False,
        )
    make.make_scan(person, code, scanned_at=day, received_at=day)
    found = not_counted(fair)
    assert {one.seen.scan.station: one.fault for one in found.untimely} == {
        "future": TimeFault.FUTURE,
        "1970": TimeFault.PAST,
        "claims to be older": TimeFault.PAST,
    }
    assert found.rehearsal == 1
