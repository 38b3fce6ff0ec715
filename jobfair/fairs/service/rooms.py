"""Use cases: the rooms of a fair."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import conflicts, transaction
from jobfair.core.errors import Conflict
from jobfair.fairs.models import Room
from jobfair.fairs.operations import lock_fair
from jobfair.fairs.queries import get_room


def add_room(
    fair_id: int, name: str, capacity: int | None = None, *, actor: Actor, now: datetime
) -> Room:
    """Have the fair one more room, after the others; raise Conflict("room_taken")."""
    with transaction() as session:
        lock_fair(fair_id)
        last = session.scalar(sa.select(sa.func.max(Room.position)).where(Room.fair_id == fair_id))
        position = 0 if last is None else last + 1
        room = Room(fair_id=fair_id, name=name, position=position, capacity=capacity)
        with conflicts(uq_room_fair_id_name="room_taken"):
            session.add(room)
        record(actor, "room.add", "room", room.id, now=now, fair_id=fair_id)
    return room


def edit_room(
    fair_id: int, room_id: int, name: str, capacity: int | None, *, actor: Actor, now: datetime
) -> Room:
    """Have the room that name and hold so many people; raise Conflict("room_taken")."""
    with transaction():
        room = get_room(fair_id, room_id)
        before = {"name": room.name, "capacity": room.capacity}
        with conflicts(uq_room_fair_id_name="room_taken"):
            room.name, room.capacity = name, capacity
        changed = [field for field, value in before.items() if getattr(room, field) != value]
        record(actor, "room.edit", "room", room.id, now=now, fair_id=fair_id, fields=changed)
    return room


def remove_room(fair_id: int, room_id: int, *, actor: Actor, now: datetime) -> Room:
    """Have the fair no such room; raise Conflict("room_not_empty") while something needs it."""
    with transaction() as session:
        room = get_room(fair_id, room_id)
        session.delete(room)
        try:
            session.flush()
        except IntegrityError as error:  # stands, stations, or scans that were made there
            raise Conflict("room_not_empty") from error
        record(actor, "room.remove", "room", room_id, now=now, fair_id=fair_id)
    return room
