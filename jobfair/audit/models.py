"""Table of the audit log."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.core.actor import ActorKind
from jobfair.core.db import Base, Id, Json, closed_set


class AuditEntry(Base):
    """One thing that somebody did; ids and field names, never values."""

    __tablename__ = "audit_entry"
    __table_args__ = (sa.Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(index=True)
    actor_kind: Mapped[ActorKind] = mapped_column(closed_set(ActorKind, "actor_kind"))
    actor_id: Mapped[int | None]
    fair_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(sa.String(60))
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int | None]
    fields: Mapped[list[str]] = mapped_column(Json, default=list)
