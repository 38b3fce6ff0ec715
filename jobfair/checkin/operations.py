"""Steps of the door in the caller's transaction."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.checkin.models import Device, DoorItem, Scan, Shift
from jobfair.core.db import assert_writing
from jobfair.core.errors import Conflict


def let_go_of_bus(fair_id: int, departure_id: int, *, now: datetime) -> None:
    """Have no phone belong to the departure; those that are off duty are forgotten.

    Raises Conflict where badges were scanned on it, or a phone is on duty or awaited there.
    """
    session = assert_writing()
    of_bus = (Device.fair_id == fair_id, Device.departure_id == departure_id)
    phones = sa.select(Device.id).where(*of_bus)
    by_them = sa.or_(Scan.departure_id == departure_id, Scan.device_id.in_(phones))
    if session.scalar(sa.select(sa.exists().where(Scan.fair_id == fair_id, by_them))):
        raise Conflict("departure_scanned")
    on_duty = phones.join(Shift, Shift.id == Device.shift_id).where(
        Device.revoked_at.is_(None), Device.wiped_at.is_(None), Shift.ends_at > now
    )
    if session.scalar(sa.select(on_duty.exists())):
        raise Conflict("departure_has_phones")
    for forgotten in (
        sa.delete(DoorItem).where(DoorItem.fair_id == fair_id, DoorItem.device_id.in_(phones)),
        sa.delete(Device).where(*of_bus),
    ):
        session.execute(forgotten, execution_options={"synchronize_session": False})
