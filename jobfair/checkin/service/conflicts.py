"""Use cases: conflicts are resolved by whoever looked into them."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.checkin.models import Conflict, Scan
from jobfair.core.actor import Actor, ActorKind
from jobfair.core.db import assert_writing, transaction
from jobfair.core.errors import NotFound


def resolve(
    fair_id: int, conflict_id: int, reason: str, actor: Actor, *, now: datetime
) -> Conflict:
    """Have the conflict be resolved with this reason; raise NotFound("conflict_unknown")."""
    with transaction():
        return resolve_here(fair_id, conflict_id, reason, actor, now=now)


def resolve_here(
    fair_id: int, conflict_id: int, reason: str, actor: Actor, *, now: datetime
) -> Conflict:
    """Have the conflict be resolved inside the caller's transaction; who was first stays."""
    query = sa.select(Conflict).where(Conflict.fair_id == fair_id, Conflict.id == conflict_id)
    conflict = assert_writing().scalar(query.with_for_update())
    if conflict is None:
        raise NotFound("conflict_unknown")
    if conflict.resolved_at is None:
        conflict.resolved_at, conflict.reason = now, reason
        conflict.resolved_by = actor.id if actor.kind is ActorKind.USER else None
        conflict.resolved_on = actor.id if actor.kind is ActorKind.DEVICE else None
        record(actor, "conflict.resolved", "conflict", conflict.id, now=now, fair_id=fair_id)
    return conflict


def settle(scan: Scan, reason: str, actor: Actor, *, now: datetime) -> None:
    """Have every open conflict that rests on the scan be resolved, in the caller's transaction."""
    query = sa.select(Conflict.id).where(
        Conflict.fair_id == scan.fair_id,
        sa.or_(Conflict.scan_id == scan.id, Conflict.other_id == scan.id),
        Conflict.resolved_at.is_(None),
    )
    for conflict_id in assert_writing().scalars(query.order_by(Conflict.id)).all():
        resolve_here(scan.fair_id, conflict_id, reason, actor, now=now)
