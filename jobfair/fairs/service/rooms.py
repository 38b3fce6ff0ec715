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


def add_room(fair_id: int, name: str, *, actor: Actor, now: datetime) -> Room:
    """Have the fair one more room, after the others; raise Conflict("room_taken")."""
    with transaction() as session:
        lock_fair(fair_id)
        last = session.scalar(sa.select(sa.func.max(Room.position)).where(Room.fair_id == fair_id))
        room = Room(fair_id=fair_id, name=name, position=0 if last is None else last + 1)
        with conflicts(uq_room_fair_id_name="room_taken"):
            session.add(room)
        record(actor, "room.add", "room", room.id, now=now, fair_id=fair_id)
    return room


def rename_room(fair_id: int, room_id: int, name: str, *, actor: Actor, now: datetime) -> Room:
    """Have the room that name; raise Conflict("room_taken")."""
    with transaction():
        room = get_room(fair_id, room_id)
        with conflicts(uq_room_fair_id_name="room_taken"):
            room.name = name
        record(actor, "room.rename", "room", room.id, now=now, fair_id=fair_id, fields=["name"])
    return room


def remove_room(fair_id: int, room_id: int, *, actor: Actor, now: datetime) -> Room:
    """Have the fair no such room; raise Conflict("room_not_empty") while stands are in it."""
    with transaction() as session:
        room = get_room(fair_id, room_id)
        session.delete(room)
        try:
            session.flush()
        except IntegrityError as error:  # the only rows that point at a room are stands
            raise Conflict("room_not_empty") from error
        record(actor, "room.remove", "room", room_id, now=now, fair_id=fair_id)
    return room
