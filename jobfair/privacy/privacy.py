"""The personal data of this room, consents, and of the mails to its right."""

from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from jobfair.core.db import assert_writing
from jobfair.mail.models import OutboxMail
from jobfair.privacy.models import Consent
from jobfair.privacy.registry import Holder, Retention, Row, Subject, keep_rows, rows_of

EMPTY = {"recipient": "", "subject": "", "text": "", "html": ""}
KEEP_MAILS = timedelta(days=30)


def _export_mails(subject: Subject, subject_id: int) -> list[Row]:
    query = sa.select(OutboxMail).filter_by(subject_kind=subject, subject_id=subject_id)
    return rows_of(query.order_by(OutboxMail.id))


def _erase_mails(subject: Subject, subject_id: int, now: datetime) -> None:
    """Empty the subject's mails; those that didn't leave yet never will."""
    theirs = (OutboxMail.subject_kind == subject, OutboxMail.subject_id == subject_id)
    waiting = (OutboxMail.sent_at.is_(None), OutboxMail.failed_at.is_(None))
    current = assert_writing()
    current.execute(sa.update(OutboxMail).where(*theirs, *waiting).values(failed_at=now))
    current.execute(sa.update(OutboxMail).where(*theirs).values(**EMPTY))


def _expire_mails(before: datetime, _now: datetime) -> int:
    old = sa.or_(OutboxMail.sent_at < before, OutboxMail.failed_at < before)
    query = sa.update(OutboxMail).where(old, OutboxMail.recipient != "").values(**EMPTY)
    return len(assert_writing().scalars(query.returning(OutboxMail.id)).all())


def _export_consents(subject: Subject, subject_id: int) -> list[Row]:
    query = sa.select(Consent).filter_by(subject_kind=subject, subject_id=subject_id)
    return rows_of(query.order_by(Consent.id))


def _mails(subject: Subject, retention: Retention | None = None) -> Holder:
    export, erase = partial(_export_mails, subject), partial(_erase_mails, subject)
    return Holder("outbox_mail", subject, export, erase, retention)


HOLDERS = (
    _mails(Subject.HOUSEHOLD, Retention(KEEP_MAILS, _expire_mails)),
    _mails(Subject.EXHIBITOR),
    _mails(Subject.USER),
    *(Holder("consent", s, partial(_export_consents, s), keep_rows) for s in Subject),
)
