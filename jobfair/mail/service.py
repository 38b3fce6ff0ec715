"""Use case: deliver what is due."""

import logging
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from jobfair.core import clock
from jobfair.core.db import session, transaction
from jobfair.mail.delivery import deliver, message_of
from jobfair.mail.models import OutboxMail
from jobfair.mail.rules import ATTEMPTS_MOST, wait_before

log = logging.getLogger("jobfair.mail")
BATCH = 200
CLAIM = timedelta(minutes=5)


def deliver_due() -> int:
    """Have every mail that is due delivered or its failure noted; return how many left."""
    due = sa.select(OutboxMail.id).where(
        OutboxMail.sent_at.is_(None),
        OutboxMail.failed_at.is_(None),
        OutboxMail.not_before <= clock.now(),
    )
    ids = list(session().scalars(due.order_by(OutboxMail.id).limit(BATCH)))
    sent = sum(_deliver_one(mail_id, clock.now()) for mail_id in ids)
    if sent:
        log.info("delivered", extra={"count": sent})
    return sent


def _deliver_one(mail_id: int, now: datetime) -> bool:
    mail = _claim(mail_id, now)
    if mail is None:
        return False
    config = current_app.config["JOBFAIR"]
    name = f"{mail.created_at:%Y%m%dT%H%M%S}-{mail.id:06d}-{mail.kind}"
    try:
        deliver(message_of(mail, config, now), config, name)
    except Exception as error:  # whatever is wrong with one mail, those behind it must leave
        _note_failure(mail_id, type(error).__name__, clock.now())
        return False
    with transaction() as current:
        done = current.get_one(OutboxMail, mail_id)
        done.sent_at = clock.now()
        done.text = done.html = done.subject = ""
    return True


def _claim(mail_id: int, now: datetime) -> OutboxMail | None:
    """Take the mail for a while, so that no other worker sends it at the same time."""
    with transaction() as current:
        mail = current.get(OutboxMail, mail_id, with_for_update=True)
        if mail is None or mail.sent_at or mail.failed_at or mail.not_before > now:
            return None
        mail.attempts += 1
        mail.not_before = now + max(CLAIM, wait_before(mail.attempts))
    return mail


def _note_failure(mail_id: int, fault: str, now: datetime) -> None:
    with transaction() as current:
        mail = current.get_one(OutboxMail, mail_id)
        mail.last_error = fault[:200]
        if mail.attempts >= ATTEMPTS_MOST:
            mail.failed_at = now
        else:
            mail.not_before = now + wait_before(mail.attempts)
    log.warning("not delivered", extra={"kind": fault})
