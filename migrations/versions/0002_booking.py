"""booking: arrival windows, waiting list, offers, partners, what households are told"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from jobfair.core.text.sounds import sound_keys

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
LEVELS = ("none", "A1", "A2", "B1", "B2", "C1")
LICENCES = ("none", "B", "C", "D", "forklift")
ROLES = ("organiser", "door", "attendant", "exhibitor")
PHASES = ("draft", "open", "closed", "running", "over")
TEXTS = ("lead", "arrival", "free", "children", "language", "papers", "missed_bus")
KINDS = ("adult", "child")
RIDES = ("seated", "waiting", "cancelled")
FIELDS = (
    "care", "logistics", "metal", "construction", "food", "cleaning", "hospitality", "retail",
    "office", "it", "education", "agriculture", "electrical", "transport", "crafts",
)  # fmt: skip
WIDER = (
    ("role_grant", "role", ROLES, ("partner",)),
    ("fair", "phase", PHASES, ("cancelled",)),
    ("fair_text", "key", TEXTS, ("news",)),
    ("attendee", "kind", KINDS, ("helper",)),
    ("ride_request", "state", RIDES, ("resting",)),
    ("posting", "field", FIELDS, ("science", "media")),
)
NARROWER = (
    "DELETE FROM role_grant WHERE role = 'partner'",
    "DELETE FROM fair_text WHERE key = 'news'",
    "UPDATE fair SET phase = 'over' WHERE phase = 'cancelled'",
    "UPDATE attendee SET kind = 'adult' WHERE kind = 'helper'",
    "UPDATE ride_request SET state = 'cancelled' WHERE state = 'resting'",
    "UPDATE posting SET field = 'crafts' WHERE field IN ('science', 'media')",
)


def _is_one_of(column: str, values: Iterable[str]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _close_set(table: str, column: str, values: Iterable[str]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{column}"), _is_one_of(column, values))


def _fill_sound_keys() -> None:
    people = sa.table(
        "attendee",
        *map(
            sa.column,
            ("id", "sound_key", "given_name", "family_name", "own_given_name", "own_family_name"),
        ),
    )
    bind = op.get_bind()
    filled = [
        {"person": row.id, "key": _sounds(" ".join(row[2:]))}
        for row in bind.execute(sa.select(people))
    ]
    if filled:
        query = sa.update(people).where(people.c.id == sa.bindparam("person"))
        bind.execute(query.values(sound_key=sa.bindparam("key")), filled)


def _sounds(names: str) -> str:
    return "".join(f"|{key}" for key in dict.fromkeys(sound_keys(names)))[:400]


def upgrade() -> None:
    for table, column, before, more in WIDER:
        _close_set(table, column, (*before, *more))
    op.create_table(
        "access_request",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "counsellor",
                "volunteer",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "granted",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_access_request_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_request")),
    )
    with op.batch_alter_table("access_request", schema=None) as batch_op:
        batch_op.create_index("ix_access_request_fair_id_state", ["fair_id", "state"], unique=False)
        batch_op.create_index(
            "uq_access_request_open",
            ["fair_id", "email"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "arrival_window",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("capacity", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("taken", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_arrival_window_times")),
        sa.CheckConstraint(
            "taken >= 0 AND taken <= capacity", name=op.f("ck_arrival_window_places")
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_arrival_window_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_window")),
        sa.UniqueConstraint("fair_id", "id", name=op.f("uq_arrival_window_fair_id_id")),
        sa.UniqueConstraint(
            "fair_id", "starts_at", "label", name=op.f("uq_arrival_window_fair_id_starts_at_label")
        ),
    )
    op.create_table(
        "partner",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "job_centre",
                "migration_centre",
                "municipality",
                "volunteers",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_partner_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("fair_id", "id", name=op.f("uq_partner_fair_id_id")),
        sa.UniqueConstraint("fair_id", "name", name=op.f("uq_partner_fair_id_name")),
    )
    op.create_table(
        "sponsor",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_sponsor_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsor")),
    )
    with op.batch_alter_table("sponsor", schema=None) as batch_op:
        batch_op.create_index("ix_sponsor_fair_id_position", ["fair_id", "position"], unique=False)

    op.create_table(
        "import_list",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "partner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["fair_id", "partner_id"],
            ["partner.fair_id", "partner.id"],
            name=op.f("fk_import_list_fair_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_import_list_fair_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_import_list_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_list")),
        sa.UniqueConstraint("fair_id", "id", name=op.f("uq_import_list_fair_id_id")),
    )
    with op.batch_alter_table("import_list", schema=None) as batch_op:
        batch_op.create_index(
            "ix_import_list_fair_id_partner_id", ["fair_id", "partner_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_import_list_updated_at"), ["updated_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_list_user_id"), ["user_id"], unique=False)

    op.create_table(
        "partner_group",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "partner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("same_bus", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fair_id", "partner_id"],
            ["partner.fair_id", "partner.id"],
            name=op.f("fk_partner_group_fair_id_partner_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_group")),
        sa.UniqueConstraint("fair_id", "id", name=op.f("uq_partner_group_fair_id_id")),
        sa.UniqueConstraint(
            "fair_id", "partner_id", "name", name=op.f("uq_partner_group_fair_id_partner_id_name")
        ),
    )
    op.create_table(
        "partner_member",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "partner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "counsellor",
                "volunteer",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["fair_id", "partner_id"],
            ["partner.fair_id", "partner.id"],
            name=op.f("fk_partner_member_fair_id_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_partner_member_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_member")),
        sa.UniqueConstraint("fair_id", "user_id", name=op.f("uq_partner_member_fair_id_user_id")),
    )
    with op.batch_alter_table("partner_member", schema=None) as batch_op:
        batch_op.create_index(
            "ix_partner_member_fair_id_partner_id", ["fair_id", "partner_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_partner_member_user_id"), ["user_id"], unique=False)

    op.create_table(
        "import_row",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column(
            "household_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["fair_id", "household_id"],
            ["household.fair_id", "household.id"],
            name=op.f("fk_import_row_fair_id_household_id"),
        ),
        sa.ForeignKeyConstraint(
            ["fair_id", "list_id"],
            ["import_list.fair_id", "import_list.id"],
            name=op.f("fk_import_row_fair_id_list_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("list_id", "number", name=op.f("uq_import_row_list_id_number")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(
            "ix_import_row_fair_id_household_id", ["fair_id", "household_id"], unique=False
        )
        batch_op.create_index("ix_import_row_fair_id_list_id", ["fair_id", "list_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "household_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("once_key", sa.String(length=80), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "mail",
                "person",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("mail_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("german", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["fair_id", "household_id"],
            ["household.fair_id", "household.id"],
            name=op.f("fk_notice_fair_id_household_id"),
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_notice_fair_id")),
        sa.ForeignKeyConstraint(["mail_id"], ["outbox_mail.id"], name=op.f("fk_notice_mail_id")),
        sa.ForeignKeyConstraint(["told_by"], ["user_account.id"], name=op.f("fk_notice_told_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("once_key", name=op.f("uq_notice_once_key")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_fair_id_household_id", ["fair_id", "household_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_notice_mail_id"), ["mail_id"], unique=False)
        batch_op.create_index("ix_notice_open", ["fair_id", "channel", "told_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_told_by"), ["told_by"], unique=False)

    op.create_table(
        "offer",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "household_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "places", "seats", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "declined",
                "expired",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("window_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("people", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at IS NULL OR told_at IS NOT NULL", name=op.f("ck_offer_told")),
        sa.CheckConstraint("people > 0", name=op.f("ck_offer_people")),
        sa.ForeignKeyConstraint(
            ["fair_id", "household_id"],
            ["household.fair_id", "household.id"],
            name=op.f("fk_offer_fair_id_household_id"),
        ),
        sa.ForeignKeyConstraint(
            ["fair_id", "window_id"],
            ["arrival_window.fair_id", "arrival_window.id"],
            name=op.f("fk_offer_fair_id_window_id"),
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_offer_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_offer_fair_id_household_id", ["fair_id", "household_id"], unique=False
        )
        batch_op.create_index("ix_offer_fair_id_window_id", ["fair_id", "window_id"], unique=False)
        batch_op.create_index("ix_offer_state", ["state", "expires_at"], unique=False)
        batch_op.create_index(
            "uq_offer_open",
            ["household_id", "kind"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "known_distinct",
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "second_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_known_distinct_order")),
        sa.ForeignKeyConstraint(
            ["fair_id", "first_id"],
            ["attendee.fair_id", "attendee.id"],
            name=op.f("fk_known_distinct_fair_id_first_id"),
        ),
        sa.ForeignKeyConstraint(
            ["fair_id", "second_id"],
            ["attendee.fair_id", "attendee.id"],
            name=op.f("fk_known_distinct_fair_id_second_id"),
        ),
        sa.PrimaryKeyConstraint("fair_id", "first_id", "second_id", name=op.f("pk_known_distinct")),
    )
    with op.batch_alter_table("known_distinct", schema=None) as batch_op:
        batch_op.create_index(
            "ix_known_distinct_fair_id_second_id", ["fair_id", "second_id"], unique=False
        )

    op.create_table(
        "need",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("fair_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "attendee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "wheelchair",
                "interpreter",
                "childcare",
                "sign_language",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["fair_id", "attendee_id"],
            ["attendee.fair_id", "attendee.id"],
            name=op.f("fk_need_fair_id_attendee_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("attendee_id", "kind", name=op.f("uq_need_attendee_id_kind")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(
            "ix_need_fair_id_attendee_id", ["fair_id", "attendee_id"], unique=False
        )

    with op.batch_alter_table("attendee") as batch:
        batch.add_column(sa.Column("sound_key", sa.String(400), nullable=False, server_default=""))
        batch.add_column(sa.Column("speaks", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("german_level", sa.String(32), nullable=True))
        batch.add_column(sa.Column("work", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("licence", sa.String(32), nullable=True))
        batch.create_check_constraint(
            op.f("ck_attendee_german_level"), _is_one_of("german_level", LEVELS)
        )
        batch.create_check_constraint(op.f("ck_attendee_licence"), _is_one_of("licence", LICENCES))
    _fill_sound_keys()
    with op.batch_alter_table("fair") as batch:
        for name in ("on_site_from", "no_shows_released_at", "postponed_from", "news_at"):
            batch.add_column(sa.Column(name, MOMENT, nullable=True))
    _widen_household()
    with op.batch_alter_table("outbox_mail") as batch:
        batch.add_column(sa.Column("attachments", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("bounced_at", MOMENT, nullable=True))
    for table, names in DEFAULTS:
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.alter_column(name, server_default=None)


DEFAULTS = (
    ("attendee", ("sound_key", "speaks", "work")),
    ("household", ("take_at_once", "passed_over")),
    ("outbox_mail", ("attachments",)),
)
LINKS = (
    ("window_id", "arrival_window"),
    ("partner_id", "partner"),
    ("group_id", "partner_group"),
)


def _widen_household() -> None:
    with op.batch_alter_table("household") as batch:
        for name in ("window_id", "partner_id", "group_id", "registered_by"):
            batch.add_column(sa.Column(name, BIG, nullable=True))
        for name in ("waiting_since", "released_at", "email_failed_at"):
            batch.add_column(sa.Column(name, MOMENT, nullable=True))
        batch.add_column(
            sa.Column("take_at_once", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch.add_column(sa.Column("passed_over", BIG, nullable=False, server_default="0"))
    op.execute("UPDATE household SET waiting_since = registered_at WHERE state = 'waitlisted'")
    with op.batch_alter_table("household") as batch:
        batch.create_check_constraint(
            op.f("ck_household_waiting"),
            "(state = 'waitlisted') = (waiting_since IS NOT NULL)",
        )
        batch.drop_index("ix_household_fair_id_state")
        batch.create_index("ix_household_fair_id_state", ["fair_id", "state", "waiting_since"])
        batch.create_index(op.f("ix_household_registered_by"), ["registered_by"])
        batch.create_foreign_key(
            op.f("fk_household_registered_by"), "user_account", ["registered_by"], ["id"]
        )
        for column, table in LINKS:
            batch.create_index(f"ix_household_fair_id_{column}", ["fair_id", column])
            batch.create_foreign_key(
                op.f(f"fk_household_fair_id_{column}"),
                table,
                ["fair_id", column],
                ["fair_id", "id"],
            )


def downgrade() -> None:
    with op.batch_alter_table("outbox_mail") as batch:
        batch.drop_column("bounced_at")
        batch.drop_column("attachments")
    _narrow_household()
    with op.batch_alter_table("fair") as batch:
        for name in ("news_at", "postponed_from", "no_shows_released_at", "on_site_from"):
            batch.drop_column(name)
    with op.batch_alter_table("attendee") as batch:
        batch.drop_constraint(op.f("ck_attendee_german_level"), type_="check")
        batch.drop_constraint(op.f("ck_attendee_licence"), type_="check")
        for name in ("licence", "work", "german_level", "speaks", "sound_key"):
            batch.drop_column(name)
    for table in NEW_TABLES:
        op.drop_table(table)
    for statement in NARROWER:
        op.execute(statement)
    for table, column, before, _more in WIDER:
        _close_set(table, column, before)


NEW_TABLES = (
    "need", "known_distinct", "offer", "notice", "import_row", "import_list", "partner_member",
    "partner_group", "sponsor", "partner", "arrival_window", "access_request",
)  # fmt: skip


def _narrow_household() -> None:
    with op.batch_alter_table("household") as batch:
        for column, _table in LINKS:
            batch.drop_constraint(op.f(f"fk_household_fair_id_{column}"), type_="foreignkey")
            batch.drop_index(f"ix_household_fair_id_{column}")
        batch.drop_constraint(op.f("fk_household_registered_by"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_household_waiting"), type_="check")
        batch.drop_index(op.f("ix_household_registered_by"))
        batch.drop_index("ix_household_fair_id_state")
        batch.create_index("ix_household_fair_id_state", ["fair_id", "state"])
        for name in (
            "email_failed_at", "released_at", "waiting_since", "registered_by", "group_id",
            "partner_id", "passed_over", "take_at_once", "window_id",
        ):  # fmt: skip
            batch.drop_column(name)
