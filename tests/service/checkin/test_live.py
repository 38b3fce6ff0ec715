"""The door as it stands: counted once, then brought up to date, the same on both databases."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.checkin.live import Live, live_counts
from jobfair.checkin.models import Scan
from jobfair.checkin.queries import count_inside
from jobfair.checkin.rules import ConflictKind, Direction, Outcome, StationKind
from jobfair.core.db import db, session, transaction
from jobfair.fairs.models import Fair, Room
from tests import factories as make

OUT: dict[str, Any] = {"direction": Direction.OUT, "outcome": Outcome.LEFT}
_second = count(1)


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Give a fair with a hall for two people, and a household of three."""
    fair = make.make_fair()
    room = make.make_room(fair, name="Saal", capacity=2)
    make.make_station(fair, name="Eingang")
    make.make_station(fair, name="Saaltür", kind=StationKind.HALL, room_id=room.id)
    make.make_household(fair)
    return fair


def people(fair: Fair) -> list[tuple[Attendee, str]]:
    query = sa.select(Attendee, BadgeCode.code).join(
        BadgeCode, BadgeCode.attendee_id == Attendee.id
    )
    rows = session().execute(query.where(Attendee.fair_id == fair.id).order_by(Attendee.id))
    return [(person, code) for person, code in rows]


def scan(fair: Fair, person: int, at: datetime | None = None, **given: Any) -> Scan:
    attendee, code = people(fair)[person]
    at = at or fair.starts_at + timedelta(seconds=next(_second))
    times = {"scanned_at": at, "device_at": at, "received_at": at}
    return make.make_scan(attendee, code, **{"station": "Eingang", **times, **given})


def seen(fair: Fair, after: timedelta = timedelta(hours=1)) -> Live:
    return live_counts(fair, fair.starts_at + after)


def room_of(fair: Fair) -> int:
    return session().scalars(sa.select(Room.id).where(Room.fair_id == fair.id)).one()


def test_an_empty_door_has_figures_too(fair: Fair) -> None:
    live = seen(fair)
    assert (live.came, live.inside, live.expected, live.limit) == (0, 0, 3, 500)
    assert [(one.name, one.entered, one.left) for one in live.stations] == [
        ("Eingang", 0, 0),
        ("Saaltür", 0, 0),
    ]
    assert [(one.name, one.inside, one.limit) for one in live.rooms] == [("Saal", 0, 2)]
    assert (live.arrivals, live.devices, live.conflicts) == ((), (), 0)


def test_whoever_leaves_the_house_leaves_its_rooms(fair: Fair) -> None:
    room_id = room_of(fair)
    for person in range(3):
        scan(fair, person)
        scan(fair, person, station="Saaltür", room_id=room_id)
    scan(fair, 0, **OUT)
    live = seen(fair)
    assert (live.came, live.inside) == (3, 2)
    assert live.rooms[0].inside == 2
    assert [(one.entered, one.left) for one in live.stations] == [(3, 1), (3, 0)]
    assert live.inside == count_inside(session(), fair.id)
    assert live.rooms[0].inside == count_inside(session(), fair.id, room_id)


def test_only_what_counts_is_counted(fair: Fair) -> None:
    scan(fair, 0, counts=False)
    scan(fair, 0, undone_at=fair.starts_at)
    scan(fair, 0, outcome=Outcome.CANCELLED)
    other = make.make_fair()
    make.make_household(other)
    scan(other, 0)
    assert seen(fair).came == 0


def test_what_is_new_taken_back_or_let_in_after_all_is_seen_at_the_next_look(
    fair: Fair,
) -> None:
    first, refused = scan(fair, 0), scan(fair, 1, outcome=Outcome.CANCELLED)
    assert seen(fair).inside == 1
    later = fair.starts_at + timedelta(hours=2)
    with transaction() as current:
        current.execute(sa.update(Scan).where(Scan.id == first.id).values(undone_at=later))
        current.execute(sa.update(Scan).where(Scan.id == refused.id).values(passed=True))
    make.make_conflict(refused, kind=ConflictKind.NOT_ADMISSIBLE, made_at=later)
    scan(fair, 2, fair.starts_at, received_at=later)
    live = seen(fair, timedelta(hours=2, seconds=3))
    assert (live.came, live.inside, live.conflicts) == (2, 2, 1)
    assert live.inside == count_inside(session(), fair.id)


def test_arrivals_stand_beside_what_the_windows_promise(fair: Fair) -> None:
    make.make_window(fair, taken=2, ends_at=fair.starts_at + timedelta(minutes=10))
    scan(fair, 0, fair.starts_at + timedelta(minutes=7))
    live = seen(fair)
    assert live.arrivals == ((fair.starts_at + timedelta(minutes=5), 1),)
    assert live.forecast[0][1] == pytest.approx(1 + 0.65 / 6)
    assert sum(people for _at, people in live.forecast) == pytest.approx(3)


def test_what_is_rehearsed_today_is_shown_as_that_and_never_counts(fair: Fair) -> None:
    make.make_window(fair, taken=2)
    room_id, eve = room_of(fair), fair.starts_at - timedelta(days=3)
    assert live_counts(fair, eve).rehearsal is False
    for person, ahead in ((0, timedelta()), (1, timedelta()), (2, timedelta(days=1))):
        scan(fair, person, eve - ahead, counts=False)
    scan(fair, 0, eve, room_id=room_id, station="Saaltür", counts=False)
    left = scan(fair, 1, eve + timedelta(seconds=30), counts=False, **OUT)
    live = live_counts(fair, eve + timedelta(minutes=1))
    assert (live.rehearsal, live.came, live.inside, live.recent) == (True, 2, 1, 3)
    assert [(one.name, one.inside) for one in live.rooms] == [("Saal", 1)]
    assert [(one.entered, one.left) for one in live.stations] == [(2, 1), (1, 0)]
    assert live.forecast == ()
    with transaction() as current:
        taken_back = eve + timedelta(minutes=1)
        current.execute(sa.update(Scan).where(Scan.id == left.id).values(undone_at=taken_back))
    assert live_counts(fair, eve + timedelta(minutes=2)).inside == 2

    next_day, at_the_fair = live_counts(fair, eve + timedelta(days=1)), seen(fair)
    for later in (next_day, at_the_fair):
        assert (later.rehearsal, later.came, later.inside, later.recent) == (False, 0, 0, 0)
        assert later.forecast != ()


def test_a_look_costs_few_queries_however_much_was_scanned(fair: Fair) -> None:
    shift, station = make.make_shift(fair), make.make_station(fair)
    for _device in range(5):
        make.make_device(shift, station)
    for person in range(3):
        scan(fair, person)
    seen(fair)
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        live = seen(fair, timedelta(hours=1, seconds=5))
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(live.devices) == 5
    assert len(statements) <= 11
