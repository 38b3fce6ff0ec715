"""Answering an item of a device once and for all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from jobfair.checkin.duty import Duty, OffDuty
from jobfair.checkin.items import Item
from jobfair.checkin.lookup import off_duty
from jobfair.checkin.models import DoorItem
from jobfair.checkin.rules import ItemKind
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict

Answer = dict[str, Any]


def answer_once(
    duty: Duty, item: Item, kind: ItemKind, act: Callable[[], Answer], *, now: datetime
) -> Answer:
    """Have `act` be done once for the item; sent again it gets the stored answer.

    What was refused is not stored, so it is tried anew. Raises Conflict("id_reused") where the
    id stands for something else, and OffDuty.
    """
    try:
        return _stored(duty, item) or _do(duty, item, kind, act, now)
    except IntegrityError:
        stored = _stored(duty, item)  # of another request with the same item
        if stored is None:
            raise
        return stored


def _do(duty: Duty, item: Item, kind: ItemKind, act: Callable[[], Answer], now: datetime) -> Answer:
    with transaction() as current:
        refused = off_duty(current.connection(), {duty.token_hash}, now)
        if refused:
            raise OffDuty(refused[duty.token_hash])
        row = DoorItem(
            id=item.id,
            fair_id=duty.fair_id,
            device_id=duty.device_id,
            kind=kind,
            digest=item.digest,
            answer={},
            received_at=now,
        )
        current.add(row)
        current.flush()
        row.answer = act()
    return row.answer


def _stored(duty: Duty, item: Item) -> Answer | None:
    current = session()
    current.rollback()  # so that what others have committed is seen
    row = current.get(DoorItem, item.id)
    if row is None:
        return None
    if row.fair_id != duty.fair_id or row.digest != item.digest:
        raise Conflict("id_reused")
    return row.answer
