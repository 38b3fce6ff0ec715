"""Runs migrations on the application's database, keeping the rows of every table."""

from typing import Any

import sqlalchemy as sa
from alembic import context

from jobfair.core.db import Base, Utc, db


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    if kind == "type" and isinstance(item, Utc):
        return "sa.DateTime(timezone=True)"
    return False


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave the queue's tables alone, which PostgreSQL keeps beside ours."""
    return kind != "table" or not str(name).startswith("huey_")


def run() -> None:
    """Migrate; SQLite's foreign keys are off while parents are recreated, and checked after."""
    engine = db.engine
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=_render,
            include_name=_is_ours,
            transaction_per_migration=True,
        )
        try:
            with context.begin_transaction():
                context.run_migrations()
                if sqlite and connection.execute(sa.text("PRAGMA foreign_key_check")).fetchall():
                    raise RuntimeError("a migration left rows that point nowhere")
        finally:
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


run()
