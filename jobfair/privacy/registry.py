"""The register of who holds which personal data: every table with some has a holder."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, current_app

from jobfair.core.db import Base, session

Row = dict[str, Any]
SECRET = "_hash"  # noqa: S105  # what columns of secrets end with


class Subject(StrEnum):
    """Whose data they are; the word that mails, consents and the audit log use."""

    HOUSEHOLD = "household"
    EXHIBITOR = "exhibitor"
    USER = "user"


@dataclass(frozen=True)
class Retention:
    """How long rows are kept; `expire(before, now)` forgets what is older and counts it."""

    keep: timedelta
    expire: Callable[[datetime, datetime], int]


@dataclass(frozen=True)
class Holder:
    """A table's data of one kind of subject: how to hand them out, forget them, and when.

    `export` and `erase` take the subject's id; `erase` works in the caller's transaction.
    """

    table: str
    subject: Subject
    export: Callable[[int], list[Row]]
    erase: Callable[[int, datetime], None]
    retention: Retention | None = None


def keep_rows(_subject_id: int, _now: datetime) -> None:
    """Forget nothing: once its subject is emptied, such a row says nothing about a person."""


def rows_of(query: sa.Select[Any]) -> list[Row]:
    """Return the selected rows of a table as plain values, without secrets."""
    return [_row(found) for found in session().scalars(query)]


def _row(found: Base) -> Row:
    columns = sa.inspect(type(found)).columns
    return {c.key: _plain(getattr(found, c.key)) for c in columns if not c.key.endswith(SECRET)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def init_privacy(app: Flask, *rooms: Iterable[Holder]) -> None:
    """Give the application the holders of its rooms."""
    app.extensions["holders"] = tuple(holder for room in rooms for holder in room)


def all_holders() -> tuple[Holder, ...]:
    """Return every holder."""
    holders: tuple[Holder, ...] = current_app.extensions["holders"]
    return holders


def holders_of(subject: Subject) -> tuple[Holder, ...]:
    """Return the holders of that kind of subject."""
    return tuple(holder for holder in all_holders() if holder.subject is subject)
