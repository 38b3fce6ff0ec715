"""Table of what households are told."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.core.db import Base, Id, closed_set
from jobfair.telling.rules import Channel


class Notice(Base):
    """Something that a household is told, and when it was; emptied when its time is over."""

    __tablename__ = "notice"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "household_id"], ["household.fair_id", "household.id"]),
        sa.Index("ix_notice_fair_id_household_id", "fair_id", "household_id"),
        sa.Index("ix_notice_open", "fair_id", "channel", "told_at"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    household_id: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(40))
    once_key: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    channel: Mapped[Channel] = mapped_column(closed_set(Channel, "channel"))
    mail_id: Mapped[int | None] = mapped_column(sa.ForeignKey("outbox_mail.id"), index=True)
    lang: Mapped[str] = mapped_column(sa.String(12))
    text: Mapped[str] = mapped_column(sa.Text)
    german: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    told_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    failed_at: Mapped[datetime | None]
