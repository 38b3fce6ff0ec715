"""Tables of stops, lines, departures, requests and seats."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobfair.core.db import Base, Id, closed_set
from jobfair.shuttle.rules import Direction, RequestState, Ways


class Stop(Base):
    """A bus stop of the county, named as on its sign; used by every fair."""

    __tablename__ = "stop"
    __table_args__ = (sa.UniqueConstraint("municipality", "name"),)

    id: Mapped[Id]
    municipality: Mapped[str] = mapped_column(sa.String(8))
    name: Mapped[str] = mapped_column(sa.String(120))
    note: Mapped[str] = mapped_column(sa.String(160), default="")
    lat: Mapped[float]
    lon: Mapped[float]
    step_free: Mapped[bool] = mapped_column(default=False)


class Departure(Base):
    """One bus on one way of a line; its places bind once, over the whole way."""

    __tablename__ = "departure"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("fair_id", "direction", "line", "wave"),
        sa.CheckConstraint("taken >= 0 AND taken <= seats", name="seats"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    direction: Mapped[Direction] = mapped_column(closed_set(Direction, "direction"))
    line: Mapped[int]
    wave: Mapped[int] = mapped_column(default=0)
    seats: Mapped[int]
    wheelchairs: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int] = mapped_column(default=0)
    fair_at: Mapped[datetime]

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


class RideRequest(Base):
    """What a household asked of the shuttle, and whether it has its seats; rides whole."""

    __tablename__ = "ride_request"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("household_id"),
        sa.ForeignKeyConstraint(["fair_id", "household_id"], ["household.fair_id", "household.id"]),
        sa.Index("ix_ride_request_fair_id_household_id", "fair_id", "household_id"),
        sa.Index("ix_ride_request_fair_id_state", "fair_id", "state", "requested_at"),
        sa.CheckConstraint("people > 0 OR state = 'cancelled'", name="people"),
        sa.CheckConstraint("(ways = 'out') = (back_wave IS NULL)", name="back_wave"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    household_id: Mapped[int]
    ways: Mapped[Ways] = mapped_column(closed_set(Ways, "ways"))
    stop_id: Mapped[int] = mapped_column(sa.ForeignKey("stop.id"), index=True)
    back_wave: Mapped[int | None]
    people: Mapped[int]
    state: Mapped[RequestState] = mapped_column(closed_set(RequestState, "state"))
    requested_at: Mapped[datetime]

    stop: Mapped[Stop] = relationship(lazy="raise")
    rides: Mapped[list["Ride"]] = relationship(lazy="raise", back_populates="request")


class Ride(Base):
    """Seats of a request on a departure; one each way."""

    __tablename__ = "ride"
    __table_args__ = (
        sa.UniqueConstraint("request_id", "direction"),
        sa.ForeignKeyConstraint(
            ["fair_id", "request_id"], ["ride_request.fair_id", "ride_request.id"]
        ),
        sa.ForeignKeyConstraint(["fair_id", "departure_id"], ["departure.fair_id", "departure.id"]),
        sa.Index("ix_ride_fair_id_request_id", "fair_id", "request_id"),
        sa.Index("ix_ride_fair_id_departure_id", "fair_id", "departure_id"),
        sa.CheckConstraint("people > 0", name="people"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int]
    request_id: Mapped[int]
    departure_id: Mapped[int]
    stop_id: Mapped[int] = mapped_column(sa.ForeignKey("stop.id"), index=True)
    direction: Mapped[Direction] = mapped_column(closed_set(Direction, "direction"))
    people: Mapped[int]

    request: Mapped[RideRequest] = relationship(lazy="raise", back_populates="rides")
    departure: Mapped[Departure] = relationship(lazy="raise", overlaps="request,rides")
    stop: Mapped[Stop] = relationship(lazy="raise")
