"""The statements of a commit write and read what the models would."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import BadgeCode
from jobfair.checkin.lookup import find_badges, find_known, find_moves
from jobfair.checkin.models import Scan
from jobfair.checkin.rules import Direction, Outcome
from jobfair.checkin.statements import LATER, ROWS_MOST, WRITTEN, insert_scans
from jobfair.core.db import session, transaction
from tests import factories as make

AT = datetime(2026, 11, 22, 9, 30, 0, 120, timezone(timedelta(hours=1)))


@pytest.fixture
def badge(app: Flask) -> BadgeCode:
    """The badge of one person."""
    make.make_household(make.make_fair(), 1, 0)
    return session().scalars(sa.select(BadgeCode)).one()


def _row(badge: BadgeCode, scan_id: UUID, at: datetime = AT) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(WRITTEN)
    row |= {"id": scan_id, "fair_id": badge.fair_id, "attendee_id": badge.attendee_id}
    row |= {"badge": badge.code, "station": "Zoë's “Tür”", "direction": Direction.IN}
    row |= {"outcome": Outcome.ADMITTED, "offline": False, "passed": True, "conflict": False}
    return row | {"device_at": at, "scanned_at": at, "received_at": at, "counts": True}


def test_a_row_is_stored_as_the_model_stores_it(badge: BadgeCode) -> None:
    ids = uuid4(), uuid4()
    with transaction() as current:
        insert_scans(current.connection(), [_row(badge, ids[0])])
        current.execute(sa.insert(Scan), [_row(badge, ids[1])])
    every = sa.select(sa.text("*")).select_from(sa.text("scan"))
    ours, theirs = (dict(row._mapping) for row in session().execute(every))
    ours.pop("id"), theirs.pop("id")
    assert ours == theirs
    assert set(session().scalars(sa.select(Scan.id))) == set(ids)
    assert set(session().scalars(sa.select(Scan.scanned_at))) == {AT.astimezone(UTC)}


def test_every_column_is_written_now_or_later() -> None:
    assert {*WRITTEN, *LATER} == {column.name for column in Scan.__table__.columns}


def test_more_rows_than_fit_into_one_statement(badge: BadgeCode) -> None:
    ids = [uuid4() for _ in range(ROWS_MOST * 2 + 1)]
    with transaction() as current:
        insert_scans(current.connection(), [_row(badge, one) for one in ids])
    assert set(session().scalars(sa.select(Scan.id))) == set(ids)


def test_moves_come_as_they_arrived(badge: BadgeCode) -> None:
    times = [AT + timedelta(seconds=n) for n in (2, 0, 1)]
    rows = [_row(badge, uuid4(), at) for at in times]
    with transaction() as current:
        insert_scans(current.connection(), rows)
    holder = badge.attendee_id or 0
    found = find_moves(session().connection(), [holder])[holder]
    in_order = sorted(rows, key=lambda row: row["received_at"])
    assert [UUID(one.move.scan_id) for one in found] == [row["id"] for row in in_order]
    assert found[0].move.at == AT
    assert found[0].move.station == "Zoë's “Tür”"


def test_stored_scans_are_known_by_their_ids(badge: BadgeCode) -> None:
    first, other = uuid4(), uuid4()
    with transaction() as current:
        insert_scans(current.connection(), [_row(badge, first)])
        known = find_known(current.connection(), ["nobody's"], [], [first, other], AT)
    assert list(known.stored) == [first]
    assert known.off_duty == {"nobody's": "token_unknown"}
    assert known.moves == {}


def test_a_code_is_not_found_by_its_beginning(badge: BadgeCode) -> None:
    connection = session().connection()
    assert list(find_badges(connection, [badge.code])) == [badge.code]
    assert find_badges(connection, [badge.code + "X"]) == {}
