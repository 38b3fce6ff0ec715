"""Writing the audit log inside the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from jobfair.audit.models import AuditEntry
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing


def record(
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: int | None,
    *,
    now: datetime,
    fair_id: int | None = None,
    fields: Iterable[str] = (),
) -> None:
    """Have the log say who did what to which row, naming the changed fields only."""
    assert_writing().add(
        AuditEntry(
            at=now,
            actor_kind=actor.kind,
            actor_id=actor.id,
            fair_id=fair_id,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            fields=sorted(fields),
        )
    )
