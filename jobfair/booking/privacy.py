"""The personal data of registrations that are being filled in."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.booking.models import RegistrationDraft
from jobfair.booking.rules import DRAFT_KEPT
from jobfair.core.db import assert_writing
from jobfair.privacy.registry import Holder, Retention, Row, Subject, rows_of


def _export(household_id: int) -> list[Row]:
    theirs = RegistrationDraft.household_id == household_id
    return rows_of(sa.select(RegistrationDraft).where(theirs))


def _erase(household_id: int, _now: datetime) -> None:
    theirs = RegistrationDraft.household_id == household_id
    assert_writing().execute(sa.delete(RegistrationDraft).where(theirs))


def _expire(before: datetime, _now: datetime) -> int:
    query = sa.delete(RegistrationDraft).where(RegistrationDraft.updated_at < before)
    return len(assert_writing().scalars(query.returning(RegistrationDraft.id)).all())


HOLDERS = (
    Holder(
        "registration_draft", Subject.HOUSEHOLD, _export, _erase, Retention(DRAFT_KEPT, _expire)
    ),
)
