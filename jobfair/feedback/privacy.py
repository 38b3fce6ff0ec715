"""The personal data of feedback: what a contact wrote; the figures are kept."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.core.db import assert_writing
from jobfair.feedback.models import FeedbackAnswer, FeedbackInvitation
from jobfair.privacy.registry import Holder, Row, Subject, rows_of


def _export_invitations(exhibitor_id: int) -> list[Row]:
    query = sa.select(FeedbackInvitation).where(FeedbackInvitation.exhibitor_id == exhibitor_id)
    return rows_of(query)


def _void_links(exhibitor_id: int, _now: datetime) -> None:
    theirs = FeedbackInvitation.exhibitor_id == exhibitor_id
    query = sa.update(FeedbackInvitation).where(theirs)
    assert_writing().execute(query.values(link_version=FeedbackInvitation.link_version + 1))


def _export_answers(exhibitor_id: int) -> list[Row]:
    return rows_of(sa.select(FeedbackAnswer).where(_answered(exhibitor_id)))


def _erase_comments(exhibitor_id: int, _now: datetime) -> None:
    query = sa.update(FeedbackAnswer).where(_answered(exhibitor_id))
    assert_writing().execute(query.values(comment=""))


def _answered(exhibitor_id: int) -> sa.ColumnElement[bool]:
    asked = sa.select(FeedbackInvitation.id).where(FeedbackInvitation.exhibitor_id == exhibitor_id)
    return FeedbackAnswer.invitation_id.in_(asked)


HOLDERS = (
    Holder("feedback_invitation", Subject.EXHIBITOR, _export_invitations, _void_links),
    Holder("feedback_answer", Subject.EXHIBITOR, _export_answers, _erase_comments),
)
