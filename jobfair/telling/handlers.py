"""What becomes of a household's notice when its mail arrives, fails or comes back."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import Household
from jobfair.core.db import assert_writing
from jobfair.mail.events import MailBounced, MailDelivered, MailFailed
from jobfair.mail.models import OutboxMail
from jobfair.telling.models import Notice
from jobfair.telling.operations import SUBJECT, set_not_told, set_told
from jobfair.telling.rules import Channel


def on_mail_delivered(event: MailDelivered) -> None:
    """Have the household be told what the mail says."""
    notice = _notice_of(event.mail_id)
    if notice is not None:
        set_told(notice, by=None, now=event.now)


def on_mail_failed(event: MailFailed) -> None:
    """Have somebody tell the household; a refused address gets no mail any more."""
    _leave_to_people(event.mail_id, event.now)
    if event.refused:
        _give_up_address(event.mail_id, event.now)


def on_mail_bounced(event: MailBounced) -> None:
    """Have somebody tell the household, whose address gets no mail any more."""
    _leave_to_people(event.mail_id, event.now)
    _give_up_address(event.mail_id, event.now)


def _notice_of(mail_id: int) -> Notice | None:
    return assert_writing().scalar(sa.select(Notice).where(Notice.mail_id == mail_id))


def _leave_to_people(mail_id: int, now: datetime) -> None:
    notice = _notice_of(mail_id)
    if notice is not None and notice.channel is Channel.MAIL:
        notice.channel, notice.failed_at = Channel.PERSON, now
        set_not_told(notice, now=now)


def _give_up_address(mail_id: int, now: datetime) -> None:
    """Have no mail go to the household's address, if it is still that of the mail."""
    mail = assert_writing().get_one(OutboxMail, mail_id)
    if mail.subject_kind == SUBJECT and mail.recipient:
        theirs = (Household.id == mail.subject_id, Household.email == mail.recipient)
        assert_writing().execute(sa.update(Household).where(*theirs).values(email_failed_at=now))
