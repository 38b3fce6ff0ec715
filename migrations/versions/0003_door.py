"""door: stations, shifts, devices, conflicts; what a scan was decided on; what changed when"""

from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ACTORS = ("user", "link", "visitor", "system")
DIRECTIONS = ("in", "out")
OUTCOMES = (
    "admitted", "already_inside", "left", "not_inside", "cancelled", "waitlisted", "blocked",
    "wrong_fair", "unknown", "full",
)  # fmt: skip
IN_BUSES = ("boarded", "already_boarded", "alighted", "wrong_departure")
WIDER = (
    ("audit_entry", "actor_kind", ACTORS, ("device",)),
    ("scan", "direction", DIRECTIONS, ("board", "alight")),
    ("scan", "outcome", OUTCOMES, IN_BUSES),
)
NARROWER = (
    "DELETE FROM audit_entry WHERE actor_kind = 'device'",
    "DELETE FROM scan WHERE direction IN ('board', 'alight')",
)
STAMPED = ("household", "attendee", "badge_code")
SCAN_LINKS = (("device_id", "device"), ("room_id", "room"), ("departure_id", "departure"))
FEW = {
    "badge": "attendee_id IS NULL",
    "room_id": "room_id IS NOT NULL",
    "departure_id": "departure_id IS NOT NULL",
    "undone_at": "undone_at IS NOT NULL",
}
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def _is_one_of(column: str, values: Iterable[str]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _close_set(table: str, column: str, values: Iterable[str]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{column}"), _is_one_of(column, values))


def _closed(table: str, column: str, values: Iterable[str]) -> sa.CheckConstraint:
    return sa.CheckConstraint(_is_one_of(column, values), name=op.f(f"ck_{table}_{column}"))


def _id(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    column = sa.Column("id", BIG, autoincrement=True, nullable=False)
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


def upgrade() -> None:
    with op.batch_alter_table("room") as batch:
        batch.add_column(sa.Column("capacity", BIG, nullable=True))
    with op.batch_alter_table("room") as batch:
        batch.create_check_constraint(op.f("ck_room_capacity"), "capacity > 0")
    _make_stations()
    _make_shifts()
    _make_devices()
    for table in STAMPED:
        _stamp(table)
    with op.batch_alter_table("badge_code") as batch:
        batch.add_column(sa.Column("device_id", BIG, nullable=True))
        batch.create_index("ix_badge_code_fair_id_device_id", ["fair_id", "device_id"])
    with op.batch_alter_table("badge_code") as batch:
        batch.create_foreign_key(
            op.f("fk_badge_code_fair_id_device_id"),
            "device",
            ["fair_id", "device_id"],
            ["fair_id", "id"],
        )
    for table, column, before, more in WIDER:
        _close_set(table, column, (*before, *more))
    _widen_scan()
    _make_conflicts()
    _make_items()


def _make_stations() -> None:
    op.create_table(
        "station",
        *_id("station"),
        sa.Column("fair_id", BIG, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("room_id", BIG, nullable=True),
        sa.Column("position", BIG, nullable=False),
        _link("station", "fair_id", "fair"),
        _fair_link("station", "room_id", "room"),
        _unique("station", "fair_id", "id"),
        _unique("station", "fair_id", "name"),
        _closed("station", "kind", ("entrance", "exit", "hall")),
        sa.CheckConstraint("(kind = 'hall') = (room_id IS NOT NULL)", name=op.f("ck_station_room")),
    )
    op.create_index("ix_station_fair_id_room_id", "station", ["fair_id", "room_id"])
    op.execute(
        "INSERT INTO station (fair_id, name, kind, position)"
        " SELECT id, 'Eingang', 'entrance', 0 FROM fair"
    )


def _make_shifts() -> None:
    op.create_table(
        "shift",
        *_id("shift"),
        sa.Column("fair_id", BIG, nullable=False),
        sa.Column("code", sa.String(10), nullable=True),
        sa.Column("proof", sa.String(64), nullable=True),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("samples", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("made_by", BIG, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        _link("shift", "fair_id", "fair"),
        _link("shift", "made_by", "user_account"),
        _unique("shift", "fair_id", "id"),
        sa.CheckConstraint("ends_at > made_at", name=op.f("ck_shift_times")),
    )
    op.create_index(op.f("ix_shift_made_by"), "shift", ["made_by"])


def _make_devices() -> None:
    op.create_table(
        "device",
        *_id("device"),
        sa.Column("fair_id", BIG, nullable=False),
        sa.Column("shift_id", BIG, nullable=False),
        sa.Column("station_id", BIG, nullable=True),
        sa.Column("departure_id", BIG, nullable=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("direction", sa.String(32), nullable=False),
        sa.Column("pairing_hash", sa.String(64), nullable=True),
        sa.Column("pairing_until", MOMENT, nullable=False),
        sa.Column("pin_hash", sa.String(64), nullable=True),
        sa.Column("pin_tries", BIG, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=True),
        sa.Column("made_by", BIG, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        *(
            sa.Column(name, MOMENT, nullable=True)
            for name in ("paired_at", "revoked_at", "wiped_at", "seen_at")
        ),
        *(sa.Column(name, BIG, nullable=True) for name in ("offset_ms", "unsent", "battery")),
        _link("device", "fair_id", "fair"),
        _link("device", "made_by", "user_account"),
        _fair_link("device", "shift_id", "shift"),
        _fair_link("device", "station_id", "station"),
        _fair_link("device", "departure_id", "departure"),
        _unique("device", "fair_id", "id"),
        _unique("device", "pairing_hash"),
        _unique("device", "token_hash"),
        _closed("device", "kind", ("steward", "supervisor", "attendant")),
        _closed("device", "direction", ("in", "out", "both")),
        sa.CheckConstraint(
            "(station_id IS NULL) <> (departure_id IS NULL)", name=op.f("ck_device_place")
        ),
    )
    for column in ("shift_id", "station_id", "departure_id"):
        op.create_index(f"ix_device_fair_id_{column}", "device", ["fair_id", column])
    op.create_index(op.f("ix_device_made_by"), "device", ["made_by"])


def _stamp(table: str) -> None:
    """Give the table the time of its rows' last change; for old rows it is long ago."""
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column("changed_at", MOMENT, nullable=True))
    rows = sa.table(table, sa.column("changed_at", MOMENT))
    op.execute(rows.update().values(changed_at=LONG_AGO))
    with op.batch_alter_table(table) as batch:
        batch.alter_column("changed_at", existing_type=MOMENT, nullable=False)
        batch.create_index(f"ix_{table}_fair_id_changed_at", ["fair_id", "changed_at"])


def _widen_scan() -> None:
    with op.batch_alter_table("scan") as batch:
        for column, _table in SCAN_LINKS:
            batch.add_column(sa.Column(column, BIG, nullable=True))
        batch.add_column(sa.Column("decided", sa.String(32), nullable=True))
        for name in ("offline", "passed", "conflict"):
            batch.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
    op.execute(
        "UPDATE scan SET passed = true WHERE attendee_id IS NOT NULL"
        " AND outcome IN ('admitted', 'left', 'not_inside')"
    )
    with op.batch_alter_table("scan") as batch:
        for name in ("offline", "passed", "conflict"):
            batch.alter_column(name, existing_type=sa.Boolean(), server_default=None)
        batch.create_check_constraint(
            op.f("ck_scan_decided"), _is_one_of("decided", (*OUTCOMES, *IN_BUSES))
        )
        batch.create_index("ix_scan_fair_id_received_at", ["fair_id", "received_at"])
        batch.create_index("ix_scan_fair_id_device_id", ["fair_id", "device_id"])
        for column, table in SCAN_LINKS:
            batch.create_foreign_key(
                op.f(f"fk_scan_fair_id_{column}"), table, ["fair_id", column], ["fair_id", "id"]
            )


    for column, condition in FEW.items():
        where = sa.text(condition)
        op.create_index(
            f"ix_scan_fair_id_{column}",
            "scan",
            ["fair_id", column],
            sqlite_where=where,
            postgresql_where=where,
        )


def _make_conflicts() -> None:
    op.create_table(
        "conflict",
        *_id("conflict"),
        sa.Column("fair_id", BIG, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.Column("resolved_by", BIG, nullable=True),
        sa.Column("resolved_on", BIG, nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        _link("conflict", "fair_id", "fair"),
        _link("conflict", "scan_id", "scan"),
        _link("conflict", "other_id", "scan"),
        _link("conflict", "resolved_by", "user_account"),
        _fair_link("conflict", "resolved_on", "device"),
        _unique("conflict", "scan_id", "kind"),
        _closed("conflict", "kind", ("double_admission", "not_admissible", "never_issued")),
    )
    op.create_index("ix_conflict_fair_id_resolved_at", "conflict", ["fair_id", "resolved_at"])
    op.create_index("ix_conflict_fair_id_resolved_on", "conflict", ["fair_id", "resolved_on"])
    op.create_index(op.f("ix_conflict_other_id"), "conflict", ["other_id"])
    op.create_index(op.f("ix_conflict_resolved_by"), "conflict", ["resolved_by"])


def _make_items() -> None:
    op.create_table(
        "door_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fair_id", BIG, nullable=False),
        sa.Column("device_id", BIG, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_item")),
        _link("door_item", "fair_id", "fair"),
        _fair_link("door_item", "device_id", "device"),
        _closed("door_item", "kind", ("walk_in", "undo", "override", "resolve")),
    )
    op.create_index("ix_door_item_fair_id_device_id", "door_item", ["fair_id", "device_id"])


def downgrade() -> None:
    op.drop_table("door_item")
    op.drop_table("conflict")
    _narrow_scan()
    for statement in NARROWER:
        op.execute(statement)
    for table, column, before, _more in WIDER:
        _close_set(table, column, before)
    with op.batch_alter_table("badge_code") as batch:
        batch.drop_constraint(op.f("fk_badge_code_fair_id_device_id"), type_="foreignkey")
        batch.drop_index("ix_badge_code_fair_id_device_id")
        batch.drop_column("device_id")
    for table in STAMPED:
        with op.batch_alter_table(table) as batch:
            batch.drop_index(f"ix_{table}_fair_id_changed_at")
            batch.drop_column("changed_at")
    for table in ("device", "shift", "station"):
        op.drop_table(table)
    with op.batch_alter_table("room") as batch:
        batch.drop_constraint(op.f("ck_room_capacity"), type_="check")
        batch.drop_column("capacity")


def _narrow_scan() -> None:
    for column in FEW:
        op.drop_index(f"ix_scan_fair_id_{column}", "scan")
    with op.batch_alter_table("scan") as batch:
        for column, _table in SCAN_LINKS:
            batch.drop_constraint(op.f(f"fk_scan_fair_id_{column}"), type_="foreignkey")
        batch.drop_index("ix_scan_fair_id_device_id")
        batch.drop_index("ix_scan_fair_id_received_at")
        batch.drop_constraint(op.f("ck_scan_decided"), type_="check")
        for name in ("conflict", "passed", "offline", "decided", *(c for c, _t in SCAN_LINKS)):
            batch.drop_column(name)
