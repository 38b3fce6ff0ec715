"""Use cases of signing in and of one's own account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from jobfair.accounts import letters, operations, queries
from jobfair.accounts.keys import hash_password, proves_password
from jobfair.accounts.models import SignInSession, User
from jobfair.accounts.rules import Device, LinkPurpose, password_fault
from jobfair.audit.operations import record
from jobfair.core.actor import SYSTEM, VISITOR, Actor, ActorKind, Role
from jobfair.core.db import transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.mail.operations import queue_mail
from jobfair.mail.rules import Letter
from jobfair.web.links import absolute

KIND = "user"


@dataclass(frozen=True)
class Invitation:
    """Whom an organiser wants in the team, and as what."""

    name: str
    email: str
    role: Role
    lang: str


@dataclass(frozen=True)
class FairName:
    """The fair whose team is meant, as far as this room needs to know it."""

    id: int
    name: str


def sign_in(email: str, password: str, device: Device, *, now: datetime) -> str:
    """Return the key of a new session; raise Invalid, in the same words and time for all."""
    user = queries.find_user_by_email(email)
    kept, known_id = (user.password_hash, user.id) if user else (None, None)
    proven = proves_password(kept, password)
    with transaction():
        # Read anew: what was proven must still be the password of an open account.
        if user and proven and user.password_hash == kept and user.disabled_at is None:
            record(_self(user), "sign_in", KIND, user.id, now=now)
            return operations.open_session(user.id, device, now=now)
        record(VISITOR, "sign_in_failed", KIND, known_id, now=now)
    raise Invalid("sign_in_failed")


def ask_for_link(
    email: str, purpose: LinkPurpose, *, now: datetime, then: str | None = None
) -> None:
    """Have a link sent if there is an open account; the caller learns nothing about that."""
    write = letters.reset if purpose is LinkPurpose.RESET else letters.sign_in
    with transaction():
        user = queries.find_user_by_email(email)
        if user and user.disabled_at is None:
            url = operations.make_link(user.id, purpose, now=now, then=then)
            name = user.name
            _mail(f"link_{purpose}", user, lambda: write(name, url), now)
        record(VISITOR, f"link_asked_{purpose}", KIND, user.id if user else None, now=now)


def follow_link(key: str, device: Device, *, now: datetime) -> str:
    """Return the key of a new session for the link's user; the link is used up."""
    with transaction():
        user = operations.take_link(key, LinkPurpose.SIGN_IN, now=now)
        record(_self(user), "sign_in_by_link", KIND, user.id, now=now)
        return operations.open_session(user.id, device, now=now)


def accept_invitation(
    key: str, name: str, password: str | None, device: Device, *, now: datetime
) -> str:
    """Have the account carry the name and perhaps a password; return a new session's key."""
    with transaction():
        user = operations.take_link(key, LinkPurpose.INVITATION, now=now)
        user.name = name
        if password:
            _set_password(user, password, now)
        record(_self(user), "invitation_accepted", KIND, user.id, now=now, fields=("name",))
        return operations.open_session(user.id, device, now=now)


def reset_password(key: str, password: str, device: Device, *, now: datetime) -> str:
    """Have the new password count and all sessions end; return the key of a new one."""
    with transaction():
        user = operations.take_link(key, LinkPurpose.RESET, now=now)
        _set_password(user, password, now)
        record(_self(user), "password_reset", KIND, user.id, now=now, fields=("password",))
        return operations.open_session(user.id, device, now=now)


def change_password(
    actor: Actor, session_id: int, present: str, password: str, *, now: datetime
) -> None:
    """Have the new password count and all other sessions end; raise Invalid."""
    user = queries.get_user(_id_of(actor))
    kept = user.password_hash
    if kept is not None and not proves_password(kept, present):
        raise Invalid("password_wrong")
    with transaction():
        if user.password_hash != kept:
            raise Invalid("password_wrong")
        _set_password(user, password, now, keep=session_id)
        record(actor, "password_changed", KIND, user.id, now=now, fields=("password",))


def edit_profile(actor: Actor, name: str, lang: str, *, now: datetime) -> None:
    """Have the account carry that name and language."""
    with transaction():
        user = queries.get_user(_id_of(actor))
        changed = [k for k, v in (("name", name), ("lang", lang)) if getattr(user, k) != v]
        user.name, user.lang = name, lang
        record(actor, "profile_changed", KIND, user.id, now=now, fields=changed)


def touch(session_id: int, *, now: datetime) -> None:
    """Have the session count as seen just now."""
    with transaction() as current:
        current.execute(
            sa.update(SignInSession).where(SignInSession.id == session_id).values(seen_at=now)
        )


