"""Tables of the fair, its rooms and its texts."""

from dataclasses import fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobfair.core.db import Base, Id, closed_set
from jobfair.fairs.rules import FairFacts, Phase, TextKey


class Fair(Base):
    """A fair: where and when it is, how many may come, where it stands."""

    __tablename__ = "fair"
    __table_args__ = (
        sa.CheckConstraint("places_taken >= 0 AND places_taken <= capacity", name="places"),
        sa.CheckConstraint("ends_at > starts_at", name="times"),
    )

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    phase: Mapped[Phase] = mapped_column(closed_set(Phase, "phase"), default=Phase.DRAFT)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(sa.String(40), default="Europe/Berlin")
    venue: Mapped[str] = mapped_column(sa.String(160))
    street: Mapped[str] = mapped_column(sa.String(160), default="")
    postal_code: Mapped[str] = mapped_column(sa.String(10), default="")
    city: Mapped[str] = mapped_column(sa.String(120), default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    capacity: Mapped[int]
    places_taken: Mapped[int] = mapped_column(default=0)
    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]
    shuttle_decided_by: Mapped[datetime | None]
    on_site_from: Mapped[datetime | None]
    no_shows_released_at: Mapped[datetime | None]
    postponed_from: Mapped[datetime | None]
    news_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    rooms: Mapped[list["Room"]] = relationship(
        lazy="raise", order_by="Room.position", back_populates="fair"
    )
    texts: Mapped[list["FairText"]] = relationship(lazy="raise")
    windows: Mapped[list["ArrivalWindow"]] = relationship(
        lazy="raise", order_by="ArrivalWindow.starts_at, ArrivalWindow.id"
    )

    @property
    def is_postponed(self) -> bool:
        """Tell whether the fair is to be at another time than was announced."""
        return self.postponed_from is not None and self.phase not in (Phase.OVER, Phase.CANCELLED)

    @property
    def facts(self) -> FairFacts:
        """Return what the organiser has said about the fair."""
        return FairFacts(**{field.name: getattr(self, field.name) for field in fields(FairFacts)})


class Room(Base):
    """A room or hall of the fair in which stands are; `capacity` None means without limit."""

    __tablename__ = "room"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "name"),
        sa.CheckConstraint("capacity > 0", name="capacity"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    position: Mapped[int] = mapped_column(default=0)
    capacity: Mapped[int | None]

    fair: Mapped[Fair] = relationship(lazy="raise", back_populates="rooms")


class FairText(Base):
    """A text of the fair in one language, in the organiser's words."""

    __tablename__ = "fair_text"

    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"), primary_key=True)
    key: Mapped[TextKey] = mapped_column(closed_set(TextKey, "key"), primary_key=True)
    lang: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    body: Mapped[str] = mapped_column(sa.Text)


class ArrivalWindow(Base):
    """A time in which some of the households arrive, with places of its own."""

    __tablename__ = "arrival_window"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "starts_at", "label"),
        sa.CheckConstraint("taken >= 0 AND taken <= capacity", name="places"),
        sa.CheckConstraint("ends_at > starts_at", name="times"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    label: Mapped[str] = mapped_column(sa.String(80), default="")
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)


class Sponsor(Base):
    """Who supports the fair, with the logo that its poster and page show."""

    __tablename__ = "sponsor"
    __table_args__ = (sa.Index("ix_sponsor_fair_id_position", "fair_id", "position"),)

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(sa.String(120))
    media_type: Mapped[str] = mapped_column(sa.String(20))
    logo: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
