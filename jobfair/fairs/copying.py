"""Steps of copying a fair, inside the caller's transaction."""

from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from jobfair.core.db import assert_writing
from jobfair.fairs.models import ArrivalWindow, Fair, Room, Sponsor
from jobfair.fairs.rules import days_later


def copy_windows(earlier: Fair, later: Fair) -> None:
    """Have the later fair the arrival windows of the earlier one, at the same times, all free."""
    session = assert_writing()
    days, zone = later.facts.day - earlier.facts.day, ZoneInfo(later.time_zone)
    windows = sa.select(ArrivalWindow).where(ArrivalWindow.fair_id == earlier.id)
    session.add_all(
        ArrivalWindow(
            fair_id=later.id,
            starts_at=days_later(window.starts_at, days, zone),
            ends_at=days_later(window.ends_at, days, zone),
            label=window.label,
            capacity=window.capacity,
        )
        for window in session.scalars(windows).all()
    )


def copy_capacities(earlier: Fair, later: Fair) -> None:
    """Have the later fair's rooms hold as many people as those of the same names at the earlier."""
    alike = aliased(Room)
    capacity = sa.select(alike.capacity).where(alike.fair_id == earlier.id, alike.name == Room.name)
    query = sa.update(Room).where(Room.fair_id == later.id)
    assert_writing().execute(query.values(capacity=capacity.scalar_subquery()))


def copy_sponsors(earlier: Fair, later: Fair) -> None:
    """Have the later fair the sponsors of the earlier one, in the same order."""
    copied = ("position", "name", "media_type", "logo")
    columns = [Sponsor.__table__.columns[name] for name in copied]
    rows = sa.select(sa.literal(later.id), *columns).where(Sponsor.fair_id == earlier.id)
    assert_writing().execute(sa.insert(Sponsor).from_select(["fair_id", *copied], rows))
