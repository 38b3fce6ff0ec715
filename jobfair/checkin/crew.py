"""Reads about stations, the shift that is under way, and its devices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from jobfair.checkin.models import Device, Shift, Station
from jobfair.checkin.rules import DeviceDirection, DeviceKind
from jobfair.checkin.service import buses
from jobfair.checkin.service.devices import PIN_TRIES, active_shift
from jobfair.core.actor import Actor, Permission
from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.fairs.models import Fair

CLOCK_OFF = timedelta(minutes=2)
SILENT = timedelta(minutes=10)


class Standing(StrEnum):
    """How far a device has come."""

    AWAITED = "awaited"
    LAPSED = "lapsed"
    PAIRED = "paired"
    REVOKED = "revoked"
    WIPED = "wiped"


@dataclass(frozen=True)
class DeviceNow:
    """A device as the desk sees it; `place` is its station or its bus."""

    id: int
    name: str
    place: str
    kind: DeviceKind
    direction: DeviceDirection
    standing: Standing
    seen_at: datetime | None
    offset: timedelta | None
    unsent: int
    battery: int | None
    clock_off: bool
    silent: bool


@dataclass(frozen=True)
class OwnDuty:
    """A station at which somebody may scan with their own phone."""

    fair: Fair
    station: Station
    shift_id: int


def list_stations(fair_id: int) -> list[Station]:
    """Return the stations of the fair in their order, with their rooms."""
    query = sa.select(Station).where(Station.fair_id == fair_id).options(joinedload(Station.room))
    return list(session().scalars(query.order_by(Station.position, Station.id)))


def get_station(fair_id: int, station_id: int) -> Station:
    """Return the station of that fair; raise NotFound."""
    query = sa.select(Station).where(Station.fair_id == fair_id, Station.id == station_id)
    station = session().scalar(query)
    if station is None:
        raise NotFound("not_found")
    return station


def find_shift(fair_id: int, now: datetime) -> Shift | None:
    """Return the shift that is under way."""
    return session().scalar(active_shift(fair_id, now))


def latest_shift(fair_id: int) -> Shift | None:
    """Return the shift that began last, which may be over."""
    query = sa.select(Shift).where(Shift.fair_id == fair_id).order_by(Shift.id.desc()).limit(1)
    return session().scalar(query)


def get_device(fair_id: int, device_id: int) -> Device:
    """Return the device with its shift; raise NotFound."""
    query = sa.select(Device).where(Device.fair_id == fair_id, Device.id == device_id)
    device = session().scalar(query.options(joinedload(Device.shift), joinedload(Device.station)))
    if device is None:
        raise NotFound("not_found")
    return device


def get_own_device(actor: Actor, device_id: int) -> Device:
    """Return the device that the actor has invited, with its shift; raise NotFound."""
    query = sa.select(Device).where(Device.made_by == actor.id, Device.id == device_id)
    device = session().scalar(query.options(joinedload(Device.shift), joinedload(Device.station)))
    if device is None:
        raise NotFound("not_found")
    return device


def list_duties(actor: Actor, now: datetime) -> list[OwnDuty]:
    """Return the stations at which the actor may scan in a shift that is under way."""
    query = (
        sa.select(Fair, Station, Shift.id)
        .join(Station, Station.fair_id == Fair.id)
        .join(Shift, Shift.fair_id == Fair.id)
        .where(Shift.ended_at.is_(None), Shift.ends_at > now)
        .order_by(Fair.starts_at, Fair.id, Station.position, Station.id)
    )
    found = (OwnDuty(*row) for row in session().execute(query))
    return [duty for duty in found if actor.may(Permission.CHECK_IN, duty.fair.id)]


def list_devices(fair_id: int, shift_id: int, now: datetime) -> list[DeviceNow]:
    """Return the devices of the shift, those of a station together."""
    query = (
        sa.select(Device)
        .outerjoin(Station, Station.id == Device.station_id)
        .where(Device.fair_id == fair_id, Device.shift_id == shift_id)
        .options(joinedload(Device.station))
        .order_by(Device.station_id.is_(None), Station.position, Device.departure_id, Device.id)
    )
    devices = session().scalars(query).all()
    names = _bus_names(devices)
    return [_device_now(device, names.get(device.departure_id or 0, ""), now) for device in devices]


def device_now(device: Device, now: datetime) -> DeviceNow:
    """Return how a device stands that was loaded with its station."""
    names = _bus_names([device])
    return _device_now(device, names.get(device.departure_id or 0, ""), now)


def _device_now(device: Device, bus: str, now: datetime) -> DeviceNow:
    offset = None if device.offset_ms is None else timedelta(milliseconds=device.offset_ms)
    standing, unsent = standing_of(device, now), device.unsent or 0
    seen = device.seen_at or device.made_at
    return DeviceNow(
        id=device.id,
        name=device.name,
        place=device.station.name if device.station else bus,
        kind=device.kind,
        direction=device.direction,
        standing=standing,
        seen_at=device.seen_at,
        offset=offset,
        unsent=unsent,
        battery=device.battery,
        clock_off=offset is not None and abs(offset) > CLOCK_OFF,
        silent=standing is Standing.PAIRED and unsent > 0 and now - seen > SILENT,
    )


def standing_of(device: Device, now: datetime) -> Standing:
    """Return how far the device has come."""
    if device.wiped_at is not None:
        return Standing.WIPED
    if device.revoked_at is not None:
        return Standing.REVOKED
    if device.paired_at is not None:
        return Standing.PAIRED
    waits = device.pairing_until > now and device.pin_tries < PIN_TRIES
    return Standing.AWAITED if waits else Standing.LAPSED


def _bus_names(devices: Sequence[Device]) -> dict[int, str]:
    departures = {device.departure_id for device in devices if device.departure_id is not None}
    return {one: buses().plan(session(), one).name for one in departures}
