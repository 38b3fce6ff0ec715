"""Reads about a partner's people, and about the partners of a fair."""

import sqlalchemy as sa

from jobfair.attendees.models import Household
from jobfair.attendees.rules import HouseholdState
from jobfair.core.db import session


def households_by_partner(fair_id: int) -> dict[int, int]:
    """Return how many households each partner of the fair has registered, cancelled ones left."""
    query = (
        sa.select(Household.partner_id, sa.func.count().label("households"))
        .where(
            Household.fair_id == fair_id,
            Household.partner_id.is_not(None),
            Household.state != HouseholdState.CANCELLED,
        )
        .group_by(Household.partner_id)
    )
    return {row.partner_id: row.households for row in session().execute(query)}
