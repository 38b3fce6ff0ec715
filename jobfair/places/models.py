"""Table of offers."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.core.db import Base, Id, closed_set
from jobfair.places.rules import OfferKind, OfferState


class Offer(Base):
    """What a household may have if it says yes; it is held until then.

    `expires_at` stands only once the household was told.
    """

    __tablename__ = "offer"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.ForeignKeyConstraint(["fair_id", "household_id"], ["household.fair_id", "household.id"]),
        sa.ForeignKeyConstraint(
            ["fair_id", "window_id"], ["arrival_window.fair_id", "arrival_window.id"]
        ),
        sa.Index("ix_offer_fair_id_household_id", "fair_id", "household_id"),
        sa.Index("ix_offer_fair_id_window_id", "fair_id", "window_id"),
        sa.Index("ix_offer_state", "state", "expires_at"),
        sa.Index(
            "uq_offer_open",
            "household_id",
            "kind",
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
        sa.CheckConstraint("people > 0", name="people"),
        sa.CheckConstraint("expires_at IS NULL OR told_at IS NOT NULL", name="told"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    household_id: Mapped[int]
    kind: Mapped[OfferKind] = mapped_column(closed_set(OfferKind, "kind"))
    state: Mapped[OfferState] = mapped_column(closed_set(OfferState, "state"))
    window_id: Mapped[int | None]
    people: Mapped[int]
    made_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
