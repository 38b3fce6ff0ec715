"""Tables of organisations, their applications, stands and postings."""

from dataclasses import fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobfair.core.db import Base, Id, Json, closed_set
from jobfair.data.work import GermanLevel, Licence, WorkField
from jobfair.exhibitors.rules import (
    ExhibitorKind,
    ExhibitorState,
    OrganisationInput,
    PostingInput,
    StandNeed,
)


class Exhibitor(Base):
    """An organisation at one fair, from its application on.

    A stand belongs to one exhibitor: (fair, stand_id) is unique.
    """

    __tablename__ = "exhibitor"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "submission_key"),
        sa.UniqueConstraint("stand_id"),
        sa.ForeignKeyConstraint(["fair_id", "stand_id"], ["stand.fair_id", "stand.id"]),
        sa.Index("ix_exhibitor_fair_id_stand_id", "fair_id", "stand_id"),
        sa.CheckConstraint("stand_id IS NULL OR state = 'approved'", name="stand_needs_approval"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    submission_key: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[ExhibitorKind] = mapped_column(closed_set(ExhibitorKind, "kind"))
    branch: Mapped[str] = mapped_column(sa.String(160))
    place: Mapped[str] = mapped_column(sa.String(160), default="")
    website: Mapped[str] = mapped_column(sa.String(200), default="")
    contact_name: Mapped[str] = mapped_column(sa.String(120))
    contact_email: Mapped[str] = mapped_column(sa.String(254))
    contact_phone: Mapped[str] = mapped_column(sa.String(40), default="")
    needs: Mapped[list[str]] = mapped_column(Json, default=list)
    needs_note: Mapped[str] = mapped_column(sa.Text, default="")
    lang: Mapped[str] = mapped_column(sa.String(12))
    state: Mapped[ExhibitorState] = mapped_column(closed_set(ExhibitorState, "state"))
    stand_id: Mapped[int | None]
    link_version: Mapped[int] = mapped_column(default=1)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    applied_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]

    stand: Mapped["Stand | None"] = relationship(
        lazy="raise", viewonly=True, primaryjoin="foreign(Exhibitor.stand_id) == Stand.id"
    )
    postings: Mapped[list["Posting"]] = relationship(
        lazy="raise", order_by="Posting.id", back_populates="exhibitor"
    )

    @property
    def said(self) -> OrganisationInput:
        """Return what the organisation said about itself."""
        columns = {field.name: getattr(self, field.name) for field in fields(OrganisationInput)}
        needs = tuple(need for need in StandNeed if need.value in self.needs)
        return OrganisationInput(**columns | {"needs": needs})


class Stand(Base):
    """A place in a room, named as on the floor plan."""

    __tablename__ = "stand"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "label"),
        sa.ForeignKeyConstraint(["fair_id", "room_id"], ["room.fair_id", "room.id"]),
        sa.Index("ix_stand_fair_id_room_id", "fair_id", "room_id"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    room_id: Mapped[int | None]
    label: Mapped[str] = mapped_column(sa.String(12))
    position: Mapped[int] = mapped_column(default=0)


class Posting(Base):
    """A vacancy or a course that an exhibitor offers."""

    __tablename__ = "posting"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "exhibitor_id"], ["exhibitor.fair_id", "exhibitor.id"]),
        sa.Index("ix_posting_fair_id_exhibitor_id", "fair_id", "exhibitor_id"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int]
    exhibitor_id: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(160))
    field: Mapped[WorkField] = mapped_column(closed_set(WorkField, "field"))
    place: Mapped[str] = mapped_column(sa.String(160), default="")
    german_level: Mapped[GermanLevel] = mapped_column(closed_set(GermanLevel, "german_level"))
    licence: Mapped[Licence] = mapped_column(closed_set(Licence, "licence"))
    by_bus: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(sa.Text, default="")

    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise", back_populates="postings")

    @property
    def said(self) -> PostingInput:
        """Return what the exhibitor said about the offer."""
        return PostingInput(
            **{field.name: getattr(self, field.name) for field in fields(PostingInput)}
        )
