"""Use cases: deliver what is due, note what came back."""

import logging
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from jobfair.core import clock
from jobfair.core.db import session, transaction
from jobfair.core.events import publish
from jobfair.mail.bounces import Outcome, Report, read_report
from jobfair.mail.delivery import LINK, LINK_VERSION, deliver, is_refusal, message_of
from jobfair.mail.events import MailBounced, MailDelivered, MailFailed
from jobfair.mail.models import OutboxMail
from jobfair.mail.rules import ATTEMPTS_MOST, wait_before
from jobfair.web.links import proves, row_of

log = logging.getLogger("jobfair.mail")
BATCH = 200
CLAIM = timedelta(minutes=5)


def deliver_due() -> int:
    """Have every mail that is due delivered or its failure noted; return how many left.

    It ends, since a mail that doesn't leave isn't due for a while.
    """
    sent = 0
    while ids := _due(clock.now()):
        sent += sum(_deliver_one(mail_id, clock.now()) for mail_id in ids)
    if sent:
        log.info("delivered", extra={"count": sent})
    return sent


def note_bounce(raw: bytes, *, now: datetime) -> Outcome:
    """Have the mail that came back marked, if the report says so of a mail and address of ours."""
    report = read_report(raw)
    if report is None:
        return Outcome.NO_REPORT
    with transaction():
        mail = _mail_of(report)
        verdict = report.verdict_on(mail.recipient) if mail is not None else None
        if mail is None or verdict is None:
            return Outcome.NOT_OURS
        if not verdict.permanent:
            return Outcome.NOT_FINAL
        if mail.bounced_at is None:
            mail.bounced_at = now
            publish(MailBounced(mail.id, now))
            log.info("bounced")
    return Outcome.MARKED


def _mail_of(report: Report) -> OutboxMail | None:
    """Return the delivered mail whose message id the report proves to know."""
    for token in report.message_ids:
        mail_id = row_of(LINK, token)
        if mail_id is not None and proves(LINK, token, mail_id, LINK_VERSION):
            mail = session().get(OutboxMail, mail_id, with_for_update=True)
            if mail is not None and mail.sent_at is not None:
                return mail
    return None


def _due(now: datetime) -> list[int]:
    due = sa.select(OutboxMail.id).where(
        OutboxMail.sent_at.is_(None), OutboxMail.failed_at.is_(None), OutboxMail.not_before <= now
    )
    session().rollback()  # what became due meanwhile is read too
    return list(session().scalars(due.order_by(OutboxMail.id).limit(BATCH)))


def _deliver_one(mail_id: int, now: datetime) -> bool:
    mail = _claim(mail_id, now)
    if mail is None:
        return False
    config = current_app.config["JOBFAIR"]
    name = f"{mail.created_at:%Y%m%dT%H%M%S}-{mail.id:06d}-{mail.kind}"
    try:
        deliver(message_of(mail, config, now), config, name)
    except Exception as error:  # whatever is wrong with one mail, those behind it must leave
        _note_failure(mail_id, error, clock.now())
        return False
    with transaction() as current:
        done = current.get_one(OutboxMail, mail_id)
        done.sent_at = clock.now()
        done.text = done.html = done.subject = ""
        publish(MailDelivered(mail_id, done.sent_at))
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


def _note_failure(mail_id: int, error: Exception, now: datetime) -> None:
    fault, refused = type(error).__name__, is_refusal(error)
    with transaction() as current:
        mail = current.get_one(OutboxMail, mail_id)
        mail.last_error = fault[:200]
        if refused or mail.attempts >= ATTEMPTS_MOST:
            mail.failed_at = now
            publish(MailFailed(mail_id, refused, now))
        else:
            mail.not_before = now + wait_before(mail.attempts)
    log.warning("not delivered", extra={"kind": fault})
