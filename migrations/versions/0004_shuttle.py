"""shuttle: plans, waves, buses; what is asked, held and found out; wheelchair places; delays"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WIDER = (
    ("offer", "kind", ("places", "seats"), ("move",)),
    ("door_item", "kind", ("walk_in", "undo", "override", "resolve"), ("late", "close")),
)
NARROWER = (
    "DELETE FROM offer WHERE kind = 'move'",
    "DELETE FROM door_item WHERE kind IN ('late', 'close')",
)
NEW = (
    "road_table", "shuttle_run", "shuttle_plan", "shuttle_settings", "wave", "bus_type",
    "bus_answer", "ride_hold", "ride_alternative", "delay",
)  # fmt: skip
WAYS = ("out", "back")


def _is_one_of(column: str, values: Iterable[str]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _close_set(table: str, column: str, values: Iterable[str]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{column}"), _is_one_of(column, values))


def _closed(table: str, column: str, values: Iterable[str]) -> sa.CheckConstraint:
    return sa.CheckConstraint(_is_one_of(column, values), name=op.f(f"ck_{table}_{column}"))


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _id(table: str, kind: sa.types.TypeEngine[object] = BIG) -> tuple[object, ...]:
    column = sa.Column("id", kind, autoincrement=kind is BIG, nullable=False)
    return column, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _link(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _fair_link(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_fair_id_{column}")
    return sa.ForeignKeyConstraint(
        ["fair_id", column], [f"{other}.fair_id", f"{other}.id"], name=name
    )


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _number(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, BIG, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, MOMENT, nullable=nullable)


def _words(name: str, length: int) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=False)


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_fair_id_{column}", table, ["fair_id", column])


def upgrade() -> None:
    with op.batch_alter_table("stop") as batch:
        for name in ("lat", "lon"):
            batch.alter_column(name, existing_type=sa.Double(), nullable=True)
        batch.create_check_constraint(op.f("ck_stop_place"), "(lat IS NULL) = (lon IS NULL)")
    with op.batch_alter_table("offer") as batch:
        batch.create_unique_constraint(op.f("uq_offer_fair_id_id"), ["fair_id", "id"])
    for table, column, before, more in WIDER:
        _close_set(table, column, (*before, *more))
    _widen_departures()
    _widen_requests()
    _widen("ride", {"wheelchairs": "0"})
    with op.batch_alter_table("ride") as batch:
        batch.create_check_constraint(
            op.f("ck_ride_wheelchairs"), "wheelchairs >= 0 AND wheelchairs <= people"
        )
    _make_alternatives()
    _make_holds()
    _make_day()
    _make_settings()
    _make_plans()


def _widen(table: str, numbers: dict[str, str]) -> None:
    """Add columns of numbers; the rows that are there get the given value."""
    with op.batch_alter_table(table) as batch:
        for name, value in numbers.items():
            batch.add_column(sa.Column(name, BIG, nullable=False, server_default=value))
    with op.batch_alter_table(table) as batch:
        for name in numbers:
            batch.alter_column(name, existing_type=BIG, server_default=None)


def _widen_departures() -> None:
    _widen("departure", {"wheelchairs_taken": "0"})
    with op.batch_alter_table("departure") as batch:
        batch.add_column(sa.Column("bus", sa.String(120), nullable=False, server_default=""))
        batch.add_column(_number("block", nullable=True))
        batch.add_column(_moment("closed_at", nullable=True))
    with op.batch_alter_table("departure") as batch:
        batch.alter_column("bus", existing_type=sa.String(120), server_default=None)
        batch.create_check_constraint(
            op.f("ck_departure_wheelchairs"),
            "wheelchairs_taken >= 0 AND wheelchairs_taken <= wheelchairs",
        )


def _widen_requests() -> None:
    numbers = ("flexibility", "wheelchairs", "prams", "priority")
    _widen("ride_request", dict.fromkeys(numbers, "0"))
    with op.batch_alter_table("ride_request") as batch:
        batch.add_column(_number("out_wave", nullable=True))
        batch.add_column(_moment("displaced_at", nullable=True))
        batch.add_column(
            sa.Column("only_by_bus", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute("UPDATE ride_request SET out_wave = 0, flexibility = 20 WHERE ways <> 'back'")
    with op.batch_alter_table("ride_request") as batch:
        batch.alter_column("only_by_bus", existing_type=sa.Boolean(), server_default=None)
        for name, condition in {
            "out_wave": "(ways = 'back') = (out_wave IS NULL)",
            "wheelchairs": "wheelchairs >= 0 AND wheelchairs <= people",
            "flexibility": "flexibility >= 0",
            "priority": "priority BETWEEN 0 AND 2",
        }.items():
            batch.create_check_constraint(op.f(f"ck_ride_request_{name}"), condition)


def _make_alternatives() -> None:
    op.create_table(
        "ride_alternative",
        *_id("ride_alternative"),
        _number("fair_id"),
        _number("request_id"),
        _number("stop_id"),
        _number("position"),
        _fair_link("ride_alternative", "request_id", "ride_request"),
        _link("ride_alternative", "stop_id", "stop"),
        _unique("ride_alternative", "request_id", "stop_id"),
    )
    _indexes("ride_alternative", "request_id")
    op.create_index(op.f("ix_ride_alternative_stop_id"), "ride_alternative", ["stop_id"])


def _make_holds() -> None:
    op.create_table(
        "ride_hold",
        *_id("ride_hold"),
        *(_number(name) for name in ("fair_id", "offer_id", "departure_id", "stop_id")),
        _words("direction", 32),
        _number("people"),
        _number("wheelchairs"),
        _fair_link("ride_hold", "offer_id", "offer"),
        _fair_link("ride_hold", "departure_id", "departure"),
        _link("ride_hold", "stop_id", "stop"),
        _unique("ride_hold", "offer_id", "direction"),
        _closed("ride_hold", "direction", WAYS),
        _check("ride_hold", "people", "people > 0"),
        _check("ride_hold", "wheelchairs", "wheelchairs >= 0 AND wheelchairs <= people"),
    )
    _indexes("ride_hold", "offer_id", "departure_id")
    op.create_index(op.f("ix_ride_hold_stop_id"), "ride_hold", ["stop_id"])


def _make_day() -> None:
    op.create_table(
        "delay",
        *_id("delay", sa.Uuid()),
        *(_number(name) for name in ("fair_id", "departure_id", "minutes", "position")),
        _moment("made_at"),
        _number("device_id", nullable=True),
        _number("user_id", nullable=True),
        _link("delay", "fair_id", "fair"),
        _link("delay", "user_id", "user_account"),
        _fair_link("delay", "departure_id", "departure"),
        _fair_link("delay", "device_id", "device"),
        _check("delay", "minutes", "minutes <> 0"),
    )
    _indexes("delay", "departure_id", "device_id")
    op.create_index(op.f("ix_delay_user_id"), "delay", ["user_id"])
    op.create_table(
        "bus_answer",
        *_id("bus_answer", sa.Uuid()),
        *(_number(name) for name in ("fair_id", "departure_id", "attendee_id")),
        _words("answer", 32),
        _moment("made_at"),
        _number("device_id", nullable=True),
        _number("user_id", nullable=True),
        _link("bus_answer", "fair_id", "fair"),
        _link("bus_answer", "user_id", "user_account"),
        _fair_link("bus_answer", "departure_id", "departure"),
        _fair_link("bus_answer", "attendee_id", "attendee"),
        _fair_link("bus_answer", "device_id", "device"),
        _closed("bus_answer", "answer", ("later_bus", "otherwise", "reached", "not_found")),
    )
    _indexes("bus_answer", "departure_id", "attendee_id", "device_id")
    op.create_index(op.f("ix_bus_answer_user_id"), "bus_answer", ["user_id"])


def _make_settings() -> None:
    op.create_table(
        "bus_type",
        *_id("bus_type"),
        _number("fair_id"),
        _words("name", 120),
        *(_number(name) for name in ("seats", "wheelchairs", "count", "cost_cents")),
        _link("bus_type", "fair_id", "fair"),
        _unique("bus_type", "fair_id", "name"),
        _check("bus_type", "places", "seats > 0 AND wheelchairs >= 0"),
        _check("bus_type", "count", "count >= 0"),
        _check("bus_type", "cost", "cost_cents >= 0"),
    )
    op.create_table(
        "wave",
        *_id("wave"),
        _number("fair_id"),
        _number("number"),
        _moment("arrives_at", nullable=True),
        _moment("returns_at", nullable=True),
        _link("wave", "fair_id", "fair"),
        _unique("wave", "fair_id", "number"),
        _check("wave", "times", "arrives_at IS NOT NULL OR returns_at IS NOT NULL"),
    )
    op.create_table(
        "shuttle_settings",
        *_id("shuttle_settings"),
        _number("fair_id"),
        _number("max_ride_s"),
        sa.Column("direct_factor", sa.Double(), nullable=False),
        _number("stop_s"),
        _number("board_s"),
        sa.Column("speed_kmh", sa.Double(), nullable=False),
        sa.Column("detour", sa.Double(), nullable=False),
        _number("km_cents"),
        _number("riders", nullable=True),
        _link("shuttle_settings", "fair_id", "fair"),
        _unique("shuttle_settings", "fair_id"),
    )


def _make_plans() -> None:
    op.create_table(
        "shuttle_plan",
        *_id("shuttle_plan"),
        _number("fair_id"),
        *(_words(name, 32) for name in ("source", "state", "roads")),
        sa.Column("document", sa.JSON(), nullable=False),
        _number("version"),
        _moment("made_at"),
        _number("made_by", nullable=True),
        _moment("published_at", nullable=True),
        _link("shuttle_plan", "fair_id", "fair"),
        _link("shuttle_plan", "made_by", "user_account"),
        _unique("shuttle_plan", "fair_id", "id"),
        _closed("shuttle_plan", "source", ("requests", "estimate", "hand")),
        _closed("shuttle_plan", "state", ("draft", "published", "replaced")),
        _closed("shuttle_plan", "roads", ("direct", "server", "fallback")),
    )
    op.create_index(op.f("ix_shuttle_plan_made_by"), "shuttle_plan", ["made_by"])
    _make_runs()
    op.create_table(
        "road_table",
        *_id("road_table"),
        _number("fair_id"),
        _words("digest", 64),
        sa.Column("times", sa.JSON(), nullable=False),
        _moment("fetched_at"),
        _link("road_table", "fair_id", "fair"),
        _unique("road_table", "fair_id", "digest"),
    )


def _make_runs() -> None:
    op.create_table(
        "shuttle_run",
        *_id("shuttle_run"),
        _number("fair_id"),
        _words("kind", 32),
        _words("state", 32),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        _number("plan_id", nullable=True),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        _words("error", 60),
        _moment("asked_at"),
        _number("asked_by", nullable=True),
        *(_moment(name, nullable=True) for name in ("started_at", "seen_at", "ended_at")),
        _link("shuttle_run", "fair_id", "fair"),
        _link("shuttle_run", "asked_by", "user_account"),
        _fair_link("shuttle_run", "plan_id", "shuttle_plan"),
        _closed("shuttle_run", "kind", ("plan", "seats")),
        _closed("shuttle_run", "state", ("queued", "running", "done", "failed", "cancelled")),
    )
    _indexes("shuttle_run", "plan_id")
    op.create_index(op.f("ix_shuttle_run_asked_by"), "shuttle_run", ["asked_by"])
    where = sa.text("state IN ('queued', 'running')")
    op.create_index(
        "uq_shuttle_run_open",
        "shuttle_run",
        ["fair_id", "kind"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


def downgrade() -> None:
    for table in NEW:
        op.drop_table(table)
    for statement in NARROWER:
        op.execute(statement)
    for table, column, before, _more in WIDER:
        _close_set(table, column, before)
    with op.batch_alter_table("offer") as batch:
        batch.drop_constraint(op.f("uq_offer_fair_id_id"), type_="unique")
    checks = {"ride": ("wheelchairs",), "departure": ("wheelchairs",)}
    checks["ride_request"] = ("out_wave", "wheelchairs", "flexibility", "priority")
    for table, names in checks.items():
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    dropped = {"ride": ("wheelchairs",)}
    dropped["departure"] = ("wheelchairs_taken", "bus", "block", "closed_at")
    dropped["ride_request"] = (
        "out_wave", "flexibility", "wheelchairs", "prams", "only_by_bus", "priority",
        "displaced_at",
    )  # fmt: skip
    for table, names in dropped.items():
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)
    op.execute("UPDATE stop SET lat = 52.0, lon = 8.0 WHERE lat IS NULL")
    with op.batch_alter_table("stop") as batch:
        batch.drop_constraint(op.f("ck_stop_place"), type_="check")
        for name in ("lat", "lon"):
            batch.alter_column(name, existing_type=sa.Double(), nullable=False)
