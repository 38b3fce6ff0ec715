"""Tables of scans and of the conflicts between them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.checkin.rules import (
    BADGE_MOST,
    REASON_MOST,
    STATION_MOST,
    ConflictKind,
    Direction,
    Outcome,
)
from jobfair.core.db import Base, Id, closed_set


def _index_where(condition: str, *columns: str) -> sa.Index:
    """An index of the few rows for which it is of use."""
    where = sa.text(condition)
    name = f"ix_scan_{'_'.join(columns)}"
    return sa.Index(name, *columns, sqlite_where=where, postgresql_where=where)


class Scan(Base):
    """A badge that was shown, with the answer that was given; the answer never changes.

    `device_at` is the time as the device told it, `scanned_at` the same by our clock. A scan
    whose time can't be true, or lies before the fair's day, is kept and doesn't count. `passed`
    says that the person went through the door by it, `offline` that the device's own verdict
    (`decided`) was shown, and `room_id` which door it was: None means that of the house.

    Every index costs every scan a page of the log, so there is none for devices: they stay.
    """

    __tablename__ = "scan"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "attendee_id"], ["attendee.fair_id", "attendee.id"]),
        sa.ForeignKeyConstraint(["fair_id", "device_id"], ["device.fair_id", "device.id"]),
        sa.ForeignKeyConstraint(["fair_id", "room_id"], ["room.fair_id", "room.id"]),
        sa.ForeignKeyConstraint(["fair_id", "departure_id"], ["departure.fair_id", "departure.id"]),
        sa.Index("ix_scan_attendee_id_fair_id", "attendee_id", "fair_id", "scanned_at"),
        _index_where("attendee_id IS NULL", "fair_id", "badge"),
        _index_where("room_id IS NOT NULL", "fair_id", "room_id"),
        _index_where("departure_id IS NOT NULL", "fair_id", "departure_id"),
        _index_where("undone_at IS NOT NULL", "fair_id", "undone_at"),
        _index_where("user_id IS NOT NULL", "user_id"),
        sa.Index("ix_scan_fair_id_received_at", "fair_id", "received_at"),
        sa.Index("ix_scan_fair_id_scanned_at", "fair_id", "scanned_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    attendee_id: Mapped[int | None]
    device_id: Mapped[int | None]
    room_id: Mapped[int | None]
    departure_id: Mapped[int | None]
    badge: Mapped[str] = mapped_column(sa.String(BADGE_MOST))
    station: Mapped[str] = mapped_column(sa.String(STATION_MOST))
    direction: Mapped[Direction] = mapped_column(closed_set(Direction, "direction"))
    outcome: Mapped[Outcome] = mapped_column(closed_set(Outcome, "outcome"))
    decided: Mapped[Outcome | None] = mapped_column(closed_set(Outcome, "decided"))
    offline: Mapped[bool] = mapped_column(default=False)
    passed: Mapped[bool] = mapped_column(default=False)
    conflict: Mapped[bool] = mapped_column(default=False)
    since_at: Mapped[datetime | None]
    since_station: Mapped[str | None] = mapped_column(sa.String(STATION_MOST))
    override_reason: Mapped[str | None] = mapped_column(sa.String(REASON_MOST))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    device_at: Mapped[datetime]
    scanned_at: Mapped[datetime]
    received_at: Mapped[datetime]
    counts: Mapped[bool]
    undone_at: Mapped[datetime | None]


class Conflict(Base):
    """A scan that let somebody in whom the whole of what is known would not have let in.

    `other_id` is the scan that had let the same person in before. A supervisor resolves it with
    a reason; the row stays. Scans are named by their UUID alone: a second index over all of them,
    for the sake of the fair, would cost every scan and be used by no query.
    """

    __tablename__ = "conflict"
    __table_args__ = (
        sa.UniqueConstraint("scan_id", "kind"),
        sa.ForeignKeyConstraint(["fair_id", "resolved_on"], ["device.fair_id", "device.id"]),
        sa.Index("ix_conflict_fair_id_resolved_at", "fair_id", "resolved_at"),
        sa.Index("ix_conflict_fair_id_resolved_on", "fair_id", "resolved_on"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    kind: Mapped[ConflictKind] = mapped_column(closed_set(ConflictKind, "kind"))
    scan_id: Mapped[UUID] = mapped_column(sa.ForeignKey("scan.id"))
    other_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("scan.id"), index=True)
    made_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    resolved_on: Mapped[int | None]
    reason: Mapped[str] = mapped_column(sa.String(REASON_MOST), default="")
