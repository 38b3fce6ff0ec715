"""Who calls: from a device's token to what its calls rest on."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from jobfair.checkin.duty import Duty, OffDuty
from jobfair.checkin.models import Device, Station
from jobfair.checkin.ports import BoardingPort
from jobfair.checkin.service.devices import hash_secret
from jobfair.core.db import session
from jobfair.fairs.models import Fair, Room

KEPT = timedelta(seconds=10)
KEPT_MOST = 500


class Duties:
    """Knows devices by their tokens; what it read is good for ten seconds.

    Only scans and rosters rest on that, and look again whether the device was revoked or paired
    anew meanwhile.
    """

    def __init__(self, buses: BoardingPort) -> None:
        self._buses = buses
        self._kept: dict[str, tuple[datetime, Duty]] = {}

    def kept(self, token: str, now: datetime) -> Duty | None:
        """Return the device of that token if it was read lately."""
        at, duty = self._kept.get(hash_secret(token), (None, None))
        if at is None or duty is None or not at <= now < at + KEPT or duty.expires_at <= now:
            return None
        return duty

    def read(self, token: str, now: datetime) -> Duty:
        """Return the device of that token as it stands in the database; raise OffDuty."""
        key = hash_secret(token)
        self._kept.pop(key, None)
        duty = _read(session(), key, self._buses, now)
        if len(self._kept) >= KEPT_MOST:
            self._kept.clear()
        self._kept[key] = (now, duty)
        return duty


def first_day_of(fair: Fair) -> datetime:
    """Return when the fair's day begins: at midnight of its place."""
    return begin_of_day(fair.starts_at, fair.time_zone)


def begin_of_day(at: datetime, zone: str) -> datetime:
    """Return the midnight before that time in the zone."""
    return at.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)


def _read(current: Session, token_hash: str, buses: BoardingPort, now: datetime) -> Duty:
    query = sa.select(Device).where(Device.token_hash == token_hash)
    wanted = query.options(joinedload(Device.shift), joinedload(Device.station))
    device = current.scalar(wanted.execution_options(populate_existing=True))
    if device is None:
        raise OffDuty("token_unknown")
    if device.revoked_at is not None:
        raise OffDuty("device_revoked")
    if device.shift.ends_at <= now:
        raise OffDuty("device_expired")
    fair = current.get_one(Fair, device.fair_id)
    return Duty(
        device_id=device.id,
        token_hash=token_hash,
        fair_id=fair.id,
        fair_slug=fair.slug,
        kind=device.kind,
        station=_place_of(current, device, buses),
        departure_id=device.departure_id,
        departures=_departures_of(current, device, buses),
        salt=bytes.fromhex(device.shift.salt),
        first_day=first_day_of(fair),
        expires_at=device.shift.ends_at,
        zones=_zones(current, fair.id),
        limits=_limits(current, fair),
    )


def _place_of(current: Session, device: Device, buses: BoardingPort) -> str:
    """Return the name of the device's station, or of its bus."""
    if device.departure_id is not None:
        return buses.plan(current, device.departure_id).name
    return device.station.name if device.station else ""


def _departures_of(current: Session, device: Device, buses: BoardingPort) -> tuple[int, ...]:
    """Return what the device's bus drives that day."""
    return () if device.departure_id is None else buses.rounds(current, device.departure_id)


def _zones(current: Session, fair_id: int) -> dict[str, int | None]:
    query = sa.select(Station.name, Station.room_id).where(Station.fair_id == fair_id)
    return {row.name: row.room_id for row in current.execute(query)}


def _limits(current: Session, fair: Fair) -> dict[int | None, int]:
    query = sa.select(Room.id, Room.capacity).where(Room.fair_id == fair.id)
    limits: dict[int | None, int] = {None: fair.capacity}
    limits |= {room_id: most for room_id, most in current.execute(query) if most is not None}
    return limits
