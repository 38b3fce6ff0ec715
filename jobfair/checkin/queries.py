"""Reads about the door: how many came and are inside, when they arrived."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from jobfair.checkin.models import Scan
from jobfair.checkin.rules import RECENT, Direction
from jobfair.core.db import session


@dataclass(frozen=True)
class DoorCounts:
    """How many people came, and how many are inside now."""

    came: int
    inside: int


def counts(fair_id: int) -> DoorCounts:
    """Return how many people came and are inside."""
    query = sa.select(sa.func.count(Scan.attendee_id.distinct())).where(*came_in(fair_id))
    return DoorCounts(session().scalar(query) or 0, count_inside(session(), fair_id))


def count_inside(current: Session | Connection, fair_id: int, room_id: int | None = None) -> int:
    """Return how many people's last move left them in the room, or in the house."""
    last = (
        sa.select(
            Scan.direction,
            sa.func.row_number()
            .over(
                partition_by=Scan.attendee_id,
                order_by=(Scan.scanned_at.desc(), Scan.received_at.desc()),
            )
            .label("place"),
        )
        .where(
            Scan.fair_id == fair_id,
            Scan.counts.is_(True),
            Scan.undone_at.is_(None),
            Scan.passed.is_(True),
            at_door(room_id),
        )
        .subquery()
    )
    query = sa.select(sa.func.count()).where(last.c.place == 1, last.c.direction == Direction.IN)
    return current.scalar(query) or 0


def at_door(room_id: int | None) -> sa.ColumnElement[bool]:
    """Return the condition of the scans that change who is in the room, or in the house."""
    of_house = sa.and_(Scan.room_id.is_(None), Scan.direction.in_((Direction.IN, Direction.OUT)))
    if room_id is None:
        return of_house
    return sa.or_(Scan.room_id == room_id, sa.and_(of_house, Scan.direction == Direction.OUT))


def who_came(fair_id: int, attendee_ids: Collection[int]) -> set[int]:
    """Return which of these people came."""
    query = sa.select(Scan.attendee_id).where(*came_in(fair_id), Scan.attendee_id.in_(attendee_ids))
    return {attendee_id for attendee_id in session().scalars(query) if attendee_id is not None}


def count_recent(fair_id: int, now: datetime, *, rehearsal: bool = False) -> int:
    """Return how many times somebody was let in during the last five minutes."""
    lately = Scan.scanned_at.between(now - RECENT, now)
    query = sa.select(sa.func.count()).where(*came_in(fair_id, rehearsal=rehearsal), lately)
    return session().scalar(query) or 0


def arrivals(fair_id: int) -> list[tuple[datetime, int]]:
    """Return how many people came for the first time in each five minutes that had any."""
    query = (
        sa.select(sa.func.min(Scan.scanned_at, type_=Scan.scanned_at.type))
        .where(*came_in(fair_id))
        .group_by(Scan.attendee_id)
    )
    found = Counter(_five_minutes(at) for at in session().scalars(query))
    return sorted(found.items())


def _five_minutes(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0)


def came_in(fair_id: int, *, rehearsal: bool = False) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of the scans by which people came in, into the house or a room.

    With `rehearsal`, of those that don't count.
    """
    return [
        Scan.fair_id == fair_id,
        Scan.counts.is_(not rehearsal),
        Scan.undone_at.is_(None),
        Scan.passed.is_(True),
        Scan.direction == Direction.IN,
    ]
