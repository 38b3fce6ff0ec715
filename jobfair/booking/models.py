"""Table of registrations that are being filled in."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.core.db import Base, Id, Json


class RegistrationDraft(Base):
    """What a household has typed so far; the cookie holds a random key, we its hash."""

    __tablename__ = "registration_draft"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "household_id"], ["household.fair_id", "household.id"]),
        sa.Index("ix_registration_draft_fair_id_household_id", "fair_id", "household_id"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    lang: Mapped[str] = mapped_column(sa.String(12))
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    household_id: Mapped[int | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)
