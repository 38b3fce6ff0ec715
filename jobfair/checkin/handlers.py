"""What the door does when fairs are made."""

import sqlalchemy as sa

from jobfair.checkin.models import Station
from jobfair.checkin.rules import StationKind
from jobfair.core.db import assert_writing
from jobfair.fairs.events import FairCopied, FairMade
from jobfair.fairs.models import Room

FIRST_STATION = "Eingang"


def on_fair_made(event: FairMade) -> None:
    """Have the new fair an entrance, so that phones can be paired at once."""
    station = Station(fair_id=event.fair_id, name=FIRST_STATION, kind=StationKind.ENTRANCE)
    assert_writing().add(station)
    assert_writing().flush()


def on_fair_copied(event: FairCopied) -> None:
    """Have the new fair the stations of the earlier one, at the rooms of the same names."""
    session = assert_writing()
    rooms = sa.select(Room.name, Room.id).where(Room.fair_id == event.to_id)
    room_ids = dict(session.execute(rooms).all())
    earlier = (
        sa.select(Station.name, Station.kind, Station.position, Room.name)
        .outerjoin(Room, Room.id == Station.room_id)
        .where(Station.fair_id == event.from_id)
    )
    rows = session.execute(earlier).all()
    if not rows:
        return
    session.execute(sa.delete(Station).where(Station.fair_id == event.to_id))
    session.add_all(
        Station(
            fair_id=event.to_id,
            name=name,
            kind=kind,
            position=position,
            room_id=room_ids[room] if room else None,
        )
        for name, kind, position, room in rows
    )
