"""Table of scans."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.checkin.rules import BADGE_MOST, REASON_MOST, STATION_MOST, Direction, Outcome
from jobfair.core.db import Base, closed_set


class Scan(Base):
    """A badge that was shown, with the answer that was given; never changed but for undoing.

    `device_at` is the time as the device told it, `scanned_at` the same by our clock. A scan
    whose time can't be true, or lies before the fair's day, is kept and doesn't count.
    """

    __tablename__ = "scan"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "attendee_id"], ["attendee.fair_id", "attendee.id"]),
        sa.Index("ix_scan_fair_id_attendee_id", "fair_id", "attendee_id", "scanned_at"),
        sa.Index("ix_scan_fair_id_scanned_at", "fair_id", "scanned_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    attendee_id: Mapped[int | None]
    badge: Mapped[str] = mapped_column(sa.String(BADGE_MOST))
    station: Mapped[str] = mapped_column(sa.String(STATION_MOST))
    direction: Mapped[Direction] = mapped_column(closed_set(Direction, "direction"))
    outcome: Mapped[Outcome] = mapped_column(closed_set(Outcome, "outcome"))
    since_at: Mapped[datetime | None]
    since_station: Mapped[str | None] = mapped_column(sa.String(STATION_MOST))
    override_reason: Mapped[str | None] = mapped_column(sa.String(REASON_MOST))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    device_at: Mapped[datetime]
    scanned_at: Mapped[datetime]
    received_at: Mapped[datetime]
    counts: Mapped[bool]
    undone_at: Mapped[datetime | None]