def end_session(actor: Actor, session_id: int, *, now: datetime) -> None:
    """Have this session of the actor's own not go on; raise NotFound."""
    with transaction() as current:
        found = current.get(SignInSession, session_id)
        if found is None or found.user_id != actor.id:
            raise NotFound("not_found")
        found.ended_at = found.ended_at or now
        record(actor, "session_ended", "session", session_id, now=now)


def end_other_sessions(actor: Actor, keep: int, *, now: datetime) -> None:
    """Have no session of the actor go on but this one."""
    with transaction():
        operations.end_sessions(_id_of(actor), now=now, keep=keep)
        record(actor, "other_sessions_ended", KIND, actor.id, now=now)


def invite(actor: Actor, fair: FairName, wish: Invitation, *, now: datetime) -> None:
    """Have the person hold the role at the fair and a mail tell them; raise Conflict."""
    with transaction():
        user = operations.ensure_user(wish.email, wish.name, wish.lang, now=now)
        if not operations.grant_role(user.id, wish.role, fair.id, now=now):
            raise Conflict("role_given")
        member = _member(fair.id, user.id)
        _tell(user, fair, wish.role, joined=member.joined, now=now)
        record(actor, "invited", KIND, user.id, now=now, fair_id=fair.id, fields=(wish.role.value,))


def invite_again(actor: Actor, fair: FairName, user_id: int, *, now: datetime) -> None:
    """Have a new invitation sent; raise NotFound where the person has no role at the fair."""
    with transaction():
        member = _member(fair.id, user_id)
        if not member.roles:
            raise NotFound("not_found")
        user = queries.get_user(user_id)
        _tell(user, fair, member.roles[0], joined=member.joined, now=now)
        record(actor, "invited_again", KIND, user_id, now=now, fair_id=fair.id)


def take_role(actor: Actor, fair_id: int, user_id: int, role: Role, *, now: datetime) -> None:
    """Have the person not hold the role at the fair any more; raise Conflict."""
    with transaction():
        if operations.take_role(user_id, role, fair_id):
            record(
                actor, "role_taken", KIND, user_id, now=now, fair_id=fair_id, fields=(role.value,)
            )


def add_user(wish: Invitation, fair_id: int | None, *, now: datetime) -> str:
    """Have the person hold the role, and return a link that signs them in once."""
    with transaction():
        user = operations.ensure_user(wish.email, wish.name, wish.lang, now=now)
        operations.grant_role(user.id, wish.role, fair_id, now=now)
        record(
            SYSTEM, "user_added", KIND, user.id, now=now, fair_id=fair_id, fields=(wish.role.value,)
        )
        known = user.password_hash is not None
        purpose = LinkPurpose.SIGN_IN if known else LinkPurpose.INVITATION
        return operations.make_link(user.id, purpose, now=now)


def _set_password(user: User, password: str, now: datetime, keep: int | None = None) -> None:
    """Have the password count; other sessions, and links that were sent before, end."""
    if fault := password_fault(password, user.email):
        raise Invalid(fault)
    had_one = user.password_hash is not None
    user.password_hash = hash_password(password)
    operations.end_sessions(user.id, now=now, keep=keep)
    operations.drop_links(user.id, now=now)
    if had_one:
        url, name = absolute("accounts.forgotten"), user.name
        _mail("password_changed", user, lambda: letters.password_changed(name, url), now)


def _tell(user: User, fair: FairName, role: Role, *, joined: bool, now: datetime) -> None:
    """Have a mail tell of the role: with a link for one use to whoever was never here."""
    write = letters.new_role if joined else letters.invitation
    if joined:
        url = absolute("accounts.sign_in")
    else:
        url = operations.make_link(user.id, LinkPurpose.INVITATION, now=now)
    name = user.name
    _mail("invitation", user, lambda: write(name, fair.name, role, url), now, fair_id=fair.id)


def _mail(
    kind: str, user: User, write: Callable[[], Letter], now: datetime, fair_id: int | None = None
) -> None:
    queue_mail(
        kind,
        user.email,
        user.lang,
        write,
        now=now,
        fair_id=fair_id,
        subject_kind=KIND,
        subject_id=user.id,
    )


def _member(fair_id: int, user_id: int) -> queries.Member:
    member = queries.find_member(fair_id, user_id)
    if member is None:
        raise NotFound("not_found")
    return member


def _self(user: User) -> Actor:
    return Actor(ActorKind.USER, user.id)


def _id_of(actor: Actor) -> int:
    if actor.kind is not ActorKind.USER or actor.id is None:
        raise NotFound("not_found")
    return actor.id
