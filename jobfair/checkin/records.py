"""What one commit of the door writes: scans, conflicts, and what devices say of themselves."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.checkin.models import Conflict, Device, Scan
from jobfair.checkin.rules import ConflictKind
from jobfair.checkin.statements import insert_scans
from jobfair.checkin.wire import DeviceState

APART = timedelta(microseconds=1)  # so that the order of arrival can be told within a request
NOTE_EVERY = timedelta(seconds=5)
Row = dict[str, Any]
Note = tuple[datetime, int | None]  # when, and how many scans were unsent

CHANGE = (
    sa.update(Scan)
    .where(Scan.id == sa.bindparam("its_id"))
    .values({name: sa.bindparam(f"its_{name}") for name in ("offline", "passed", "conflict")})
)
FLAG = sa.update(Scan).where(Scan.id == sa.bindparam("its_id")).values(conflict=True)
TOUCH = (
    sa.update(Attendee)
    .where(Attendee.id == sa.bindparam("its_id"))
    .values(changed_at=sa.bindparam("its_time"))
)
WITHDRAW = (
    sa.update(BadgeCode)
    .where(
        BadgeCode.code == sa.bindparam("its_code"),
        BadgeCode.attendee_id.is_(None),
        BadgeCode.device_id.is_(None),
        BadgeCode.voided_at.is_(None),
    )
    .values(voided_at=sa.bindparam("its_time"))
)
LISTED = sa.select(Conflict.scan_id, Conflict.kind).where(
    Conflict.scan_id.in_(sa.bindparam("ids", expanding=True))
)
NOTE = (
    sa.update(Device)
    .where(Device.id == sa.bindparam("its_id"))
    .values(
        {
            name: sa.bindparam(f"its_{name}")
            for name in ("seen_at", "offset_ms", "unsent", "battery")
        }
    )
)


class Records:
    """Collects what is to be written, and writes each kind with one statement."""

    def __init__(self, connection: Connection, noted: dict[int, Note]) -> None:
        self._connection = connection
        self._noted = noted
        self._fresh: dict[UUID, Row] = {}
        self._changed: dict[UUID, Row] = {}
        self._flagged: set[UUID] = set()
        self._conflicts: dict[tuple[UUID, ConflictKind], Row] = {}
        self._devices: dict[int, Row] = {}
        self._touched: dict[int, datetime] = {}
        self._withdrawn: dict[str, datetime] = {}

    @property
    def count(self) -> int:
        """Return how many new scans there are so far."""
        return len(self._fresh)

    def add(self, row: Row) -> None:
        """Have a new scan be written, as its row stands in the end."""
        self._fresh[row["id"]] = row

    def change(self, row: Row) -> None:
        """Have a stored scan be as its row stands in the end, but for its answer."""
        if row["id"] not in self._fresh:
            self._changed[row["id"]] = row

    def conflict(
        self, row: Row, kind: ConflictKind, scan_id: UUID, other_id: Any, now: datetime
    ) -> None:
        """Have the conflict be listed once; the row of the scan that shows it is marked."""
        row["conflict"] = True
        self.change(row)
        self._conflicts[(scan_id, kind)] = {
            "fair_id": row["fair_id"],
            "kind": kind,
            "scan_id": scan_id,
            "other_id": other_id,
            "made_at": now,
            "reason": "",
        }

    def second(
        self, row: Row, scan_id: Any, other_id: Any, stored: Mapping[UUID, Row], now: datetime
    ) -> None:
        """Have a scan be listed that this one has made a second admission."""
        self.conflict(row, ConflictKind.DOUBLE_ADMISSION, scan_id, other_id, now)
        if scan_id in stored:
            stored[scan_id]["conflict"] = True
            self.change(stored[scan_id])
        else:
            self._flagged.add(scan_id)

    def touch(self, attendee_id: int, at: datetime) -> None:
        """Have it be known that what is stored of the person says something else since."""
        self._touched[attendee_id] = at

    def withdraw(self, code: str, at: datetime) -> None:
        """Have nobody be given a code by which somebody came in; a phone's block stays its own."""
        self._withdrawn[code] = at

    def note_device(self, device_id: int, state: DeviceState, at: datetime) -> None:
        """Have the device's last contact be known, not more often than it tells something."""
        if not state.told:
            return
        last, unsent = self._noted.get(device_id, (None, None))
        if last is not None and abs(at - last) < NOTE_EVERY and unsent == state.unsent:
            return
        self._noted[device_id] = at, state.unsent
        self._devices[device_id] = {
            "its_id": device_id,
            "its_seen_at": at,
            "its_offset_ms": round(state.offset.total_seconds() * 1000),
            "its_unsent": state.unsent,
            "its_battery": state.battery,
        }

    def write(self) -> None:
        """Write all of it."""
        if self._fresh:
            insert_scans(self._connection, self._fresh.values())
        for statement, rows in self._work():
            if rows:
                self._connection.execute(statement, rows)
        if self._conflicts:
            self._write_conflicts(self._connection)

    def _work(self) -> list[tuple[sa.UpdateBase, list[Row]]]:
        names = ("id", "offline", "passed", "conflict")
        changed = [{f"its_{name}": row[name] for name in names} for row in self._changed.values()]
        touched, withdrawn = sorted(self._touched.items()), sorted(self._withdrawn.items())
        return [
            (CHANGE, changed),
            (TOUCH, [{"its_id": one, "its_time": at} for one, at in touched]),
            (WITHDRAW, [{"its_code": one, "its_time": at} for one, at in withdrawn]),
            (FLAG, [{"its_id": one} for one in sorted(self._flagged)]),
            (NOTE, [self._devices[one] for one in sorted(self._devices)]),
        ]

    def _write_conflicts(self, connection: Connection) -> None:
        ids = sorted({scan_id for scan_id, _kind in self._conflicts})
        listed = {(row.scan_id, row.kind) for row in connection.execute(LISTED, {"ids": ids})}
        rows = [row for key, row in self._conflicts.items() if key not in listed]
        if rows:
            connection.execute(sa.insert(Conflict), rows)
