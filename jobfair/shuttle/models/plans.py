"""Tables of planning: buses, waves, settings, plans, runs of an optimiser, road times."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.core.db import Base, Id, Json, closed_set
from jobfair.shuttle.rules import (
    NAME_MOST,
    DemandSource,
    PlanState,
    Roads,
    RunKind,
    RunState,
)

OPEN_RUN = "state IN ('queued', 'running')"


class BusType(Base):
    """A kind of bus that can be had for the fair: how many, and what one costs for the day."""

    __tablename__ = "bus_type"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "name"),
        sa.CheckConstraint("seats > 0 AND wheelchairs >= 0", name="places"),
        sa.CheckConstraint("count >= 0", name="count"),
        sa.CheckConstraint("cost_cents >= 0", name="cost"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    name: Mapped[str] = mapped_column(sa.String(NAME_MOST))
    seats: Mapped[int]
    wheelchairs: Mapped[int] = mapped_column(default=0)
    count: Mapped[int]
    cost_cents: Mapped[int] = mapped_column(default=0)


class Wave(Base):
    """A time at which buses arrive at the fair, a time at which they leave for home, or both."""

    __tablename__ = "wave"
    __table_args__ = (
        sa.UniqueConstraint("fair_id", "number"),
        sa.CheckConstraint("arrives_at IS NOT NULL OR returns_at IS NOT NULL", name="times"),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    number: Mapped[int]
    arrives_at: Mapped[datetime | None]
    returns_at: Mapped[datetime | None]


class ShuttleSettings(Base):
    """What a fair's plans keep to: how long people may ride, how fast buses are, what a km costs.

    `riders` is how many people are expected where nobody has asked yet.
    """

    __tablename__ = "shuttle_settings"
    __table_args__ = (sa.UniqueConstraint("fair_id"),)

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    max_ride_s: Mapped[int] = mapped_column(default=4500)
    direct_factor: Mapped[float] = mapped_column(default=1.25)
    stop_s: Mapped[int] = mapped_column(default=60)
    board_s: Mapped[int] = mapped_column(default=15)
    speed_kmh: Mapped[float] = mapped_column(default=50.0)
    detour: Mapped[float] = mapped_column(default=1.3)
    km_cents: Mapped[int] = mapped_column(default=200)
    riders: Mapped[int | None]


class ShuttlePlan(Base):
    """Routes and times as a document, changed by hand until it is published.

    `version` counts the changes, so that two who change it at the same time notice each other.
    """

    __tablename__ = "shuttle_plan"
    __table_args__ = (sa.UniqueConstraint("fair_id", "id"),)

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    source: Mapped[DemandSource] = mapped_column(closed_set(DemandSource, "source"))
    state: Mapped[PlanState] = mapped_column(closed_set(PlanState, "state"))
    roads: Mapped[Roads] = mapped_column(closed_set(Roads, "roads"))
    document: Mapped[dict[str, Any]] = mapped_column(Json)
    version: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    published_at: Mapped[datetime | None]


class ShuttleRun(Base):
    """Work of an optimiser in the background: asked for, under way, ended; one of a kind at once.

    `seen_at` is when the worker last wrote; one that is silent for long is taken for interrupted.
    """

    __tablename__ = "shuttle_run"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["fair_id", "plan_id"], ["shuttle_plan.fair_id", "shuttle_plan.id"]
        ),
        sa.Index("ix_shuttle_run_fair_id_plan_id", "fair_id", "plan_id"),
        sa.Index(
            "uq_shuttle_run_open",
            "fair_id",
            "kind",
            unique=True,
            sqlite_where=sa.text(OPEN_RUN),
            postgresql_where=sa.text(OPEN_RUN),
        ),
    )

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    kind: Mapped[RunKind] = mapped_column(closed_set(RunKind, "kind"))
    state: Mapped[RunState] = mapped_column(closed_set(RunState, "state"))
    wish: Mapped[dict[str, Any]] = mapped_column(Json)
    progress: Mapped[dict[str, Any]] = mapped_column(Json)
    plan_id: Mapped[int | None]
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str] = mapped_column(sa.String(60), default="")
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    started_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class RoadTable(Base):
    """Road times between places as a server told them, kept for the fair; `digest` says which."""

    __tablename__ = "road_table"
    __table_args__ = (sa.UniqueConstraint("fair_id", "digest"),)

    id: Mapped[Id]
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id"))
    digest: Mapped[str] = mapped_column(sa.String(64))
    times: Mapped[dict[str, Any]] = mapped_column(Json)
    fetched_at: Mapped[datetime]
