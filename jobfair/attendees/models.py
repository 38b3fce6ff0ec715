"""Tables of households, people and badge codes."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdState
from jobfair.core.db import Base, Id, closed_set


class Household(Base):
    """People who register together; emptied, never deleted, when they are forgotten."""

    __tablename__ = "household"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "submission_key"),
        sa.Index("ix_household_fair_id_state", "fair_id", "state"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    submission_key: Mapped[str] = mapped_column(sa.String(40))
    state: Mapped[HouseholdState] = mapped_column(closed_set(HouseholdState, "state"))
    lang: Mapped[str] = mapped_column(sa.String(12))
    municipality: Mapped[str] = mapped_column(sa.String(8))
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    link_version: Mapped[int] = mapped_column(default=1)
    registered_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    people: Mapped[list["Attendee"]] = relationship(
        lazy="raise", order_by="Attendee.position", back_populates="household"
    )


class Attendee(Base):
    """A person with a name in Latin letters and, if they like, in their own script."""

    __tablename__ = "attendee"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("household_id", "position"),
        sa.ForeignKeyConstraint(["fair_id", "household_id"], ["household.fair_id", "household.id"]),
        sa.Index("ix_attendee_fair_id_household_id", "fair_id", "household_id"),
        sa.Index("ix_attendee_fair_id_name_key", "fair_id", "name_key"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int]
    household_id: Mapped[int]
    position: Mapped[int]
    kind: Mapped[AttendeeKind] = mapped_column(closed_set(AttendeeKind, "kind"))
    state: Mapped[AttendeeState] = mapped_column(closed_set(AttendeeState, "state"))
    given_name: Mapped[str] = mapped_column(sa.String(80))
    family_name: Mapped[str] = mapped_column(sa.String(80), default="")
    own_given_name: Mapped[str] = mapped_column(sa.String(80), default="")
    own_family_name: Mapped[str] = mapped_column(sa.String(80), default="")
    name_key: Mapped[str] = mapped_column(sa.String(400), default="")
    birth_year: Mapped[int | None]

    household: Mapped[Household] = relationship(lazy="raise", back_populates="people")
    badge: Mapped["BadgeCode | None"] = relationship(
        lazy="raise",
        viewonly=True,
        primaryjoin="and_(Attendee.id == foreign(BadgeCode.attendee_id),"
        " BadgeCode.voided_at.is_(None))",
        uselist=False,
    )

    @property
    def latin_name(self) -> str:
        """Return the name as on the identity paper."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def own_name(self) -> str:
        """Return the name in the person's own script, or nothing."""
        return f"{self.own_given_name} {self.own_family_name}".strip()

    @property
    def short_name(self) -> str:
        """Return the first name and the initial, as the door shows it."""
        initial = f" {self.family_name[0]}." if self.family_name else ""
        return f"{self.given_name}{initial}"


class BadgeCode(Base):
    """A code of the fair's pool; issued when an attendee holds it."""

    __tablename__ = "badge_code"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "attendee_id"], ["attendee.fair_id", "attendee.id"]),
        sa.Index("ix_badge_code_fair_id_attendee_id", "fair_id", "attendee_id"),
        sa.Index(
            "uq_badge_code_attendee_id",
            "attendee_id",
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        ),
    )

    code: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    attendee_id: Mapped[int | None]
    issued_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
