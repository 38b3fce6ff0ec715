"""The database: base class, naming convention, column types, and the one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from jobfair.core.errors import Conflict, DomainError

CONVENTION = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
WRITING = {"jobfair_writing": True}
T = TypeVar("T")


class Utc(sa.types.TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; naive times are a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  # SQLAlchemy calls it so
    ) -> datetime | None:
        """Give back aware UTC."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Id = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]
Json = sa.JSON()


class Base(DeclarativeBase):
    """Mother of all tables."""

    metadata = sa.MetaData(naming_convention=CONVENTION)
    type_annotation_map = {
        datetime: Utc(),
        int: sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    }


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def closed_set(enum: type[StrEnum], name: str) -> sa.Enum:
    """Column type of an enum, kept as text behind a CHECK; a new value needs a migration."""
    return sa.Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            "synchronous=FULL",
            "busy_timeout=10000",
            "wal_autocheckpoint=10000",  # pages of 4 kB: seldom enough for a rush at the door
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writing = connection.get_execution_options().get("jobfair_writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def session() -> Session:
    """Return the session of this request or command."""
    return db.session()


def forbid_writing(code: str) -> None:
    """Make every later `transaction` of this request fail with Conflict(code)."""
    session().info["refusal"] = code


def check_may_write() -> None:
    """Raise the Conflict for which this request can't write, if there is one."""
    if refusal := session().info.get("refusal"):
        raise Conflict(refusal)


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit all of the block or nothing; the only place where anything is written.

    Ends the reading transaction first, so that what is decided on is read anew; nesting raises.
    """
    current = session()
    if current.info.get("writing"):
        raise RuntimeError("transactions do not nest")
    check_may_write()
    current.rollback()
    current.expire_all()
    current.info["writing"] = True
    current.info["after"] = {}
    current.info["locked"] = {}
    try:
        current.connection(execution_options=WRITING)
        yield current
        current.commit()
    except BaseException:
        current.rollback()
        raise
    finally:
        current.info["writing"] = False
    for callback in current.info.pop("after").values():
        callback()


@contextmanager
def bare_transaction() -> Iterator[Connection]:
    """Commit all of the block or nothing, without a session's bookkeeping: for many scans."""
    with db.engine.connect().execution_options(**WRITING) as connection, connection.begin():
        yield connection


def after_commit(name: str, callback: Callable[[], None]) -> None:
    """Have `callback` run once the open transaction is committed, once for each name."""
    assert_writing().info["after"][name] = callback


def lock_once(name: str, lock: Callable[[], T]) -> T:
    """Return what `lock` returned first in the open transaction, which still holds it."""
    locked: dict[str, T] = assert_writing().info["locked"]
    if name not in locked:
        locked[name] = lock()
    return locked[name]


def assert_writing() -> Session:
    """Return the session, which must be inside `transaction`: operations call this first."""
    current = session()
    if not current.info.get("writing"):
        raise RuntimeError("an operation needs the caller's transaction")
    return current


@contextmanager
def conflicts(**codes: str) -> Iterator[None]:
    """Turn the violation of a named constraint into Conflict(code), after a flush at the end.

    `codes` maps constraint names to codes; SQLite names unique constraints by their columns,
    so the columns of the constraint are looked up by its name.
    """
    try:
        yield
        session().flush()
    except IntegrityError as error:
        raise conflict_of(error, codes) from error


def conflict_of(error: IntegrityError, codes: dict[str, str]) -> DomainError | IntegrityError:
    """Return the Conflict that belongs to the violated constraint, or the error itself."""
    text = str(error.orig)
    for name, code in codes.items():
        if name in text or _sqlite_words(name) in text:
            return Conflict(code)
    return error


def _sqlite_words(name: str) -> str:
    named = [
        ", ".join(f"{table.name}.{column.name}" for column in rule.columns)
        for table in Base.metadata.tables.values()
        for rule in (*table.constraints, *table.indexes)
        if isinstance(rule, sa.UniqueConstraint | sa.Index) and rule.name == name
    ]
    return named[0] if named else name
