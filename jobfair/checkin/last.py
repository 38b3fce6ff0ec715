"""By which scan somebody last went through a door, for whoever may take it back."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.checkin.conflicts import ScanSeen
from jobfair.checkin.duty import Duty
from jobfair.checkin.holders import holders_of
from jobfair.checkin.models import Device, Scan
from jobfair.checkin.rules import IN_BUSES
from jobfair.core.db import session


def find_last_scan(duty: Duty, mark: str, now: datetime) -> ScanSeen | None:
    """Return the latest scan that let the holder of the badge through a door of the fair.

    Before the fair's day it is one of the rehearsal; from then on only what counts is asked for.
    """
    holder = holders_of(duty, [mark]).get(mark)
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
