"""Use cases: ask the exhibitors, remind them, take their answers."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.core.actor import Actor, ActorKind
from jobfair.core.db import transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.exhibitors.models import Exhibitor
from jobfair.exhibitors.rules import ExhibitorState
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import lock_fair
from jobfair.feedback import letters
from jobfair.feedback.models import FeedbackAnswer, FeedbackInvitation
from jobfair.feedback.queries import list_asked
from jobfair.feedback.rules import ANSWER_TIME, AnswerInput, may_ask, may_remind
from jobfair.mail.operations import queue_mail
from jobfair.mail.rules import Letter
from jobfair.web.links import absolute, token_for

LINK = "feedback"
Words = Callable[[Exhibitor, Fair, datetime, str], Letter]


def ask(fair_id: int, *, actor: Actor, now: datetime) -> int:
    """Have every approved exhibitor asked once; return how many mails are on their way."""
    with transaction() as session:
        fair = _askable(fair_id)
        new = sa.select(Exhibitor).where(
            Exhibitor.fair_id == fair_id,
            Exhibitor.state == ExhibitorState.APPROVED,
            Exhibitor.contact_email != "",
            Exhibitor.id.not_in(
                sa.select(FeedbackInvitation.exhibitor_id).where(
                    FeedbackInvitation.fair_id == fair_id
                )
            ),
        )
        exhibitors = list(session.scalars(new.order_by(Exhibitor.id)))
        for exhibitor in exhibitors:
            invitation = FeedbackInvitation(
                fair_id=fair_id,
                exhibitor_id=exhibitor.id,
                link_version=1,
                sent_at=now,
                answer_until=now + ANSWER_TIME,
            )
            session.add(invitation)
            session.flush()
            _write(fair, exhibitor, invitation, letters.invitation, now)
        record(actor, "feedback.ask", "fair", fair_id, now=now, fair_id=fair_id)
    return len(exhibitors)


def remind(fair_id: int, *, actor: Actor, now: datetime) -> int:
    """Have who hasn't answered get the link again, with the full time; return how many mails."""
    with transaction():
        fair = _askable(fair_id)
        silent = [
            asked
            for asked in list_asked(fair_id)
            if asked.exhibitor.contact_email
            and may_remind(asked.invitation.sent_at, asked.answer is not None, now)
        ]
        for asked in silent:
            asked.invitation.sent_at = now
            asked.invitation.answer_until = now + ANSWER_TIME
            _write(fair, asked.exhibitor, asked.invitation, letters.reminder, now)
        record(actor, "feedback.remind", "fair", fair_id, now=now, fair_id=fair_id)
    return len(silent)


def answer(invitation_id: int, said: AnswerInput, *, now: datetime) -> None:
    """Have the exhibitor's answer be this; raise Conflict("feedback_late") after the time."""
    with transaction() as session:
        query = sa.select(FeedbackInvitation).where(FeedbackInvitation.id == invitation_id)
        invitation = session.scalar(query.with_for_update())
        if invitation is None:
            raise NotFound("not_found")
        if now >= invitation.answer_until:
            raise Conflict("feedback_late")
        present = session.get(FeedbackAnswer, invitation_id)
        if present is None:
            present = FeedbackAnswer(invitation_id=invitation_id, fair_id=invitation.fair_id)
            session.add(present)
        for name, value in (said.values() | {"answered_at": now}).items():
            setattr(present, name, value)
        actor = Actor(ActorKind.LINK, invitation_id)
        kind, fair_id = "feedback_invitation", invitation.fair_id
        record(actor, "feedback.answer", kind, invitation_id, now=now, fair_id=fair_id)


def _askable(fair_id: int) -> Fair:
    """Return the locked fair, so that two clicks ask one after the other."""
    fair = lock_fair(fair_id)
    if not may_ask(fair.phase):
        raise Conflict("feedback_early")
    return fair


def _write(
    fair: Fair, exhibitor: Exhibitor, invitation: FeedbackInvitation, words: Words, now: datetime
) -> None:
    token = token_for(LINK, invitation.id, invitation.link_version)
    url = absolute("feedback.answer", token=token)
    queue_mail(
        f"feedback.{words.__name__}",
        exhibitor.contact_email,
        exhibitor.lang,
        lambda: words(exhibitor, fair, invitation.answer_until, url),
        now=now,
        fair_id=fair.id,
        subject_kind="exhibitor",
        subject_id=exhibitor.id,
    )
