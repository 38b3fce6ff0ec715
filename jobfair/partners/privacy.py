"""The personal data of lists: drafts are kept for a month, saved rows hold nothing but an id."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.core.db import assert_writing
from jobfair.partners.import_rules import DRAFTS_KEPT
from jobfair.partners.models import ImportList, ImportRow
from jobfair.privacy.registry import Holder, Retention, Row, Subject, rows_of


def _export_rows(household_id: int) -> list[Row]:
    return rows_of(sa.select(ImportRow).where(ImportRow.household_id == household_id))


def _erase_rows(household_id: int, _now: datetime) -> None:
    theirs = ImportRow.household_id == household_id
    assert_writing().execute(sa.update(ImportRow).where(theirs).values(data={}))


def _export_lists(user_id: int) -> list[Row]:
    return rows_of(sa.select(ImportList).where(ImportList.user_id == user_id))


def _erase_names(user_id: int, _now: datetime) -> None:
    """Have the lists of somebody who left keep no name that they gave; the people are others."""
    theirs = ImportList.user_id == user_id
    assert_writing().execute(sa.update(ImportList).where(theirs).values(name=""))


def _expire(before: datetime, _now: datetime) -> int:
    """Delete the lists on which nobody has worked since."""
    current = assert_writing()
    old = list(current.scalars(sa.select(ImportList.id).where(ImportList.updated_at < before)))
    current.execute(sa.delete(ImportRow).where(ImportRow.list_id.in_(old)))
    current.execute(sa.delete(ImportList).where(ImportList.id.in_(old)))
    return len(old)


HOLDERS = (
    Holder("import_row", Subject.HOUSEHOLD, _export_rows, _erase_rows),
    Holder(
        "import_list",
        Subject.USER,
        _export_lists,
        _erase_names,
        Retention(DRAFTS_KEPT, _expire),
    ),
)
