"""Steps about people who sign in, inside the caller's transaction."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.accounts.keys import hash_key, new_key
from jobfair.accounts.models import (
    OneUseLink,
    PartnerMember,
    RoleGrant,
    SignInSession,
    User,
)
from jobfair.accounts.queries import find_user_by_email
from jobfair.accounts.rules import LINK_LIFE, NAME_MOST, Device, LinkPurpose
from jobfair.core.actor import Role
from jobfair.core.db import assert_writing, conflicts
from jobfair.core.errors import Conflict, NotFound
from jobfair.web.links import absolute


def ensure_user(email: str, name: str, lang: str, *, now: datetime) -> User:
    """Return the account with this address, made where there was none; a known name stays.

    Raises Conflict where the account is closed.
    """
    current = assert_writing()
    address = email.strip().lower()
    user = find_user_by_email(address)
    if user is None:
        shown = name.strip() or address.split("@")[0]
        user = User(email=address, name=shown[:NAME_MOST], lang=lang, created_at=now)
        with conflicts(uq_user_account_email="account_exists"):
            current.add(user)
    if user.disabled_at is not None:
        raise Conflict("account_disabled")
    return user


def grant_role(user_id: int, role: Role, fair_id: int | None, *, now: datetime) -> bool:
    """Have the user hold the role at that fair, or everywhere; return whether that is new."""
    current = assert_writing()
    same = sa.select(RoleGrant.id).where(
        RoleGrant.user_id == user_id,
        RoleGrant.role == role,
        RoleGrant.fair_id.is_(None) if fair_id is None else RoleGrant.fair_id == fair_id,
    )
    if current.scalar(same) is not None:
        return False
    with conflicts(
        uq_role_grant_user_id_role_fair_id="role_given", uq_role_grant_everywhere="role_given"
    ):
        current.add(RoleGrant(user_id=user_id, role=role, fair_id=fair_id, created_at=now))
    return True


def make_link(user_id: int, purpose: LinkPurpose, *, now: datetime, then: str | None = None) -> str:
    """Return the address of a new link that works once and then leads to the path `then`."""
    key = new_key()
    assert_writing().add(
        OneUseLink(
            user_id=user_id,
            purpose=purpose,
            key_hash=hash_key(key),
            created_at=now,
            expires_at=now + LINK_LIFE[purpose],
        )
    )
    return absolute("accounts.link", key=key, **({"next": then} if then else {}))


def take_link(key: str, purpose: LinkPurpose, *, now: datetime) -> User:
    """Have the link used up, and return its user; only one taker gets it.

    Raises NotFound where the link is used, expired, forged or for something else.
    """
    current = assert_writing()
    user_id = current.scalar(
        sa.update(OneUseLink)
        .where(
            OneUseLink.key_hash == hash_key(key),
            OneUseLink.purpose == purpose,
            OneUseLink.used_at.is_(None),
            OneUseLink.expires_at > now,
        )
        .values(used_at=now)
        .returning(OneUseLink.user_id)
    )
    user = None if user_id is None else current.get_one(User, user_id)
    if user is None or user.disabled_at is not None:
        raise NotFound("link_dead")
    return user


def open_session(user_id: int, device: Device, *, now: datetime) -> str:
    """Return the key of a new session, to be kept by the browser alone."""
    key = new_key()
    assert_writing().add(
        SignInSession(
            user_id=user_id,
            key_hash=hash_key(key),
            device=str(device)[:80],
            created_at=now,
            seen_at=now,
        )
    )
    return key


def end_sessions(user_id: int, *, now: datetime, keep: int | None = None) -> None:
    """Have no session of the user go on, except the one whose id is `keep`."""
    ended = sa.update(SignInSession).where(
        SignInSession.user_id == user_id, SignInSession.ended_at.is_(None)
    )
    if keep is not None:
        ended = ended.where(SignInSession.id != keep)
    assert_writing().execute(ended.values(ended_at=now))


def drop_links(user_id: int, *, now: datetime) -> None:
    """Have no link that was sent to the user before still work."""
    assert_writing().execute(
        sa.update(OneUseLink)
        .where(OneUseLink.user_id == user_id, OneUseLink.used_at.is_(None))
        .values(used_at=now)
    )


def take_role(user_id: int, role: Role, fair_id: int) -> bool:
    """Have the user no longer hold the role at that fair; return whether they held it.

    Who is no partner any more helps for none. Raises Conflict where the fair would be left without
    an organiser.
    """
    current = assert_writing()
    if role is Role.ORGANISER and not _others_organise(user_id, fair_id):
        raise Conflict("last_organiser")
    if role is Role.PARTNER:
        helps = (PartnerMember.user_id == user_id, PartnerMember.fair_id == fair_id)
        current.execute(sa.delete(PartnerMember).where(*helps))
    taken = current.execute(
        sa.delete(RoleGrant)
        .where(RoleGrant.user_id == user_id, RoleGrant.role == role, RoleGrant.fair_id == fair_id)
        .returning(RoleGrant.id)
    )
    return taken.scalar_one_or_none() is not None


def _others_organise(user_id: int, fair_id: int) -> bool:
    """Tell whether an organiser stays; locks them, so that no two leave at the same time."""
    organisers = (
        sa.select(RoleGrant)
        .join(RoleGrant.user)
        .where(
            RoleGrant.role == Role.ORGANISER,
            sa.or_(RoleGrant.fair_id == fair_id, RoleGrant.fair_id.is_(None)),
            User.disabled_at.is_(None),
        )
        .order_by(RoleGrant.id)
        .with_for_update(of=RoleGrant)
    )
    return any(
        grant.user_id != user_id or grant.fair_id is None
        for grant in assert_writing().scalars(organisers)
    )
