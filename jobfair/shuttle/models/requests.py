"""Tables of who rides: requests, the stops that would do too, seats, and what offers hold."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobfair.core.db import Base, Id, closed_set
from jobfair.shuttle.models.timetable import Departure, Stop
from jobfair.shuttle.rules import Direction, RequestState, Ways
from jobfair.shuttle.sightings import Answer


class RideRequest(Base):
    """What a household asked of the shuttle, and whether it has its seats; rides whole.

    `people` counts all of them, `wheelchairs` those who take a wheelchair place and no seat.
    `flexibility` is how many waves earlier or later would do. `displaced_at` says since when its
    bus is gone that was sure: it comes first at the next allocation.
    """

    __tablename__ = "ride_request"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "id"),
        sa.UniqueConstraint("household_id"),
        sa.ForeignKeyConstraint(["fair_id", "household_id"], ["household.fair_id", "household.id"]),
        sa.Index("ix_ride_request_fair_id_household_id", "fair_id", "household_id"),
        sa.Index("ix_ride_request_fair_id_state", "fair_id", "state", "requested_at"),
        sa.CheckConstraint("people > 0 OR state = 'cancelled'", name="people"),
        sa.CheckConstraint("(ways = 'out') = (back_wave IS NULL)", name="back_wave"),
        sa.CheckConstraint("(ways = 'back') = (out_wave IS NULL)", name="out_wave"),
        sa.CheckConstraint("wheelchairs >= 0 AND wheelchairs <= people", name="wheelchairs"),
        sa.CheckConstraint("flexibility >= 0", name="flexibility"),
        sa.CheckConstraint("priority BETWEEN 0 AND 2", name="priority"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    household_id: Mapped[int]
    ways: Mapped[Ways] = mapped_column(closed_set(Ways, "ways"))
    stop_id: Mapped[int] = mapped_column(sa.ForeignKey("stop.id"), index=True)
    out_wave: Mapped[int | None]
    back_wave: Mapped[int | None]
    flexibility: Mapped[int] = mapped_column(default=0)
    people: Mapped[int]
    wheelchairs: Mapped[int] = mapped_column(default=0)
    prams: Mapped[int] = mapped_column(default=0)
    only_by_bus: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[int] = mapped_column(default=0)
    displaced_at: Mapped[datetime | None]
    state: Mapped[RequestState] = mapped_column(closed_set(RequestState, "state"))
    requested_at: Mapped[datetime]

    stop: Mapped[Stop] = relationship(lazy="raise")
    rides: Mapped[list["Ride"]] = relationship(lazy="raise", back_populates="request")
    alternatives: Mapped[list["RideAlternative"]] = relationship(
        lazy="raise", order_by="RideAlternative.position"
    )


class RideAlternative(Base):
    """Another stop that would do for the household."""

    __tablename__ = "ride_alternative"
    __table_args__ = (
        sa.UniqueConstraint("request_id", "stop_id"),
        sa.ForeignKeyConstraint(
            ["fair_id", "request_id"], ["ride_request.fair_id", "ride_request.id"]
        ),
        sa.Index("ix_ride_alternative_fair_id_request_id", "fair_id", "request_id"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int]
    request_id: Mapped[int]
    stop_id: Mapped[int] = mapped_column(sa.ForeignKey("stop.id"), index=True)
    position: Mapped[int]

    stop: Mapped[Stop] = relationship(lazy="raise")


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
        sa.CheckConstraint("wheelchairs >= 0 AND wheelchairs <= people", name="wheelchairs"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int]
    request_id: Mapped[int]
    departure_id: Mapped[int]
    stop_id: Mapped[int] = mapped_column(sa.ForeignKey("stop.id"), index=True)
    direction: Mapped[Direction] = mapped_column(closed_set(Direction, "direction"))
    people: Mapped[int]
    wheelchairs: Mapped[int] = mapped_column(default=0)

    request: Mapped[RideRequest] = relationship(lazy="raise", back_populates="rides")
    departure: Mapped[Departure] = relationship(lazy="raise", overlaps="request,rides")
    stop: Mapped[Stop] = relationship(lazy="raise")


class RideHold(Base):
    """Seats that an offer of seats, or of a move, holds on a departure until it is answered."""

    __tablename__ = "ride_hold"
    __table_args__ = (
        sa.UniqueConstraint("offer_id", "direction"),
        sa.ForeignKeyConstraint(["fair_id", "offer_id"], ["offer.fair_id", "offer.id"]),
        sa.ForeignKeyConstraint(["fair_id", "departure_id"], ["departure.fair_id", "departure.id"]),
        sa.Index("ix_ride_hold_fair_id_offer_id", "fair_id", "offer_id"),
        sa.Index("ix_ride_hold_fair_id_departure_id", "fair_id", "departure_id"),
        sa.CheckConstraint("people > 0", name="people"),
        sa.CheckConstraint("wheelchairs >= 0 AND wheelchairs <= people", name="wheelchairs"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int]
    offer_id: Mapped[int]
    departure_id: Mapped[int]
    stop_id: Mapped[int] = mapped_column(sa.ForeignKey("stop.id"), index=True)
    direction: Mapped[Direction] = mapped_column(closed_set(Direction, "direction"))
    people: Mapped[int]
    wheelchairs: Mapped[int] = mapped_column(default=0)


class BusAnswer(Base):
    """What was found out about a person who was missing when a bus home was closed."""

    __tablename__ = "bus_answer"
    __table_args__ = (
        sa.ForeignKeyConstraint(["fair_id", "departure_id"], ["departure.fair_id", "departure.id"]),
        sa.ForeignKeyConstraint(["fair_id", "attendee_id"], ["attendee.fair_id", "attendee.id"]),
        sa.ForeignKeyConstraint(["fair_id", "device_id"], ["device.fair_id", "device.id"]),
        sa.Index("ix_bus_answer_fair_id_departure_id", "fair_id", "departure_id"),
        sa.Index("ix_bus_answer_fair_id_attendee_id", "fair_id", "attendee_id"),
        sa.Index("ix_bus_answer_fair_id_device_id", "fair_id", "device_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    departure_id: Mapped[int]
    attendee_id: Mapped[int]
    answer: Mapped[Answer] = mapped_column(closed_set(Answer, "answer"))
    made_at: Mapped[datetime]
    device_id: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
