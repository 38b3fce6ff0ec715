"""What happens to stands when a fair is copied."""

import sqlalchemy as sa

from jobfair.core.db import assert_writing
from jobfair.exhibitors.models import Stand
from jobfair.fairs.events import FairCopied
from jobfair.fairs.models import Room


def on_fair_copied(event: FairCopied) -> None:
    """Have the new fair the stands of the earlier one, in the rooms of the same names."""
    session = assert_writing()
    rooms = sa.select(Room.name, Room.id).where(Room.fair_id == event.to_id)
    room_ids = dict(session.execute(rooms).all())
    earlier = (
        sa.select(Stand.label, Stand.position, Room.name)
        .outerjoin(Room, Room.id == Stand.room_id)
        .where(Stand.fair_id == event.from_id)
    )
    session.add_all(
        Stand(fair_id=event.to_id, label=label, position=position, room_id=room_ids.get(room or ""))
        for label, position, room in session.execute(earlier)
    )
