"""The personal data of people who sign in."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from jobfair.accounts.models import (
    AccessRequest,
    OneUseLink,
    PartnerMember,
    RoleGrant,
    SignInSession,
    User,
)
from jobfair.core.db import assert_writing
from jobfair.core.errors import NotFound
from jobfair.privacy.registry import Holder, Retention, Row, Subject, rows_of

KEEP_ENDED = timedelta(days=30)
KEEP_UNANSWERED = timedelta(days=180)


def _export_user(user_id: int) -> list[Row]:
    return rows_of(sa.select(User).where(User.id == user_id))


def _erase_user(user_id: int, now: datetime) -> None:
    user = assert_writing().get(User, user_id, with_for_update=True)
    if user is None:
        raise NotFound("not_found")
    user.email, user.name = f"erased-{user_id}", ""
    user.password_hash = None
    user.disabled_at = user.disabled_at or now


def _export_grants(user_id: int) -> list[Row]:
    return rows_of(sa.select(RoleGrant).where(RoleGrant.user_id == user_id))


def _erase_grants(user_id: int, _now: datetime) -> None:
    _delete(RoleGrant, RoleGrant.user_id == user_id)


def _export_sessions(user_id: int) -> list[Row]:
    return rows_of(sa.select(SignInSession).where(SignInSession.user_id == user_id))


def _erase_sessions(user_id: int, _now: datetime) -> None:
    _delete(SignInSession, SignInSession.user_id == user_id)


def _expire_sessions(before: datetime, _now: datetime) -> int:
    ended = sa.or_(SignInSession.ended_at < before, SignInSession.seen_at < before)
    return _delete(SignInSession, ended)


def _export_links(user_id: int) -> list[Row]:
    return rows_of(sa.select(OneUseLink).where(OneUseLink.user_id == user_id))


def _erase_links(user_id: int, _now: datetime) -> None:
    _delete(OneUseLink, OneUseLink.user_id == user_id)


def _expire_links(before: datetime, _now: datetime) -> int:
    return _delete(OneUseLink, sa.or_(OneUseLink.used_at < before, OneUseLink.expires_at < before))


def _export_memberships(user_id: int) -> list[Row]:
    return rows_of(sa.select(PartnerMember).where(PartnerMember.user_id == user_id))


def _erase_memberships(user_id: int, _now: datetime) -> None:
    _delete(PartnerMember, PartnerMember.user_id == user_id)


def _asked_by(user_id: int) -> sa.ColumnElement[bool]:
    address = sa.select(User.email).where(User.id == user_id).scalar_subquery()
    return AccessRequest.email == address


def _export_requests(user_id: int) -> list[Row]:
    return rows_of(sa.select(AccessRequest).where(_asked_by(user_id)))


def _erase_requests(user_id: int, _now: datetime) -> None:
    _delete(AccessRequest, _asked_by(user_id))


def _expire_requests(before: datetime, now: datetime) -> int:
    answered = AccessRequest.decided_at < before
    return _delete(AccessRequest, answered | (AccessRequest.created_at < now - KEEP_UNANSWERED))


def _delete(table: type[Any], which: sa.ColumnElement[bool]) -> int:
    query = sa.delete(table).where(which).returning(table.id)
    return len(assert_writing().scalars(query).all())


HOLDERS = (
    # Before the account: its address is what joins them.
    Holder(
        "access_request",
        Subject.USER,
        _export_requests,
        _erase_requests,
        Retention(KEEP_ENDED, _expire_requests),
    ),
    Holder("user_account", Subject.USER, _export_user, _erase_user),
    Holder("role_grant", Subject.USER, _export_grants, _erase_grants),
    Holder("partner_member", Subject.USER, _export_memberships, _erase_memberships),
    Holder(
        "sign_in_session",
        Subject.USER,
        _export_sessions,
        _erase_sessions,
        Retention(KEEP_ENDED, _expire_sessions),
    ),
    Holder(
        "one_use_link",
        Subject.USER,
        _export_links,
        _erase_links,
        Retention(KEEP_ENDED, _expire_links),
    ),
)
