"""Reads about how late buses are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from jobfair.shuttle.lateness import Late, first_position, late_at
from jobfair.shuttle.models import Delay, Departure
from jobfair.shuttle.names import sets_off


def delays_of(session: Session, fair_id: int) -> dict[int, list[Late]]:
    """Return what was said of each departure of the fair; of one that is in time, nothing."""
    return _delays(session, Delay.fair_id == fair_id)


def list_gone(session: Session, departures: Iterable[Departure], now: datetime) -> list[Departure]:
    """Return which of these have set off by the latest report, or are closed."""
    found = {one.id: one for one in departures}
    lates = _delays(session, Delay.departure_id.in_(found))

    def leaves_at(bus: Departure) -> datetime:
        late = late_at(lates.get(bus.id, ()), first_position(bus.direction))
        return sets_off(bus) + timedelta(minutes=late)

    return [bus for bus in found.values() if bus.closed_at is not None or leaves_at(bus) <= now]


def _delays(session: Session, wanted: sa.ColumnElement[bool]) -> dict[int, list[Late]]:
    query = sa.select(Delay.departure_id, Delay.position, Delay.minutes)
    found: dict[int, list[Late]] = defaultdict(list)
    for departure_id, position, minutes in session.execute(query.where(wanted)):
        found[departure_id].append((position, minutes))
    return found
