"""The personal data of this room: the words that households are told."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from jobfair.core.db import assert_writing
from jobfair.fairs.models import Fair
from jobfair.privacy.registry import Holder, Retention, Row, Subject, rows_of
from jobfair.telling.models import Notice

EMPTY = {"text": "", "german": ""}
KEEP = timedelta(days=30)


def _export(household_id: int) -> list[Row]:
    query = sa.select(Notice).where(Notice.household_id == household_id)
    return rows_of(query.order_by(Notice.id))


def _erase(household_id: int, _now: datetime) -> None:
    query = sa.update(Notice).where(Notice.household_id == household_id)
    assert_writing().execute(query.values(**EMPTY))


def _expire(before: datetime, _now: datetime) -> int:
    """Empty what was told of fairs that ended before."""
    past = sa.select(Fair.id).where(Fair.ends_at < before)
    query = sa.update(Notice).where(Notice.fair_id.in_(past), Notice.text != "").values(**EMPTY)
    return len(assert_writing().scalars(query.returning(Notice.id)).all())


HOLDERS = (Holder("notice", Subject.HOUSEHOLD, _export, _erase, Retention(KEEP, _expire)),)
