"""Tables of lists that are being taken over."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobfair.core.db import Base, Id, Json


class ImportList(Base):
    """A list of people that somebody uploaded or pasted.

    `reading` says what its columns mean, and which place and language hold where a row says none.
    """

    __tablename__ = "import_list"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.ForeignKeyConstraint(["fair_id", "partner_id"], ["partner.fair_id", "partner.id"]),
        sa.Index("ix_import_list_fair_id_partner_id", "fair_id", "partner_id"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    partner_id: Mapped[int | None]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    reading: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)

    rows: Mapped[list["ImportRow"]] = relationship(lazy="raise", order_by="ImportRow.number")


class ImportRow(Base):
    """A row of a list: a draft until its household is registered, then nothing but that.

    `data` holds the texts of the filled cells, by what they say or by the number of their column.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        sa.UniqueConstraint("list_id", "number"),
        sa.ForeignKeyConstraint(["fair_id", "list_id"], ["import_list.fair_id", "import_list.id"]),
        sa.ForeignKeyConstraint(["fair_id", "household_id"], ["household.fair_id", "household.id"]),
        sa.Index("ix_import_row_fair_id_list_id", "fair_id", "list_id"),
        sa.Index("ix_import_row_fair_id_household_id", "fair_id", "household_id"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int]
    list_id: Mapped[int]
    number: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    household_id: Mapped[int | None]
