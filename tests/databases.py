"""Databases for tests: made once by the migrations, emptied for every test."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from config import ROOT, Config
from jobfair import create_app
from jobfair.core.db import Base, db

BACKENDS = ("sqlite", "postgres")
COUNT_FROM_ONE = """
    SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, 1, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""


@dataclass(frozen=True)
class House:
    """An application over a migrated database, and how to empty that."""

    app: Flask
    empty: Callable[[], None]


def config_for(data_dir: Path, database_url: str) -> Config:
    """Return the settings of a house under test."""
    return Config(
        environment="development",
        data_dir=data_dir,
        database_url=database_url,
        secret_key="s" * 40,
        data_key=b"d" * 40,
        base_url="https://fair.example.org",
        host="127.0.0.1",
        port=8000,
        tls_cert="",
        tls_key="",
        trusted_proxies=0,
        smtp_url="",
        mail_from="fair@example.org",
        operator_name="Migrationszentrum",
        operator_address="Am Schölerberg 1, 49082 Osnabrück",
        operator_phone="0541 501 0000",
        operator_email="team@example.org",
        testing=True,
    )


def migrate(app: Flask) -> None:
    """Bring the application's database to the newest version."""
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        db.session.remove()
        db.engine.dispose()


def sqlite_house(folder: Path) -> House:
    """Return a house over a file, which is put back from a copy."""
    path, clean = folder / "jobfair.sqlite3", folder / "clean.sqlite3"
    app = create_app(config_for(folder, f"sqlite:///{path}"))
    migrate(app)
    shutil.copyfile(path, clean)

    def empty() -> None:
        db.engine.dispose()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(clean, path)

    return House(app, empty)


def postgres_house(folder: Path, database_url: str) -> House:
    """Return a house over a PostgreSQL database, whose rows are deleted where there are any."""
    app = create_app(config_for(folder, database_url))
    migrate(app)
    preparer = sa.dialects.postgresql.dialect().identifier_preparer  # type: ignore[no-untyped-call]
    names = [preparer.format_table(table) for table in Base.metadata.sorted_tables]
    filled = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names
    )

    def empty() -> None:
        with db.engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for name in connection.exec_driver_sql(filled).scalars().all():
                connection.exec_driver_sql(f"DELETE FROM {name}")
            connection.exec_driver_sql(COUNT_FROM_ONE)

    return House(app, empty)


def make_database(server_url: str, name: str) -> str:
    """Create an empty database on the server and return its address for SQLAlchemy."""
    url = sa.make_url(server_url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}"')
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)
