"""Putting a mail into the outbox, in the transaction of what it tells."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import render_template
from flask_babel import force_locale

from jobfair.core.db import assert_writing
from jobfair.core.languages import LANGUAGES, ui_language_for
from jobfair.jobs.runner import look_after_commit
from jobfair.mail.models import OutboxMail
from jobfair.mail.rules import Letter

JOB = "outbox"


def queue_mail(
    kind: str,
    recipient: str,
    lang: str,
    write: Callable[[], Letter],
    *,
    now: datetime,
    fair_id: int | None = None,
    subject_kind: str = "",
    subject_id: int | None = None,
    attachments: Sequence[str] = (),
) -> OutboxMail:
    """Have a mail leave after the commit; `write` is called in the reader's language.

    The named attachments are made when it leaves, so they are of that time.
    """
    language = LANGUAGES[ui_language_for(lang)]
    with force_locale(language.code):
        letter = write()
        mail = OutboxMail(
            kind=kind,
            fair_id=fair_id,
            subject_kind=subject_kind,
            subject_id=subject_id,
            lang=language.code,
            recipient=recipient,
            subject=" ".join(letter.subject.split()),
            text=render_template("mail/letter.txt", letter=letter),
            html=render_template("mail/letter.html", letter=letter, language=language),
            attachments=list(attachments),
            created_at=now,
            not_before=now,
            attempts=0,
            last_error="",
        )
    assert_writing().add(mail)
    look_after_commit(JOB)
    return mail
