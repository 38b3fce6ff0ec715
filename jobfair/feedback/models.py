"""Tables of feedback invitations and answers."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobfair.core.db import Base, Id, Json, closed_set
from jobfair.feedback.rules import Again, AnswerInput, Lacking, Talks


class FeedbackInvitation(Base):
    """The question to one exhibitor; asked once, reminded by sending the link again."""

    __tablename__ = "feedback_invitation"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "exhibitor_id"),
        sa.ForeignKeyConstraint(["fair_id", "exhibitor_id"], ["exhibitor.fair_id", "exhibitor.id"]),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    exhibitor_id: Mapped[int]
    link_version: Mapped[int] = mapped_column(default=1)
    sent_at: Mapped[datetime]
    answer_until: Mapped[datetime]

    answer: Mapped["FeedbackAnswer | None"] = relationship(lazy="raise", uselist=False)


class FeedbackAnswer(Base):
    """What the exhibitor said; the newest answer counts."""

    __tablename__ = "feedback_answer"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["fair_id", "invitation_id"], ["feedback_invitation.fair_id", "feedback_invitation.id"]
        ),
        sa.Index("ix_feedback_answer_fair_id_invitation_id", "fair_id", "invitation_id"),
        sa.CheckConstraint("fit BETWEEN 1 AND 5", name="fit"),
        sa.CheckConstraint("hires >= 0", name="hires"),
    )

    invitation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fair_id: Mapped[int]
    talks: Mapped[Talks] = mapped_column(closed_set(Talks, "talks"))
    hires: Mapped[int] = mapped_column(default=0)
    fit: Mapped[int]
    lacking: Mapped[list[str]] = mapped_column(Json, default=list)
    again: Mapped[Again] = mapped_column(closed_set(Again, "again"))
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime]

    @property
    def said(self) -> AnswerInput:
        """Return what the exhibitor said."""
        return AnswerInput(
            talks=self.talks,
            hires=self.hires,
            fit=self.fit,
            again=self.again,
            lacking=tuple(one for one in Lacking if one.value in self.lacking),
            comment=self.comment,
        )
