"""The statements of every commit of the door, made so that the driver is called seldom.

A list goes in as one parameter, and all rows come out as one JSON value: with each row that
SQLite hands over other threads run first, and PostgreSQL is asked over the network each time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection, Dialect

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.checkin.models import Device, Scan, Shift
from jobfair.core.db import Utc

badges, people, households, scans, devices, shifts = (
    table.__table__ for table in (BadgeCode, Attendee, Household, Scan, Device, Shift)
)
LATER = ("user_id", "undone_at")  # not written with a new scan
ROWS_MOST = 100
PLAIN = {sa.Uuid: sa.Uuid(as_uuid=False), sa.String: sa.String()}  # a length would cut what is sent
Columns = tuple[sa.ColumnElement[Any], ...]
Rows = Sequence[list[Any]]


class Reading:
    """A statement of one row of JSON values, each the rows of a query, as the driver takes it."""

    def __init__(self, query: sa.Select[Any], dialect: Dialect) -> None:
        compiled = query.compile(dialect=dialect)
        self._sql, self._places = str(compiled), compiled.positiontup

    def rows(self, connection: Connection, **lists: Sequence[Any]) -> list[Rows]:
        """Return the rows of each of its queries, with these lists as parameters."""
        sent: Any = lists
        if self._places is not None:
            sent = tuple(orjson.dumps(lists[name]).decode() for name in self._places)
        told = connection.exec_driver_sql(self._sql, sent).one()
        return [() if one is None else orjson.loads(one) for one in told]


@dataclass(frozen=True)
class Statements:
    """The statements in the dialect of one database; the parameters are named in `_made_for`."""

    badges: Reading
    moves: Reading
    on_duty: Reading
    known: Reading


def statements(connection: Connection) -> Statements:
    """Return the statements for the database of that connection."""
    name = connection.dialect.name
    if name not in _MADE:
        _MADE[name] = _made_for(connection.dialect)
    return _MADE[name]


_MADE: dict[str, Statements] = {}


def _made_for(dialect: Dialect) -> Statements:
    """Return the statements: `codes`, `attendees`, `tokens` and `ids` go into them."""
    lite = dialect.name == "sqlite"
    moves, on_duty = _rows(MOVED, _moved(lite), lite), _rows(DUTY, _on_duty(lite), lite)
    stored = _rows(STORED, _named(sa.select(*STORED), scans.c.id, "ids", lite), lite)
    known = sa.select(*(one.scalar_subquery() for one in (on_duty, moves, stored)))
    locked = _rows(BADGE, _locked(lite), lite)
    return Statements(*(Reading(query, dialect) for query in (locked, moves, on_duty, known)))


BADGE: Columns = (
    badges.c.code,
    badges.c.fair_id,
    badges.c.attendee_id,
    badges.c.voided_at,
    people.c.state,
    households.c.state.label("household_state"),
)
MOVED: Columns = (
    scans.c.received_at,
    scans.c.attendee_id,
    scans.c.scanned_at,
    scans.c.direction,
    scans.c.station,
    scans.c.override_reason,
    scans.c.device_id,
    scans.c.id,
    scans.c.room_id,
    scans.c.departure_id,
    scans.c.counts,
)
STORED: Columns = (scans.c.id,)
DUTY: Columns = (devices.c.token_hash, devices.c.revoked_at, shifts.c.ends_at)


def _locked(lite: bool) -> sa.Select[Any]:
    holders = badges.outerjoin(people, people.c.id == badges.c.attendee_id)
    return (
        sa.select(*BADGE)
        .select_from(holders.outerjoin(households, households.c.id == people.c.household_id))
        .where(_among(badges.c.code, "codes", lite))
        .order_by(badges.c.code)
        .with_for_update(of=badges)
    )


def _moved(lite: bool) -> sa.Select[Any]:
    moves = sa.select(*MOVED).where(scans.c.passed, scans.c.undone_at.is_(None))
    return _named(moves, scans.c.attendee_id, "attendees", lite)


def _on_duty(lite: bool) -> sa.Select[Any]:
    called = devices.join(shifts, shifts.c.id == devices.c.shift_id)
    return _named(sa.select(*DUTY).select_from(called), devices.c.token_hash, "tokens", lite)


def _named(
    query: sa.Select[Any], column: sa.ColumnElement[Any], name: str, lite: bool
) -> sa.Select[Any]:
    """Return the query of the rows whose column is one of the values that are sent.

    PostgreSQL keeps the plan that it made in the morning, when there were hardly any scans: left
    to itself it goes through all of them at every commit. Asked for one value after the other,
    which `OFFSET 0` has it take literally, it goes by the index from the beginning.
    """
    if lite:
        return query.where(_among(column, name, lite))
    sent = sa.func.unnest(_list(column, name)).table_valued("value").render_derived(name="sent")
    one = query.where(column == sent.c.value).correlate(sent).offset(sa.literal_column("0"))
    inner = one.lateral()
    return sa.select(*inner.c).select_from(sent.join(inner, sa.true()))


def _among(column: sa.ColumnElement[Any], name: str, lite: bool) -> sa.ColumnElement[bool]:
    if not lite:
        return column == sa.any_(_list(column, name))
    listed = sa.func.json_each(sa.bindparam(name, type_=sa.Text)).table_valued("value")
    return column.in_(sa.select(listed.c.value))


def _list(column: sa.ColumnElement[Any], name: str) -> sa.BindParameter[Any]:
    kind = PLAIN.get(type(column.type), column.type)
    return sa.bindparam(name, type_=ARRAY(kind))


def _rows(columns: Columns, query: sa.Select[Any], lite: bool) -> sa.Select[Any]:
    """Return the query with all its rows in one JSON value."""
    inner = query.subquery()
    group, row = ("json_group_array", "json_array") if lite else ("json_agg", "json_build_array")
    names = [inner.c[str(column.key)] for column in columns]
    told = getattr(sa.func, group)(getattr(sa.func, row)(*names))
    return sa.select(told if lite else sa.cast(told, sa.Text))


def insert_scans(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Have the rows be written, many with one statement."""
    if connection.dialect.name != "sqlite":
        written = [dict(zip(WRITTEN, _values(row, "+00"), strict=True)) for row in rows]
        connection.execute(INSERT, {"rows": orjson.dumps(written).decode()})
        return
    listed = [_values(row, "") for row in rows]
    for first in range(0, len(listed), ROWS_MOST):
        some = listed[first : first + ROWS_MOST]
        connection.exec_driver_sql(_insert_of(len(some)), tuple(chain.from_iterable(some)))


