"""Use case of a device that asks for its roster: it is noted, and its block of codes filled."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from jobfair.attendees.models import BadgeCode
from jobfair.attendees.operations import set_codes_aside
from jobfair.checkin.crew import get_device
from jobfair.checkin.duty import Duty, OffDuty
from jobfair.checkin.models import Device
from jobfair.checkin.ports import BoardingPort
from jobfair.checkin.roster.answer import Post, door_of, roster_of
from jobfair.checkin.roster.riders import entries_of
from jobfair.checkin.rules import BLOCK, Right
from jobfair.checkin.writer import ScanWriter
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair

SEEN_EVERY = timedelta(seconds=20)


def give_roster(
    duty: Duty, cursor: str, writer: ScanWriter, buses: BoardingPort, *, now: datetime
) -> dict[str, Any]:
    """Return the device's roster, or what is new in it; the desk knows that it was in touch.

    A device that may register people has a block of unused codes for them. Raises OffDuty.
    """
    device = _device(duty, now)
    with suppress(OperationalError):  # a disk is full: the roster is worth more than the note
        _keep_in_touch(duty, device, now)
    post = _post(duty, device, writer, buses, now)
    return roster_of(session(), duty, post, cursor, now)


def _device(duty: Duty, now: datetime) -> Device:
    """Return the device with its shift and station; raise OffDuty where it is another's by now."""
    device = get_device(duty.fair_id, duty.device_id)
    if device.token_hash != duty.token_hash:
        raise OffDuty("token_unknown")
    if device.revoked_at is not None:
        raise OffDuty("device_revoked")
    if device.shift.ends_at <= now:
        raise OffDuty("device_expired")
    return device


def _keep_in_touch(duty: Duty, device: Device, now: datetime) -> None:
    """Have the desk see that the device called, and its block be full."""
    short = BLOCK - len(_block(duty)) if Right.WALK_IN in duty.rights else 0
    if short or device.seen_at is None or now - device.seen_at > SEEN_EVERY:
        with transaction() as current:
            set_codes_aside(duty.fair_id, duty.device_id, short)
            current.execute(sa.update(Device).where(Device.id == device.id).values(seen_at=now))


def _post(
    duty: Duty, device: Device, writer: ScanWriter, buses: BoardingPort, now: datetime
) -> Post:
    fair, codes = session().get_one(Fair, duty.fair_id), _block(duty)
    if duty.departure_id is None:
        inside = writer.count_inside(duty.fair_id, door_of(duty).room_id, now)
        coming = buses.coming(session(), duty.fair_id, now)
        return Post(fair, device, codes, inside, coming=coming)
    lists = buses.lists(session(), duty.fair_id, duty.departures)
    own = [one for one in lists if one.plan.departure_id == duty.departure_id]
    riders = entries_of([*own, *lists])
    return Post(fair, device, codes, bus=own[0].plan, riders=riders)


def _block(duty: Duty) -> tuple[str, ...]:
    """Return the codes of the device's block that nobody holds."""
    if Right.WALK_IN not in duty.rights:
        return ()
    query = sa.select(BadgeCode.code).where(
        BadgeCode.fair_id == duty.fair_id,
        BadgeCode.device_id == duty.device_id,
        BadgeCode.attendee_id.is_(None),
    )
    return tuple(session().scalars(query.order_by(BadgeCode.code)))
