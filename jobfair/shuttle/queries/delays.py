"""Reads about how late buses are."""

from collections import defaultdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from jobfair.shuttle.lateness import Late
from jobfair.shuttle.models import Delay


def delays_of(session: Session, fair_id: int) -> dict[int, list[Late]]:
    """Return what was said of each departure of the fair; of one that is in time, nothing."""
    query = sa.select(Delay.departure_id, Delay.position, Delay.minutes)
    found: dict[int, list[Late]] = defaultdict(list)
    for departure_id, position, minutes in session.execute(query.where(Delay.fair_id == fair_id)):
        found[departure_id].append((position, minutes))
    return found
