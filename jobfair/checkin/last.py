"""By which scan somebody last went through a door, for whoever may take it back."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import BadgeCode
from jobfair.checkin.conflicts import ScanSeen
from jobfair.checkin.duty import Duty
from jobfair.checkin.hashes import badge_hash
from jobfair.checkin.models import Device, Scan
from jobfair.checkin.rules import IN_BUSES
from jobfair.core.db import session


def find_last_scan(duty: Duty, mark: str, now: datetime) -> ScanSeen | None:
    """Return the latest scan that let the holder of the badge through a door of the fair.

    Before the fair's day it is one of the rehearsal; from then on only what counts is asked for.
    """
    holder = _holder_of(duty, mark)
    if holder is None:
        return None
    query = (
        sa.select(Scan, Device.name)
        .outerjoin(Device, Device.id == Scan.device_id)
        .where(
            Scan.fair_id == duty.fair_id,
            Scan.attendee_id == holder,
            Scan.passed,
            Scan.undone_at.is_(None),
            Scan.direction.not_in(IN_BUSES),
            sa.true() if now < duty.first_day else Scan.counts,
        )
        .order_by(Scan.scanned_at.desc(), Scan.received_at.desc())
        .limit(1)
    )
    found = session().execute(query).first()
    return ScanSeen(found[0], found[1] or "") if found else None


def _holder_of(duty: Duty, mark: str) -> int | None:
    """Return whose badge has that hash under the salt of the device's shift."""
    held = sa.select(BadgeCode.code, BadgeCode.attendee_id).where(
        BadgeCode.fair_id == duty.fair_id, BadgeCode.attendee_id.is_not(None)
    )
    rows = session().execute(held)
    return next((holder for code, holder in rows if badge_hash(code, duty.salt) == mark), None)
