"""The personal data of scans: when whose badge was seen where."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import Attendee
from jobfair.checkin.models import Conflict, Scan
from jobfair.core.db import assert_writing
from jobfair.privacy.registry import Holder, Row, Subject, rows_of


def _theirs(household_id: int) -> sa.ColumnElement[bool]:
    people = sa.select(Attendee.id).where(Attendee.household_id == household_id)
    return Scan.attendee_id.in_(people)


def _export(household_id: int) -> list[Row]:
    return rows_of(sa.select(Scan).where(_theirs(household_id)).order_by(Scan.scanned_at))


def _erase(household_id: int, _now: datetime) -> None:
    """Empty what was written freely; that somebody came stays counted."""
    query = sa.update(Scan).where(_theirs(household_id), Scan.override_reason.is_not(None))
    assert_writing().execute(query.values(override_reason=""))


def _conflicts(household_id: int) -> sa.ColumnElement[bool]:
    return Conflict.scan_id.in_(sa.select(Scan.id).where(_theirs(household_id)))


def _export_conflicts(household_id: int) -> list[Row]:
    return rows_of(sa.select(Conflict).where(_conflicts(household_id)).order_by(Conflict.id))


def _erase_conflicts(household_id: int, _now: datetime) -> None:
    query = sa.update(Conflict).where(_conflicts(household_id), Conflict.reason != "")
    assert_writing().execute(query.values(reason="").execution_options(synchronize_session=False))


HOLDERS = (
    Holder("scan", Subject.HOUSEHOLD, _export, _erase),
    Holder("conflict", Subject.HOUSEHOLD, _export_conflicts, _erase_conflicts),
)
