"""Reads about people who sign in."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from jobfair.accounts.keys import hash_key
from jobfair.accounts.models import (
    OneUseLink,
    PartnerMember,
    RoleGrant,
    SignInSession,
    User,
)
from jobfair.accounts.rules import SESSION_IDLE
from jobfair.core.actor import Grant, Role
from jobfair.core.db import Utc, session
from jobfair.core.errors import NotFound


def _alive(since: datetime | sa.BindParameter[datetime]) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        SignInSession.ended_at.is_(None),
        SignInSession.seen_at > since,
        User.disabled_at.is_(None),
    )


SIGNED_IN = (
    sa.select(
        SignInSession.id,
        SignInSession.seen_at,
        User.id,
        User.name,
        User.email,
        User.lang,
        User.password_hash.is_not(None).label("has_password"),
        RoleGrant.role,
        RoleGrant.fair_id,
    )
    .join(User, User.id == SignInSession.user_id)
    .outerjoin(RoleGrant, RoleGrant.user_id == User.id)
    .where(
        SignInSession.key_hash == sa.bindparam("key_hash"),
        *_alive(sa.bindparam("alive_since", type_=Utc())),
    )
)


@dataclass(frozen=True)
class Member:
    """A person of the team: roles at this fair and at all fairs; `joined` once they were here."""

    user_id: int
    name: str
    email: str
    lang: str
    joined: bool
    roles: tuple[Role, ...]
    house_roles: tuple[Role, ...]


def find_user_by_email(email: str) -> User | None:
    """Return the account with this address."""
    return session().scalar(sa.select(User).where(User.email == email.strip().lower()))


def get_user(user_id: int) -> User:
    """Return the account; raise NotFound."""
    user = session().get(User, user_id)
    if user is None:
        raise NotFound("not_found")
    return user


@dataclass(frozen=True)
class LivingSession:
    """A browser's session with its person: what every request of the team needs."""

    id: int
    seen_at: datetime
    user_id: int
    name: str
    email: str
    lang: str
    has_password: bool
    grants: frozenset[Grant]


def find_session(key: str, now: datetime) -> LivingSession | None:
    """Return the living session of this key; one statement, as every scan asks for it."""
    bound = {"key_hash": hash_key(key), "alive_since": now - SESSION_IDLE}
    rows = session().execute(SIGNED_IN, bound).all()
    if not rows:
        return None
    grants = frozenset(Grant(row.role, row.fair_id) for row in rows if row.role is not None)
    return LivingSession(*rows[0][:6], has_password=rows[0].has_password, grants=grants)


def list_sessions(user_id: int, now: datetime) -> list[SignInSession]:
    """Return the living sessions of a user, the one seen last first."""
    query = (
        sa.select(SignInSession)
        .join(SignInSession.user)
        .where(*_alive(now - SESSION_IDLE), SignInSession.user_id == user_id)
    )
    return list(session().scalars(query.order_by(SignInSession.seen_at.desc())))


def find_link(key: str, now: datetime) -> OneUseLink | None:
    """Return the link of this key with its user, if it can still be used."""
    query = (
        sa.select(OneUseLink)
        .join(OneUseLink.user)
        .where(
            OneUseLink.key_hash == hash_key(key),
            OneUseLink.used_at.is_(None),
            OneUseLink.expires_at > now,
            User.disabled_at.is_(None),
        )
        .options(contains_eager(OneUseLink.user))
    )
    return session().scalar(query)


def list_team(fair_id: int) -> list[Member]:
    """Return those with a role at this fair or at all fairs by name, exhibitors at the end."""
    query = (
        sa.select(User, has_signed_in())
        .where(User.grants.any(_counts_at(fair_id)), User.disabled_at.is_(None))
        .options(selectinload(User.grants))
        .order_by(sa.func.lower(User.name), User.email)
    )
    found = [_member(user, joined, fair_id) for user, joined in session().execute(query)]
    return sorted(found, key=lambda one: {*one.roles, *one.house_roles} == {Role.EXHIBITOR})


def find_member(fair_id: int, user_id: int) -> Member | None:
    """Return that person, if they belong to the team of the fair."""
    return next((one for one in list_team(fair_id) if one.user_id == user_id), None)


def has_signed_in() -> sa.ColumnElement[bool]:
    """Tell of each user whether they were ever here."""
    signed_in = sa.exists().where(SignInSession.user_id == User.id)
    return sa.or_(User.password_hash.is_not(None), signed_in)


def _counts_at(fair_id: int) -> sa.ColumnElement[bool]:
    return sa.or_(RoleGrant.fair_id == fair_id, RoleGrant.fair_id.is_(None))


def _member(user: User, joined: bool, fair_id: int) -> Member:
    def roles_at(where: int | None) -> tuple[Role, ...]:
        held = {grant.role for grant in user.grants if grant.fair_id == where}
        return tuple(role for role in Role if role in held)

    return Member(
        user_id=user.id,
        name=user.name,
        email=user.email,
        lang=user.lang,
        joined=joined,
        roles=roles_at(fair_id),
        house_roles=roles_at(None),
    )


def find_membership(user_id: int, fair_id: int) -> PartnerMember | None:
    """Return for which partner somebody helps at the fair, with the partner loaded."""
    query = sa.select(PartnerMember).where(
        PartnerMember.user_id == user_id, PartnerMember.fair_id == fair_id
    )
    return session().scalar(query.options(joinedload(PartnerMember.partner)))
