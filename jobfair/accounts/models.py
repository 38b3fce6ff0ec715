"""Tables of people who work, their roles, sessions and one-use links."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobfair.accounts.rules import AccessState, LinkPurpose, MemberKind, PartnerKind
from jobfair.core.actor import Role
from jobfair.core.db import Base, Id, closed_set


class User(Base):
    """A person who signs in; `email` is kept in lower case."""

    __tablename__ = "user_account"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    lang: Mapped[str] = mapped_column(sa.String(12), default="de")
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    grants: Mapped[list["RoleGrant"]] = relationship(lazy="raise", back_populates="user")


class RoleGrant(Base):
    """A role of a user at one fair, or at all fairs where `fair_id` is null."""

    __tablename__ = "role_grant"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "role", "fair_id"),
        sa.Index(
            "uq_role_grant_everywhere",
            "user_id",
            "role",
            unique=True,
            sqlite_where=sa.text("fair_id IS NULL"),
            postgresql_where=sa.text("fair_id IS NULL"),
        ),
    )

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    role: Mapped[Role] = mapped_column(closed_set(Role, "role"))
    fair_id: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="raise", back_populates="grants")


class SignInSession(Base):
    """A browser in which a user is signed in; the cookie holds a random id, we its hash."""

    __tablename__ = "sign_in_session"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    device: Mapped[str] = mapped_column(sa.String(80))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise")


class OneUseLink(Base):
    """A link by mail that works once; the mail holds a random key, we its hash."""

    __tablename__ = "one_use_link"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(closed_set(LinkPurpose, "purpose"))
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise")


class Partner(Base):
    """An organisation that registers people for a fair and sees nobody else's."""

    __tablename__ = "partner"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "name"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[PartnerKind] = mapped_column(closed_set(PartnerKind, "kind"))
    created_at: Mapped[datetime]


class PartnerMember(Base):
    """A counsellor or volunteer of a partner at a fair; also holds the role there."""

    __tablename__ = "partner_member"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "user_id"),
        sa.ForeignKeyConstraint(["fair_id", "partner_id"], ["partner.fair_id", "partner.id"]),
        sa.Index("ix_partner_member_fair_id_partner_id", "fair_id", "partner_id"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int]
    partner_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    kind: Mapped[MemberKind] = mapped_column(closed_set(MemberKind, "kind"))
    created_at: Mapped[datetime]

    partner: Mapped[Partner] = relationship(lazy="raise")
    user: Mapped[User] = relationship(lazy="raise")


class AccessRequest(Base):
    """Somebody who asks to register people for a fair; the organiser decides."""

    __tablename__ = "access_request"
    __table_args__ = (
        sa.Index("ix_access_request_fair_id_state", "fair_id", "state"),
        sa.Index(
            "uq_access_request_open",
            "fair_id",
            "email",
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        ),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(254))
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    organisation: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[MemberKind] = mapped_column(closed_set(MemberKind, "kind"))
    message: Mapped[str] = mapped_column(sa.Text, default="")
    lang: Mapped[str] = mapped_column(sa.String(12), default="de")
    state: Mapped[AccessState] = mapped_column(closed_set(AccessState, "state"))
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class PartnerGroup(Base):
    """Households of a partner that belong together; on one bus if they wish and it can be."""

    __tablename__ = "partner_group"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "partner_id", "name"),
        sa.ForeignKeyConstraint(["fair_id", "partner_id"], ["partner.fair_id", "partner.id"]),
    )

    id: Mapped[Id]
    fair_id: Mapped[int]
    partner_id: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(80))
    same_bus: Mapped[bool] = mapped_column(default=False)
