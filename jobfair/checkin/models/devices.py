"""Tables of stations, shifts, devices, and of what devices send besides scans."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobfair.checkin.rules import (
    NAME_MOST,
    STATION_MOST,
    DeviceDirection,
    DeviceKind,
    ItemKind,
    StationKind,
)
from jobfair.core.db import Base, Id, Json, closed_set
from jobfair.fairs.models import Room

DIGEST = 64


class Station(Base):
    """A place of the fair at which devices stand; one of kind `hall` watches a room."""

    __tablename__ = "station"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "name"),
        sa.ForeignKeyConstraint(["fair_id", "room_id"], ["room.fair_id", "room.id"]),
        sa.Index("ix_station_fair_id_room_id", "fair_id", "room_id"),
        sa.CheckConstraint("(kind = 'hall') = (room_id IS NOT NULL)", name="room"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    name: Mapped[str] = mapped_column(sa.String(STATION_MOST))
    kind: Mapped[StationKind] = mapped_column(closed_set(StationKind, "kind"))
    room_id: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)

    room: Mapped[Room | None] = relationship(lazy="raise", viewonly=True)


class Shift(Base):
    """A time of duty; what its devices keep is readable with its code alone.

    `code`, `proof` (by which a device knows the code) and `samples` are emptied when it ends.
    """

    __tablename__ = "shift"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.CheckConstraint("ends_at > made_at", name="times"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    code: Mapped[str | None] = mapped_column(sa.String(10))
    proof: Mapped[str | None] = mapped_column(sa.String(DIGEST))
    salt: Mapped[str] = mapped_column(sa.String(32))
    samples: Mapped[list[str]] = mapped_column(Json, default=list)
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Device(Base):
    """A phone that scans during one shift, at one station or for one departure.

    It is invited by a one-time code (with a PIN where it is sent as a link), paired with a token
    of which only the hash is kept, and can be revoked.
    """

    __tablename__ = "device"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.ForeignKeyConstraint(["fair_id", "shift_id"], ["shift.fair_id", "shift.id"]),
        sa.ForeignKeyConstraint(["fair_id", "station_id"], ["station.fair_id", "station.id"]),
        sa.ForeignKeyConstraint(["fair_id", "departure_id"], ["departure.fair_id", "departure.id"]),
        sa.Index("ix_device_fair_id_shift_id", "fair_id", "shift_id"),
        sa.Index("ix_device_fair_id_station_id", "fair_id", "station_id"),
        sa.Index("ix_device_fair_id_departure_id", "fair_id", "departure_id"),
        sa.CheckConstraint("(station_id IS NULL) <> (departure_id IS NULL)", name="place"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    shift_id: Mapped[int]
    station_id: Mapped[int | None]
    departure_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(sa.String(NAME_MOST), default="")
    kind: Mapped[DeviceKind] = mapped_column(closed_set(DeviceKind, "kind"))
    direction: Mapped[DeviceDirection] = mapped_column(closed_set(DeviceDirection, "direction"))
    pairing_hash: Mapped[str | None] = mapped_column(sa.String(DIGEST), unique=True)
    pairing_until: Mapped[datetime]
    pin_hash: Mapped[str | None] = mapped_column(sa.String(DIGEST))
    pin_tries: Mapped[int] = mapped_column(default=0)
    token_hash: Mapped[str | None] = mapped_column(sa.String(DIGEST), unique=True)
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    made_at: Mapped[datetime]
    paired_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    wiped_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    offset_ms: Mapped[int | None]
    unsent: Mapped[int | None]
    battery: Mapped[int | None]

    shift: Mapped[Shift] = relationship(lazy="raise", viewonly=True)
    station: Mapped[Station | None] = relationship(lazy="raise", viewonly=True)


class DoorItem(Base):
    """A walk-in or an action as a device sent it, with the answer that it got and always gets."""

    __tablename__ = "door_item"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "device_id"], ["device.fair_id", "device.id"]),
        sa.Index("ix_door_item_fair_id_device_id", "fair_id", "device_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    device_id: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(closed_set(ItemKind, "kind"))
    digest: Mapped[str] = mapped_column(sa.String(DIGEST))
    answer: Mapped[dict[str, Any]] = mapped_column(Json)
    received_at: Mapped[datetime]
