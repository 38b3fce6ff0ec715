"""Which code a device means by a hash: the codes of a fair by their hashes under a shift's salt."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from threading import Lock

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jobfair.attendees.models import BadgeCode
from jobfair.checkin.hashes import badge_hash

OVERLAP = timedelta(seconds=60)
SHIFTS_MOST = 8
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
codes = BadgeCode.__table__
DRAWN = sa.select(codes.c.code).where(
    codes.c.fair_id == sa.bindparam("fair_id"), codes.c.changed_at > sa.bindparam("since")
)


class Marks:
    """Remembers the hashes of codes; a code never changes, so only new ones are read.

    Where the clock was set back since, all are read: new ones may look older than they are.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[tuple[int, bytes], tuple[datetime, dict[str, str]]] = {}

    def codes_of(
        self,
        connection: Connection,
        fair_id: int,
        salt: bytes,
        hashes: Collection[str],
        now: datetime,
    ) -> dict[str, str]:
        """Return the codes of these hashes; of a hash that no code of the fair has, none."""
        if not hashes:
            return {}
        with self._lock:
            known = self._of(fair_id, salt)
            if any(mark not in known[1] for mark in hashes):
                known = self._read(connection, fair_id, salt, known, now)
        return {mark: known[1][mark] for mark in hashes if mark in known[1]}

    def _of(self, fair_id: int, salt: bytes) -> tuple[datetime, dict[str, str]]:
        if len(self._known) > SHIFTS_MOST:
            self._known.clear()
        return self._known.get((fair_id, salt), (LONG_AGO, {}))

    def _read(
        self,
        connection: Connection,
        fair_id: int,
        salt: bytes,
        known: tuple[datetime, dict[str, str]],
        now: datetime,
    ) -> tuple[datetime, dict[str, str]]:
        since, marks = known if known[0] <= now else (LONG_AGO, {})
        rows = connection.scalars(DRAWN, {"fair_id": fair_id, "since": since - OVERLAP})
        fresh = (now, marks | {badge_hash(code, salt): code for code in rows})
        self._known[(fair_id, salt)] = fresh
        return fresh
