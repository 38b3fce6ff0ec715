"""Use cases: the stands of a fair."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, conflicts, transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.exhibitors.models import Stand
from jobfair.exhibitors.rules import label_order
from jobfair.fairs.models import Room
from jobfair.fairs.operations import lock_fair


def add_stands(
    fair_id: int, room_id: int | None, labels: list[str], *, actor: Actor, now: datetime
) -> None:
    """Have the fair these stands too; raise Conflict("stand_exists", label=…) and add none."""
    if not labels:
        raise Invalid("stands_none")
    with transaction() as session:
        lock_fair(fair_id)
        _check_room(fair_id, room_id)
        query = sa.select(Stand.label).where(Stand.fair_id == fair_id, Stand.label.in_(labels))
        if present := session.scalar(query.limit(1)):
            raise Conflict("stand_exists", label=present)
        session.add_all(Stand(fair_id=fair_id, room_id=room_id, label=label) for label in labels)
        put_in_order(fair_id)
        record(actor, "stand.add", "fair", fair_id, now=now, fair_id=fair_id)


def change_stand(
    fair_id: int, stand_id: int, label: str, room_id: int | None, *, actor: Actor, now: datetime
) -> None:
    """Have the stand named so, in that room; raise Conflict("stand_exists", label=…)."""
    with transaction():
        lock_fair(fair_id)
        stand = _stand(fair_id, stand_id)
        _check_room(fair_id, room_id)
        try:
            with conflicts(uq_stand_fair_id_label="stand_exists"):
                stand.label, stand.room_id = label, room_id
        except Conflict as refusal:
            raise Conflict(refusal.code, label=label) from refusal
        put_in_order(fair_id)
        fields = ["label", "room_id"]
        record(actor, "stand.edit", "stand", stand_id, now=now, fair_id=fair_id, fields=fields)


def remove_stand(fair_id: int, stand_id: int, *, actor: Actor, now: datetime) -> None:
    """Have the fair no such stand; raise Conflict("stand_in_use") while an exhibitor has it."""
    with transaction() as session:
        session.delete(_stand(fair_id, stand_id))
        try:
            session.flush()
        except IntegrityError as error:  # the only rows that point at a stand are exhibitors
            raise Conflict("stand_in_use") from error
        record(actor, "stand.remove", "stand", stand_id, now=now, fair_id=fair_id)


def put_in_order(fair_id: int) -> None:
    """Have the stands of the fair follow each other by room, and in it A2 before A10."""
    session = assert_writing()
    query = (
        sa.select(Stand, sa.func.coalesce(Room.position, -1))
        .outerjoin(Room, Room.id == Stand.room_id)
        .where(Stand.fair_id == fair_id)
    )
    rows = session.execute(query).all()
    rows = sorted(rows, key=lambda row: (row[1], row[0].room_id or 0, label_order(row[0].label)))
    for position, (stand, _room) in enumerate(rows):
        stand.position = position


def _stand(fair_id: int, stand_id: int) -> Stand:
    query = sa.select(Stand).where(Stand.fair_id == fair_id, Stand.id == stand_id)
    stand = assert_writing().scalar(query)
    if stand is None:
        raise NotFound("not_found")
    return stand


def _check_room(fair_id: int, room_id: int | None) -> None:
    """Raise NotFound where the fair has no such room."""
    query = sa.select(Room.id).where(Room.fair_id == fair_id, Room.id == room_id)
    if room_id is not None and assert_writing().scalar(query) is None:
        raise NotFound("not_found")
