"""Reads about stations, the shift that is under way, and its devices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from jobfair.checkin.models import Device, Shift, Station
from jobfair.checkin.rules import DeviceDirection, DeviceKind
from jobfair.checkin.service import buses
from jobfair.checkin.service.devices import PIN_TRIES, Post, active_shift
from jobfair.core.actor import Actor, Permission
from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.fairs.models import Fair
from jobfair.fairs.queries import list_fairs
from jobfair.fairs.rules import Phase

CLOCK_OFF = timedelta(minutes=2)
SILENT = timedelta(minutes=10)
NO_BUSES = (Phase.DRAFT, Phase.OVER, Phase.CANCELLED)


class Standing(StrEnum):
    """How far a device has come."""

    AWAITED = "awaited"
    LAPSED = "lapsed"
    PAIRED = "paired"
    REVOKED = "revoked"
    WIPED = "wiped"


@dataclass(frozen=True)
class DeviceNow:
    """A device as the desk sees it.

    `place` is its station or its bus, `quiet` for how long it has had no contact.
    """

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
    quiet: timedelta

    @property
    def clock_off(self) -> bool:
        """Tell whether its clock is so wrong that somebody should set it."""
        return self.offset is not None and abs(self.offset) > CLOCK_OFF

    @property
    def silent(self) -> bool:
        """Tell whether it keeps scans and has had no contact for long."""
        return self.standing is Standing.PAIRED and self.unsent > 0 and self.quiet > SILENT


@dataclass(frozen=True)
class OwnDuty:
    """A station, or a bus, at which somebody may scan with their own phone."""

    fair: Fair
    shift_id: int
    place: str
    post: Post

    @property
    def key(self) -> str:
        """Return what tells it from other places of all fairs."""
        if self.post.departure_id is not None:
            return f"bus-{self.post.departure_id}"
        return str(self.post.station_id)


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


def get_shift(fair_id: int, shift_id: int) -> Shift:
    """Return the shift of that fair; raise NotFound."""
    shift = session().get(Shift, shift_id)
    if shift is None or shift.fair_id != fair_id:
        raise NotFound("not_found")
    return shift


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
    """Return the device that the actor has invited, with its shift; raise NotFound.

    So it is for whoever may not scan there any more: the shift's code is none of their business.
    """
    query = sa.select(Device).where(Device.made_by == actor.id, Device.id == device_id)
    device = session().scalar(query.options(joinedload(Device.shift), joinedload(Device.station)))
    if device is None or not actor.may(_needed_for(device), device.fair_id):
        raise NotFound("not_found")
    return device


def _needed_for(device: Device) -> Permission:
    return Permission.CHECK_IN if device.departure_id is None else Permission.BOARD


def list_duties(actor: Actor, now: datetime) -> list[OwnDuty]:
    """Return where the actor may scan in a shift that is under way: at stations, in buses."""
    query = (
        sa.select(Fair, Shift.id)
        .join(Shift, Shift.fair_id == Fair.id)
        .where(Shift.ended_at.is_(None), Shift.ends_at > now)
        .order_by(Fair.starts_at, Fair.id)
    )
    return [
        OwnDuty(fair, shift_id, place, post)
        for fair, shift_id in session().execute(query)
        for place, post in _places_of(actor, fair)
    ]


def _places_of(actor: Actor, fair: Fair) -> Iterator[tuple[str, Post]]:
    if actor.may(Permission.CHECK_IN, fair.id):
        for station in list_stations(fair.id):
            yield station.name, Post(DeviceKind.STEWARD, station_id=station.id)
    if actor.may(Permission.BOARD, fair.id):
        for departure_id, words in buses().choices(session(), fair.id):
            yield words, Post(DeviceKind.ATTENDANT, departure_id=departure_id)


def list_bus_duties(actor: Actor) -> list[Fair]:
    """Return the fairs to come whose buses the actor accompanies, the next first."""
    fairs = [one for one in reversed(list_fairs()) if one.phase not in NO_BUSES]
    return [one for one in fairs if actor.may(Permission.BOARD, one.id)]


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
    return DeviceNow(
        id=device.id,
        name=device.name,
        place=device.station.name if device.station else bus,
        kind=device.kind,
        direction=device.direction,
        standing=standing_of(device, now),
        seen_at=device.seen_at,
        offset=offset,
        unsent=device.unsent or 0,
        battery=device.battery,
        quiet=now - (device.seen_at or device.made_at),
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
