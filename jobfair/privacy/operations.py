"""Consent and erasure inside the caller's transaction."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing
from jobfair.privacy.models import Consent
from jobfair.privacy.registry import Subject, holders_of


def record_consent(
    subject_kind: str, subject_id: int, text: str, version: str, lang: str, *, now: datetime
) -> None:
    """Have it on record that the subject agreed to this version of the text, once."""
    current = assert_writing()
    given = sa.select(Consent).filter_by(
        subject_kind=subject_kind, subject_id=subject_id, text=text, version=version
    )
    consent = current.scalar(given)
    if consent is None:
        consent = Consent(
            subject_kind=subject_kind, subject_id=subject_id, text=text, version=version
        )
        current.add(consent)
    elif consent.withdrawn_at is None:
        return
    consent.lang, consent.given_at, consent.withdrawn_at = lang, now, None


def erase(subject: Subject, subject_id: int, actor: Actor, *, now: datetime) -> None:
    """Have nothing left that says who the subject was; rows that are counted stay, emptied.

    Raise NotFound where there is no such subject.
    """
    for holder in holders_of(subject):
        holder.erase(subject_id, now)
    record(actor, f"{subject}.erase", subject, subject_id, now=now)
