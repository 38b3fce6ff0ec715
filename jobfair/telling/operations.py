"""Telling a household something, in the transaction of what it is told."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from flask_babel import force_locale

from jobfair.attendees.models import Household
from jobfair.core.db import assert_writing
from jobfair.core.events import publish
from jobfair.core.languages import DEFAULT_LANGUAGE, ui_language_for
from jobfair.mail.operations import queue_mail
from jobfair.mail.rules import Letter
from jobfair.telling.events import HouseholdNotTold, HouseholdTold
from jobfair.telling.models import Notice
from jobfair.telling.rules import Channel

SUBJECT = "household"
EVERYTHING = ("*",)
Write = Callable[[], Letter]


def tell(
    household: Household,
    kind: str,
    write: Write,
    *,
    now: datetime,
    once: str = "",
    attachments: tuple[str, ...] = (),
    instead_of: tuple[str, ...] = (),
) -> Notice | None:
    """Have the household be told: by mail, or by a person where no mail reaches it.

    `write` is called once in its language and once in German, for whoever calls. Of those with
    the same `once`, which must name the household, only the first counts; the others give None.
    Nobody has to call about the kinds that this stands `instead_of` any more.
    """
    current = assert_writing()
    if once and _is_known(household.id, once):
        return None
    if instead_of:
        drop_calls(household.id, instead_of)
    lang = ui_language_for(household.lang)
    letter = _written(lang, write)
    german = letter if lang == DEFAULT_LANGUAGE else _written(DEFAULT_LANGUAGE, write)
    mail_id = _mail(household, kind, letter, now, attachments) if reads_mail(household) else None
    notice = Notice(
        fair_id=household.fair_id,
        household_id=household.id,
        kind=kind,
        once_key=once or None,
        channel=Channel.PERSON if mail_id is None else Channel.MAIL,
        mail_id=mail_id,
        lang=lang,
        text=letter.short,
        german=german.short,
        created_at=now,
    )
    current.add(notice)
    return notice


def drop_calls(household_id: int, kinds: tuple[str, ...]) -> None:
    """Have nobody call about these kinds any more, also where a mail may still come back."""
    still_open = sa.or_(Notice.told_at.is_(None), Notice.channel == Channel.MAIL)
    query = sa.update(Notice).where(Notice.household_id == household_id, still_open)
    if kinds != EVERYTHING:
        query = query.where(Notice.kind.in_(kinds))
    assert_writing().execute(query.values(text="", german=""))


def reads_mail(household: Household) -> bool:
    """Tell whether a mail can reach the household."""
    return bool(household.email) and household.email_failed_at is None


def reword(household_id: int, old: str, new: str) -> None:
    """Have whoever calls the household say the new words instead of the old ones."""
    words = {
        "text": sa.func.replace(Notice.text, old, new),
        "german": sa.func.replace(Notice.german, old, new),
    }
    query = sa.update(Notice).where(Notice.household_id == household_id)
    assert_writing().execute(query.values(words))


def set_told(notice: Notice, *, by: int | None, now: datetime) -> None:
    """Have the household be told, by that user or by mail; others may react."""
    assert_writing()
    notice.told_at, notice.told_by = now, by
    publish(HouseholdTold(*_facts(notice), now))


def set_not_told(notice: Notice, *, now: datetime) -> None:
    """Have the household be still to be told; others may react where it seemed to be."""
    assert_writing()
    if notice.told_at is not None:
        notice.told_at = notice.told_by = None
        publish(HouseholdNotTold(*_facts(notice), now))


def _facts(notice: Notice) -> tuple[int, int, int, str, str]:
    once = notice.once_key or ""
    return notice.fair_id, notice.household_id, notice.id, notice.kind, once


def _is_known(household_id: int, once: str) -> bool:
    """Tell whether this was told before; who asks at the same time waits for the answer."""
    current = assert_writing()
    current.execute(sa.select(Household.id).where(Household.id == household_id).with_for_update())
    known = sa.exists().where(Notice.once_key == once)
    return bool(current.scalar(sa.select(known)))


def _written(lang: str, write: Write) -> Letter:
    with force_locale(lang):
        return write()


def _mail(
    household: Household, kind: str, letter: Letter, now: datetime, attachments: tuple[str, ...]
) -> int:
    mail = queue_mail(
        kind,
        household.email,
        household.lang,
        lambda: letter,
        now=now,
        fair_id=household.fair_id,
        subject_kind=SUBJECT,
        subject_id=household.id,
        attachments=attachments,
    )
    assert_writing().flush()
    return mail.id
