"""Table of scans."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.checkin.rules import Direction, Outcome
from jobfair.core.db import Base, closed_set


class Scan(Base):
    """A badge that was shown, with the answer that was given; never changed but for undoing."""

    __tablename__ = "scan"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "attendee_id"], ["attendee.fair_id", "attendee.id"]),
        sa.Index("ix_scan_fair_id_attendee_id", "fair_id", "attendee_id", "scanned_at"),
        sa.Index("ix_scan_fair_id_scanned_at", "fair_id", "scanned_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    attendee_id: Mapped[int | None]
    badge: Mapped[str] = mapped_column(sa.String(12))
    station: Mapped[str] = mapped_column(sa.String(40))
    direction: Mapped[Direction] = mapped_column(closed_set(Direction, "direction"))
    outcome: Mapped[Outcome] = mapped_column(closed_set(Outcome, "outcome"))
    override_reason: Mapped[str | None] = mapped_column(sa.String(200))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    scanned_at: Mapped[datetime]
    received_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
