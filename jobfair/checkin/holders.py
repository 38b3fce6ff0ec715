"""Whose badges devices mean, which know them by code or by hash."""

from collections.abc import Collection

import sqlalchemy as sa

from jobfair.attendees.models import BadgeCode
from jobfair.checkin.duty import Duty
from jobfair.checkin.hashes import badge_hash
from jobfair.core.db import session


def holders_of(duty: Duty, badges: Collection[str]) -> dict[str, int]:
    """Return the holders of these badges, by code or by hash under the salt of the shift.

    A badge that nobody of the fair holds is missing.
    """
    held = sa.select(BadgeCode.code, BadgeCode.attendee_id).where(
        BadgeCode.fair_id == duty.fair_id, BadgeCode.attendee_id.is_not(None)
    )
    wanted = set(badges)
    return {
        name: holder
        for code, holder in session().execute(held)
        for name in {code, badge_hash(code, duty.salt)} & wanted
        if holder is not None
    }
