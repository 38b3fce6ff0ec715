"""Use cases: hand out what is known of somebody, forget somebody, forget what is old."""

import logging
from datetime import datetime

from jobfair.core import clock
from jobfair.core.actor import Actor
from jobfair.core.db import transaction
from jobfair.privacy import operations
from jobfair.privacy.registry import Row, Subject, all_holders, holders_of

log = logging.getLogger("jobfair.privacy")


def export_household(household_id: int) -> dict[str, list[Row]]:
    """Return all that is known of a household and its people, by table."""
    return _export(Subject.HOUSEHOLD, household_id)


def export_exhibitor(exhibitor_id: int) -> dict[str, list[Row]]:
    """Return all that is known of an exhibitor and its contact, by table."""
    return _export(Subject.EXHIBITOR, exhibitor_id)


def export_user(user_id: int) -> dict[str, list[Row]]:
    """Return all that is known of somebody who signs in, by table."""
    return _export(Subject.USER, user_id)


def erase_household(household_id: int, actor: Actor, now: datetime) -> None:
    """Forget the household and its people; the counts stand. Raise NotFound."""
    _erase(Subject.HOUSEHOLD, household_id, actor, now)


def erase_exhibitor(exhibitor_id: int, actor: Actor, now: datetime) -> None:
    """Forget an exhibitor's contact; the organisation stays. Raise NotFound."""
    _erase(Subject.EXHIBITOR, exhibitor_id, actor, now)


def erase_user(user_id: int, actor: Actor, now: datetime) -> None:
    """Forget somebody who signed in, and end the account. Raise NotFound."""
    _erase(Subject.USER, user_id, actor, now)


def run_retention() -> int:
    """Have everything forgotten whose time is over; return how many rows or subjects."""
    now, forgotten = clock.now(), 0
    for holder in all_holders():
        if holder.retention is None:
            continue
        with transaction():
            count = holder.retention.expire(now - holder.retention.keep, now)
        if count:
            log.info("forgotten", extra={"kind": holder.table, "count": count})
        forgotten += count
    return forgotten


def _export(subject: Subject, subject_id: int) -> dict[str, list[Row]]:
    return {holder.table: holder.export(subject_id) for holder in holders_of(subject)}


def _erase(subject: Subject, subject_id: int, actor: Actor, now: datetime) -> None:
    with transaction():
        operations.erase(subject, subject_id, actor, now=now)