@cache
def _insert_of(rows: int) -> str:
    names, row = ", ".join(f'"{name}"' for name in WRITTEN), f"({', '.join('?' * len(WRITTEN))})"
    return f"INSERT INTO scan ({names}) VALUES {', '.join([row] * rows)}"  # noqa: S608  # columns


def instant_of(told: str) -> datetime:
    """Return the instant that a database wrote: SQLite leaves out that it is UTC."""
    at = datetime.fromisoformat(told)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _put_instant(at: datetime | None, zone: str) -> str | None:
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(" ", "microseconds")[:26] + zone


def _put_uuid(value: UUID, _zone: str) -> str:
    return value.hex


def _values(row: Mapping[str, Any], zone: str) -> list[Any]:
    """Return what is written of a row, as both databases take it from text."""
    values = list(_written_of(row))
    for place, put in PUT:
        values[place] = put(values[place], zone)
    return values


WRITTEN = tuple(column.name for column in scans.c if column.name not in LATER)
_written_of = itemgetter(*WRITTEN)
_KINDS = ((Utc, _put_instant), (sa.Uuid, _put_uuid))
PUT: list[tuple[int, Callable[..., str | None]]] = [
    (WRITTEN.index(column.name), put)
    for column in scans.c
    for kind, put in _KINDS
    if column.name in WRITTEN and isinstance(column.type, kind)
]
INSERT = sa.insert(Scan).from_select(
    list(WRITTEN),
    sa.select(
        *sa.func.json_populate_recordset(
            sa.literal_column("NULL::scan", sa.types.NULLTYPE),
            sa.cast(sa.bindparam("rows", type_=sa.String), sa.JSON),
        )
        .table_valued(*WRITTEN)
        .c
    ),
    include_defaults=False,
)
