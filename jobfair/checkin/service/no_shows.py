"""The places of those who did not come, given to people on site at the organiser's time."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.rules import HouseholdState
from jobfair.audit.operations import record
from jobfair.checkin.models import Scan
from jobfair.core.actor import SYSTEM
from jobfair.core.db import assert_writing, session, transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.places.operations import release

BEFORE_THE_END = (Phase.OPEN, Phase.CLOSED, Phase.RUNNING)


def release_no_shows(*, now: datetime) -> int:
    """Have the places of every household of whom nobody came be free where it is time.

    Return how many places became free.
    """
    due = sa.select(Fair.id).where(
        Fair.on_site_from <= now,
        Fair.no_shows_released_at.is_(None),
        Fair.phase.in_(BEFORE_THE_END),
        Fair.ends_at > now,
    )
    freed = 0
    for fair_id in session().scalars(due).all():
        with transaction():
            places = release(fair_id, _no_shows(fair_id), now=now)
            record(SYSTEM, "no_shows.released", "fair", fair_id, now=now, fair_id=fair_id)
        freed += places
    return freed


def _no_shows(fair_id: int) -> list[int]:
    """Return the registered households of whom nobody was let in on the fair's day."""
    came = (
        sa.select(Attendee.household_id)
        .join(Scan, Scan.attendee_id == Attendee.id)
        .where(
            Scan.fair_id == fair_id,
            Scan.passed,
            Scan.counts,
            Scan.undone_at.is_(None),
        )
    )
    query = sa.select(Household.id).where(
        Household.fair_id == fair_id,
        Household.state == HouseholdState.REGISTERED,
        Household.released_at.is_(None),
        Household.id.not_in(came),
    )
    return list(assert_writing().scalars(query))
