"""What of the door needs the organiser now."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from jobfair.checkin.conflicts import count_open
from jobfair.checkin.crew import SILENT, find_shift
from jobfair.checkin.models import Device
from jobfair.checkin.service.duties import first_day_of
from jobfair.core.db import session
from jobfair.fairs.models import Fair


@dataclass(frozen=True)
class DoorWatch:
    """Conflicts that are open, phones that keep scans and are silent.

    `without_shift`: it is the day of the fair, and no phone can be paired.
    """

    conflicts: int
    silent: int
    without_shift: bool


def watch_door(fair: Fair, now: datetime) -> DoorWatch:
    """Return what of the door needs the organiser."""
    shift = find_shift(fair.id, now)
    return DoorWatch(
        conflicts=count_open(fair.id),
        silent=_count_silent(shift.id, now) if shift else 0,
        without_shift=shift is None and first_day_of(fair) <= now < fair.ends_at,
    )


def _count_silent(shift_id: int, now: datetime) -> int:
    query = sa.select(sa.func.count()).where(
        Device.shift_id == shift_id,
        Device.unsent > 0,
        Device.seen_at < now - SILENT,
        Device.revoked_at.is_(None),
        Device.wiped_at.is_(None),
    )
    return session().scalar(query) or 0
