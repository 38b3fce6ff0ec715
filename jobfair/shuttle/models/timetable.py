"""Tables of what goes: stops, departures and their calls, delays."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobfair.core.db import Base, Id, closed_set
from jobfair.shuttle.rules import NAME_MOST, Direction


class Stop(Base):
    """A bus stop of the county, named as on its sign; used by every fair.

    One without coordinates is in the list, but no bus can be planned to it.
    """

    __tablename__ = "stop"
    __table_args__ = (
        sa.UniqueConstraint("municipality", "name"),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="place"),
    )

    id: Mapped[Id]
    municipality: Mapped[str] = mapped_column(sa.String(8))
    name: Mapped[str] = mapped_column(sa.String(120))
    note: Mapped[str] = mapped_column(sa.String(160), default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    step_free: Mapped[bool] = mapped_column(default=False)


class Departure(Base):
    """One bus on one way of a line; its places bind once, over the whole way.

    `taken` and `wheelchairs_taken` count what rides hold and what offers hold. `bus` names its
    type, `block` the round of one vehicle: departures of the same block are driven by one bus.
    """

    __tablename__ = "departure"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "direction", "line", "wave"),
        sa.CheckConstraint("taken >= 0 AND taken <= seats", name="seats"),
        sa.CheckConstraint(
            "wheelchairs_taken >= 0 AND wheelchairs_taken <= wheelchairs", name="wheelchairs"
        ),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    direction: Mapped[Direction] = mapped_column(closed_set(Direction, "direction"))
    line: Mapped[int]
    wave: Mapped[int] = mapped_column(default=0)
    seats: Mapped[int]
    wheelchairs: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int] = mapped_column(default=0)
    wheelchairs_taken: Mapped[int] = mapped_column(default=0)
    fair_at: Mapped[datetime]
    bus: Mapped[str] = mapped_column(sa.String(NAME_MOST), default="")
    block: Mapped[int | None]
    closed_at: Mapped[datetime | None]

    calls: Mapped[list["Call"]] = relationship(
        lazy="raise", order_by="Call.position", back_populates="departure"
    )


class Call(Base):
    """A departure's halt at a stop; `at` is when it leaves there (out) or arrives (back)."""

    __tablename__ = "call"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "departure_id"], ["departure.fair_id", "departure.id"]),
        sa.UniqueConstraint("departure_id", "position"),
        sa.UniqueConstraint("departure_id", "stop_id"),
        sa.Index("ix_call_fair_id_departure_id", "fair_id", "departure_id"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int]
    departure_id: Mapped[int]
    stop_id: Mapped[int] = mapped_column(sa.ForeignKey("stop.id"), index=True)
    position: Mapped[int]
    at: Mapped[datetime]

    departure: Mapped[Departure] = relationship(lazy="raise", back_populates="calls")
    stop: Mapped[Stop] = relationship(lazy="raise")


class Delay(Base):
    """So many more minutes late (or fewer again) from a call on; `position` is that call's.

    The fair itself comes after the last call on the way out, and before the first on the way back.
    """

    __tablename__ = "delay"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "departure_id"], ["departure.fair_id", "departure.id"]),
        sa.ForeignKeyConstraint(["fair_id", "device_id"], ["device.fair_id", "device.id"]),
        sa.Index("ix_delay_fair_id_departure_id", "fair_id", "departure_id"),
        sa.Index("ix_delay_fair_id_device_id", "fair_id", "device_id"),
        sa.CheckConstraint("minutes <> 0", name="minutes"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    departure_id: Mapped[int]
    minutes: Mapped[int]
    position: Mapped[int]
    made_at: Mapped[datetime]
    device_id: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
