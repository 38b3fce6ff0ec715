"""Makes the doors of the demo fair and its first scans, so that its day can be played."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import sqlalchemy as sa

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.checkin.models import Scan, Station
from jobfair.checkin.rules import Direction, Outcome, StationKind
from jobfair.core.db import assert_writing
from jobfair.fairs.models import Room

CAME = 60
SHARE = 8  # of how many people one has come, at small fairs
STATION = "Haupteingang"
WAY_OUT = "Ausgang"
HALL_HOLDS = 300
DOORS_OPEN_BEFORE = timedelta(minutes=20)


def add_stations(fair_id: int, rooms: Sequence[Room]) -> None:
    """Have the fair an entrance, an exit, and a station at its largest room, which has a limit."""
    session = assert_writing()
    session.execute(sa.delete(Station).where(Station.fair_id == fair_id))
    hall = rooms[-1]
    session.execute(sa.update(Room).where(Room.id == hall.id).values(capacity=HALL_HOLDS))
    stations = (
        (STATION, StationKind.ENTRANCE, None),
        (hall.name, StationKind.HALL, hall.id),
        (WAY_OUT, StationKind.EXIT, None),
    )
    session.add_all(
        Station(fair_id=fair_id, name=name, kind=kind, room_id=room_id, position=place)
        for place, (name, kind, room_id) in enumerate(stations)
    )


def let_in(fair_id: int, people: int, starts_at: datetime, user_id: int, rng: Random) -> int:
    """Have some households be inside, let in just before the fair begins; return the number.

    Their scans lie on the fair's day and so count from then on; until it comes, whoever is
    scanned at the door is answered as on the day, and not counted.
    """
    wanted = min(CAME, people // SHARE)
    rows = []
    for attendee_id, code in _whole_households(fair_id, wanted):
        at = starts_at - timedelta(seconds=rng.randrange(int(DOORS_OPEN_BEFORE.total_seconds())))
        rows.append(
            {
                "id": UUID(int=rng.getrandbits(128), version=4),
                "fair_id": fair_id,
                "attendee_id": attendee_id,
                "badge": code,
                "station": STATION,
                "direction": Direction.IN,
                "outcome": Outcome.ADMITTED,
                "passed": True,
                "user_id": user_id,
                "device_at": at,
                "scanned_at": at,
                "received_at": at,
                "counts": True,
            }
        )
    if rows:
        assert_writing().execute(sa.insert(Scan), rows)
    return len(rows)


def _whole_households(fair_id: int, wanted: int) -> list[tuple[int, str]]:
    """Return people and codes of the first households that are together at most so many."""
    query = (
        sa.select(Attendee.household_id, Attendee.id, BadgeCode.code)
        .join(BadgeCode, BadgeCode.attendee_id == Attendee.id)
        .where(Attendee.fair_id == fair_id)
        .order_by(Attendee.household_id, Attendee.position)
        .limit(wanted + 1)
    )
    found = assert_writing().execute(query).all()
    cut = found[-1].household_id if len(found) > wanted else None
    return [(row.id, row.code) for row in found if row.household_id != cut]
