"""Use cases: a fair is postponed or cancelled, and everybody is told."""

from collections.abc import Mapping
from datetime import datetime

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import transaction
from jobfair.core.errors import Conflict
from jobfair.core.events import publish
from jobfair.fairs.events import FairCancelled, FairMoved, FairPostponed
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import lock_fair
from jobfair.fairs.rules import (
    FairFacts,
    Phase,
    TextKey,
    call_off_fault,
    clock_shift,
    postpone_fault,
    postponed_facts,
)
from jobfair.fairs.service.texts import put_texts
from jobfair.fairs.service.windows import move_windows

Words = Mapping[str, str]


def postpone(
    fair_id: int,
    starts_at: datetime,
    ends_at: datetime,
    words: Words,
    *,
    actor: Actor,
    now: datetime,
) -> Fair:
    """Have the fair at that time, with its windows and buses, and everybody be told; or Conflict.

    `words` is what the organiser says about it, by language.
    """
    with transaction():
        fair = lock_fair(fair_id)
        if fault := postpone_fault(fair.phase, fair.facts, starts_at, now):
            raise Conflict(fault)
        before = fair.facts
        changed = _put(fair, postponed_facts(before, starts_at, ends_at))
        shift = clock_shift(before, starts_at)
        fair.postponed_from, fair.no_shows_released_at = before.starts_at, None
        fair.news_at = now
        if fair.phase is Phase.RUNNING:
            fair.phase = Phase.CLOSED
        move_windows(fair, shift)
        _say(fair_id, words)
        record(actor, "fair.postpone", "fair", fair_id, now=now, fair_id=fair_id, fields=changed)
        publish(FairMoved(fair_id, shift))
        publish(FairPostponed(fair_id, before.starts_at, now))
    return fair


def call_off(fair_id: int, words: Words, *, actor: Actor, now: datetime) -> Fair:
    """Have the fair be cancelled, for good, and everybody be told; raise Conflict."""
    with transaction():
        fair = lock_fair(fair_id)
        if fault := call_off_fault(fair.phase, fair.ends_at, now):
            raise Conflict(fault)
        fair.phase, fair.news_at = Phase.CANCELLED, now
        _say(fair_id, words)
        record(actor, "fair.call_off", "fair", fair_id, now=now, fair_id=fair_id, fields=["phase"])
        publish(FairCancelled(fair_id, now))
    return fair


def _put(fair: Fair, facts: FairFacts) -> list[str]:
    changed = facts.changes(fair.facts)
    for name, value in changed.items():
        setattr(fair, name, value)
    return list(changed)


def _say(fair_id: int, words: Words) -> None:
    for lang, body in words.items():
        put_texts(fair_id, lang, {TextKey.NEWS: body})
