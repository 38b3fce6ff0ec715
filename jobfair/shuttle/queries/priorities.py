"""Read about who comes first in the line for seats."""

import sqlalchemy as sa

from jobfair.core.db import session
from jobfair.shuttle.models import RideRequest


def priority_of(household_id: int) -> int:
    """Return the household's priority; 0 where it has none, or no wish for the shuttle."""
    query = sa.select(RideRequest.priority).where(RideRequest.household_id == household_id)
    return session().scalar(query) or 0
