"""Tables of households, people and badge codes."""

from datetime import datetime
from typing import Annotated

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobfair.accounts.models import Partner, PartnerGroup
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdState, NeedKind
from jobfair.core.clock import now
from jobfair.core.db import Base, Id, Json, closed_set
from jobfair.data.work import GermanLevel, Licence
from jobfair.fairs.models import ArrivalWindow

# When the row was last written, so that devices at the door can ask for what is new.
Changed = Annotated[datetime, mapped_column(default=now, onupdate=now)]


class Household(Base):
    """People who register together; emptied, never deleted, when they are forgotten."""

    __tablename__ = "household"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "submission_key"),
        sa.ForeignKeyConstraint(
            ["fair_id", "window_id"], ["arrival_window.fair_id", "arrival_window.id"]
        ),
        sa.ForeignKeyConstraint(["fair_id", "partner_id"], ["partner.fair_id", "partner.id"]),
        sa.ForeignKeyConstraint(
            ["fair_id", "group_id"], ["partner_group.fair_id", "partner_group.id"]
        ),
        sa.Index("ix_household_fair_id_state", "fair_id", "state", "waiting_since"),
        sa.Index("ix_household_fair_id_window_id", "fair_id", "window_id"),
        sa.Index("ix_household_fair_id_partner_id", "fair_id", "partner_id"),
        sa.Index("ix_household_fair_id_group_id", "fair_id", "group_id"),
        sa.Index("ix_household_fair_id_changed_at", "fair_id", "changed_at"),
        sa.CheckConstraint("(state = 'waitlisted') = (waiting_since IS NOT NULL)", name="waiting"),
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
    window_id: Mapped[int | None]
    take_at_once: Mapped[bool] = mapped_column(default=True)
    waiting_since: Mapped[datetime | None]
    passed_over: Mapped[int] = mapped_column(default=0)
    partner_id: Mapped[int | None]
    group_id: Mapped[int | None]
    registered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    registered_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    email_failed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    changed_at: Mapped[Changed]

    people: Mapped[list["Attendee"]] = relationship(
        lazy="raise", order_by="Attendee.position", back_populates="household"
    )
    window: Mapped[ArrivalWindow | None] = relationship(lazy="raise", viewonly=True)
    partner: Mapped[Partner | None] = relationship(lazy="raise", viewonly=True)
    group: Mapped[PartnerGroup | None] = relationship(lazy="raise", viewonly=True)


class Attendee(Base):
    """A person with a name in Latin letters and, if they like, in their own script."""

    __tablename__ = "attendee"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("household_id", "position"),
        sa.ForeignKeyConstraint(["fair_id", "household_id"], ["household.fair_id", "household.id"]),
        sa.Index("ix_attendee_fair_id_household_id", "fair_id", "household_id"),
        sa.Index("ix_attendee_fair_id_name_key", "fair_id", "name_key"),
        sa.Index("ix_attendee_fair_id_changed_at", "fair_id", "changed_at"),
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
    sound_key: Mapped[str] = mapped_column(sa.String(400), default="")
    birth_year: Mapped[int | None]
    speaks: Mapped[list[str]] = mapped_column(Json, default=list)
    german_level: Mapped[GermanLevel | None] = mapped_column(
        closed_set(GermanLevel, "german_level")
    )
    work: Mapped[list[str]] = mapped_column(Json, default=list)
    licence: Mapped[Licence | None] = mapped_column(closed_set(Licence, "licence"))
    changed_at: Mapped[Changed]

    household: Mapped[Household] = relationship(lazy="raise", back_populates="people")
    needs: Mapped[list["Need"]] = relationship(lazy="raise", order_by="Need.kind")
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
    """A code of the fair's pool; issued when an attendee holds it.

    `device_id`: it belongs to the block that a device at the door has for walk-ins.
    """

    __tablename__ = "badge_code"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "attendee_id"], ["attendee.fair_id", "attendee.id"]),
        sa.ForeignKeyConstraint(["fair_id", "device_id"], ["device.fair_id", "device.id"]),
        sa.Index("ix_badge_code_fair_id_attendee_id", "fair_id", "attendee_id"),
        sa.Index("ix_badge_code_fair_id_device_id", "fair_id", "device_id"),
        sa.Index("ix_badge_code_fair_id_changed_at", "fair_id", "changed_at"),
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
    device_id: Mapped[int | None]
    issued_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    changed_at: Mapped[Changed]


class Need(Base):
    """What a person needs to take part; health data, kept apart and deleted earlier."""

    __tablename__ = "need"
    __table_args__ = (
        sa.UniqueConstraint("attendee_id", "kind"),
        sa.ForeignKeyConstraint(["fair_id", "attendee_id"], ["attendee.fair_id", "attendee.id"]),
        sa.Index("ix_need_fair_id_attendee_id", "fair_id", "attendee_id"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int]
    attendee_id: Mapped[int]
    kind: Mapped[NeedKind] = mapped_column(closed_set(NeedKind, "kind"))
    lang: Mapped[str] = mapped_column(sa.String(12), default="")


class KnownDistinct(Base):
    """Two people whose names sound alike and who are not the same, as the organiser said."""

    __tablename__ = "known_distinct"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "first_id"], ["attendee.fair_id", "attendee.id"]),
        sa.ForeignKeyConstraint(["fair_id", "second_id"], ["attendee.fair_id", "attendee.id"]),
        sa.Index("ix_known_distinct_fair_id_second_id", "fair_id", "second_id"),
        sa.CheckConstraint("first_id < second_id", name="order"),
    )

    fair_id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(primary_key=True)
    second_id: Mapped[int] = mapped_column(primary_key=True)
