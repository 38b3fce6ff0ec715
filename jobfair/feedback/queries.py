"""Reads about feedback."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from jobfair.core.db import session
from jobfair.exhibitors.models import Exhibitor
from jobfair.exhibitors.rules import ExhibitorState
from jobfair.feedback.models import FeedbackAnswer, FeedbackInvitation


@dataclass(frozen=True)
class FeedbackCounts:
    """How many exhibitors take part, were asked, and have answered."""

    exhibitors: int
    asked: int
    answered: int


@dataclass(frozen=True)
class Asked:
    """An exhibitor that was asked, and its answer if there is one."""

    exhibitor: Exhibitor
    invitation: FeedbackInvitation

    @property
    def answer(self) -> FeedbackAnswer | None:
        """Return what it said."""
        return self.invitation.answer


def find_asked(invitation_id: int) -> Asked | None:
    """Return the invitation with its exhibitor and answer."""
    found = _read(_asked().where(FeedbackInvitation.id == invitation_id))
    return found[0] if found else None


def list_asked(fair_id: int) -> list[Asked]:
    """Return everybody who was asked, by name."""
    query = _asked().where(FeedbackInvitation.fair_id == fair_id)
    query = query.order_by(sa.func.lower(Exhibitor.name), Exhibitor.id)
    return _read(query)


def counts(fair_id: int) -> FeedbackCounts:
    """Return the figures of the fair's feedback."""
    approved = sa.select(sa.func.count()).where(
        Exhibitor.fair_id == fair_id, Exhibitor.state == ExhibitorState.APPROVED
    )
    asked = sa.select(sa.func.count()).where(FeedbackInvitation.fair_id == fair_id)
    answered = sa.select(sa.func.count()).where(FeedbackAnswer.fair_id == fair_id)
    return FeedbackCounts(*(session().scalar(query) or 0 for query in (approved, asked, answered)))


def _asked() -> sa.Select[Exhibitor, FeedbackInvitation]:
    return (
        sa.select(Exhibitor, FeedbackInvitation)
        .join(FeedbackInvitation, FeedbackInvitation.exhibitor_id == Exhibitor.id)
        .options(joinedload(Exhibitor.stand), joinedload(FeedbackInvitation.answer))
    )


def _read(query: sa.Select[Exhibitor, FeedbackInvitation]) -> list[Asked]:
    return [Asked(exhibitor, invitation) for exhibitor, invitation in session().execute(query)]
