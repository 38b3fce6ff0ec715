"""Reads about what a supervisor has to look at: conflicts, and scans whose times can't be true."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from jobfair.accounts.models import User
from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.checkin.models import Conflict, Device, Scan
from jobfair.checkin.rules import AHEAD_MOST
from jobfair.checkin.service.duties import first_day_of
from jobfair.core.db import session
from jobfair.fairs.models import Fair

BEHIND_MOST = timedelta(days=3)  # no phone keeps its scans for longer
SHOWN_MOST = 200


@dataclass(frozen=True)
class ScanSeen:
    """A scan as it is told: the scan, and what its device was called."""

    scan: Scan
    device: str


@dataclass(frozen=True)
class ConflictSeen:
    """A conflict with both scans and whose badge it is; `by` is who resolved it."""

    conflict: Conflict
    person: Attendee | None
    scan: ScanSeen
    other: ScanSeen | None
    by: str


class TimeFault(StrEnum):
    """Why the time of a scan can't be true."""

    FUTURE = "future"
    PAST = "past"


@dataclass(frozen=True)
class Untimely:
    """A scan that isn't counted for its time, which can't be true."""

    seen: ScanSeen
    person: Attendee | None
    fault: TimeFault


@dataclass(frozen=True)
class NotCounted:
    """The scans that are not counted: those with a fault, and how many were a rehearsal."""

    untimely: tuple[Untimely, ...]
    rehearsal: int


def count_open(fair_id: int) -> int:
    """Return how many conflicts nobody has resolved."""
    still = (Conflict.fair_id == fair_id, Conflict.resolved_at.is_(None))
    return session().scalar(sa.select(sa.func.count()).where(*still)) or 0


def list_conflicts(fair_id: int, *, resolved: bool = False) -> list[ConflictSeen]:
    """Return the open conflicts, the first that arose first, or the resolved, the latest first.

    Of a badge that nobody had, the person is whoever was given it since.
    """
    other_scan, other_device, resolver = aliased(Scan), aliased(Device), aliased(Device)
    query = (
        sa.select(Conflict, Scan, other_scan, Attendee, Device.name, other_device.name, User.name)
        .add_columns(resolver.name)
        .join(Scan, Scan.id == Conflict.scan_id)
        .outerjoin(other_scan, other_scan.id == Conflict.other_id)
        .outerjoin(BadgeCode, BadgeCode.code == Scan.badge)
        .outerjoin(
            Attendee, Attendee.id == sa.func.coalesce(Scan.attendee_id, BadgeCode.attendee_id)
        )
        .outerjoin(Device, Device.id == Scan.device_id)
        .outerjoin(other_device, other_device.id == other_scan.device_id)
        .outerjoin(resolver, resolver.id == Conflict.resolved_on)
        .outerjoin(User, User.id == Conflict.resolved_by)
        .where(Conflict.fair_id == fair_id)
        .limit(SHOWN_MOST)
    )
    if resolved:
        query = query.where(Conflict.resolved_at.is_not(None)).order_by(Conflict.resolved_at.desc())
    else:
        query = query.where(Conflict.resolved_at.is_(None)).order_by(Conflict.id)
    return [_conflict_seen(*row) for row in session().execute(query)]


def _conflict_seen(
    conflict: Conflict,
    scan: Scan,
    other: Scan | None,
    person: Attendee | None,
    *names: str | None,
) -> ConflictSeen:
    device, other_device, user, resolved_on = (name or "" for name in names)
    second = ScanSeen(other, other_device) if other else None
    return ConflictSeen(conflict, person, ScanSeen(scan, device), second, user or resolved_on)


def not_counted(fair: Fair) -> NotCounted:
    """Return the scans of the fair that are not counted, the latest to arrive first."""
    query = (
        sa.select(Scan, Attendee, Device.name)
        .outerjoin(Attendee, Attendee.id == Scan.attendee_id)
        .outerjoin(Device, Device.id == Scan.device_id)
        .where(Scan.fair_id == fair.id, Scan.counts.is_(False))
        .order_by(Scan.received_at.desc())
    )
    first_day = first_day_of(fair)
    untimely, rehearsal = [], 0
    for scan, person, device in session().execute(query):
        fault = time_fault(scan.scanned_at, scan.received_at, first_day)
        if fault is None:
            rehearsal += 1
        else:
            untimely.append(Untimely(ScanSeen(scan, device or ""), person, fault))
    return NotCounted(tuple(untimely), rehearsal)


def time_fault(
    scanned_at: datetime, received_at: datetime, first_day: datetime
) -> TimeFault | None:
    """Return why the time of a scan that isn't counted can't be true; None at a rehearsal.

    What arrives on the fair's day and claims to be older was no rehearsal.
    """
    if scanned_at > received_at + AHEAD_MOST:
        return TimeFault.FUTURE
    late = received_at >= first_day or received_at - scanned_at > BEHIND_MOST
    return TimeFault.PAST if late else None
