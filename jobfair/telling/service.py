"""Use cases of whoever calls households: told, and not told after all."""

from datetime import datetime

from jobfair.audit.operations import record
from jobfair.core.actor import Actor, ActorKind
from jobfair.core.db import transaction
from jobfair.telling.models import Notice
from jobfair.telling.operations import SUBJECT, set_not_told, set_told
from jobfair.telling.queries import get_notice


def mark_told(
    fair_id: int, notice_id: int, *, partner_id: int | None = None, actor: Actor, now: datetime
) -> None:
    """Have the household be told, by that actor; twice is as good as once. Raise NotFound."""
    with transaction():
        notice = get_notice(fair_id, notice_id, partner_id)
        if notice.told_at is None:
            set_told(notice, by=actor.id if actor.kind is ActorKind.USER else None, now=now)
            _note(notice, "household.told", actor, now)


def mark_untold(
    fair_id: int, notice_id: int, *, partner_id: int | None = None, actor: Actor, now: datetime
) -> None:
    """Have the household be still to be told, as if nobody had said otherwise. Raise NotFound."""
    with transaction():
        notice = get_notice(fair_id, notice_id, partner_id)
        if notice.told_at is not None:
            set_not_told(notice, now=now)
            _note(notice, "household.not_told", actor, now)


def _note(notice: Notice, action: str, actor: Actor, now: datetime) -> None:
    record(actor, action, SUBJECT, notice.household_id, now=now, fair_id=notice.fair_id)
