"""Writes scans: what arrives while a commit is under way is committed together, next.

The answer is given only once the scan is durable. Scans are judged one after the other in the
order in which they arrive; a badge stays locked until they are committed, so of two people who
scan it at the same time one admits and the other learns that the holder is already inside.
"""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from threading import Event, Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from jobfair.checkin.lookup import NO_BADGE, Badge, find_badges, find_moves, find_stored
from jobfair.checkin.models import Scan
from jobfair.checkin.queries import count_inside
from jobfair.checkin.rules import MOVES, Move, Presence, decide, presence, time_counts
from jobfair.checkin.wire import Answer, Refused, Result, ScanInput
from jobfair.core.db import transaction

COUNT_EVERY = timedelta(seconds=2)
TOGETHER_MOST = 2000
APART = timedelta(microseconds=1)  # so that the order of arrival can be told within a request


@dataclass(frozen=True)
class Door:
    """The fair at whose door scans are made."""

    fair_id: int
    room: int
    first_day: datetime


@dataclass(frozen=True)
class Handful:
    """Scans that came in one request."""

    door: Door
    user_id: int | None
    received_at: datetime
    scans: tuple[ScanInput, ...]


@dataclass(frozen=True)
class _Waiting:
    handful: Handful
    answered: Future[list[Result]] = field(default_factory=Future)
    woken: Event = field(default_factory=Event)


class ScanWriter:
    """Takes the scans of all requests of this process; who comes first commits for all.

    Whoever comes meanwhile waits; the first of them is then woken to commit for the next lot.
    """

    def __init__(self) -> None:
        self._mutex = Lock()
        self._writing = False
        self._waiting: deque[_Waiting] = deque()
        self._inside: dict[int, tuple[datetime, int]] = {}

    def write(self, handful: Handful) -> list[Result]:
        """Return the stored answers, in order, once they are committed."""
        mine = _Waiting(handful)
        with self._mutex:
            self._waiting.append(mine)
            first, self._writing = not self._writing, True
        if not first:
            mine.woken.wait()
        if not mine.answered.done():
            try:
                self._settle(self._take())
            finally:
                self._hand_over()
        return mine.answered.result()

    def _take(self) -> list[_Waiting]:
        """Return who waits, from the first on."""
        taken: list[_Waiting] = []
        size = 0
        while self._waiting and size < TOGETHER_MOST:
            taken.append(self._waiting.popleft())
            size += len(taken[-1].handful.scans)
        return taken

    def _hand_over(self) -> None:
        with self._mutex:
            self._writing = bool(self._waiting)
            if self._writing:
                self._waiting[0].woken.set()

    def _settle(self, waiting: list[_Waiting]) -> None:
        """Commit all together; if that fails each alone, so that one can't hold up the others."""
        try:
            answers = self._commit([one.handful for one in waiting])
        except BaseException as error:  # handed to the request that it belongs to
            if len(waiting) == 1:
                waiting[0].answered.set_exception(error)
                waiting[0].woken.set()
                return
            for one in waiting:
                self._settle([one])
        else:
            for one, results in zip(waiting, answers, strict=True):
                one.answered.set_result(results)
                one.woken.set()

    def _commit(self, handfuls: Sequence[Handful]) -> list[list[Result]]:
        with transaction() as session:
            batch = _Batch(session, handfuls, self._inside)
            answers = [[batch.judge(handful, one) for one in handful.scans] for handful in handfuls]
            batch.store()
        return answers


class _Batch:
    """The scans of one commit, judged one after the other against what is known so far."""

    def __init__(
        self,
        session: Session,
        handfuls: Sequence[Handful],
        inside: dict[int, tuple[datetime, int]],
    ) -> None:
        every = list(chain.from_iterable(handful.scans for handful in handfuls))
        self.session = session
        self.inside = inside
        self.badges = find_badges(session, [one.badge for one in every])
        self.stored = find_stored(session, [one.id for one in every])
        holders = [b.attendee_id for b in self.badges.values() if b.attendee_id is not None]
        self.moves = find_moves(session, holders)
        self.fresh: list[dict[str, Any]] = []

    def judge(self, handful: Handful, scan: ScanInput) -> Result:
        """Return the answer: the stored one where the id is known, else a new one."""
        fair_id = handful.door.fair_id
        badge = self.badges.get(scan.badge, NO_BADGE).at(fair_id)
        row = self.stored.get(scan.id)
        if row is None:
            row = self.stored[scan.id] = self._decided(handful, scan, badge)
            self.fresh.append(row)
        elif row["fair_id"] != fair_id or _content(row) != scan.content:
            return Refused(str(scan.id), "id_reused")
        since = Presence(row["since_at"], row["since_station"] or "")
        return Answer(scan.id, row["outcome"], badge.holder, since)

    def store(self) -> None:
        """Insert the new scans."""
        if self.fresh:
            self.session.connection().execute(sa.insert(Scan), self.fresh)

    def _decided(self, handful: Handful, scan: ScanInput, badge: Badge) -> dict[str, Any]:
        door, again = handful.door, scan.override_reason is not None
        counts = time_counts(scan.scanned_at, handful.received_at, door.first_day)
        before = self._presence(badge.attendee_id, counts)
        room_left = door.room - self._count(door.fair_id, handful.received_at)
        outcome = decide(badge.state, before, scan.direction, override=again, room_left=room_left)
        if badge.attendee_id is not None and outcome in MOVES:
            move = Move(scan.scanned_at, outcome, scan.station, again)
            self.moves[badge.attendee_id].append((move, counts))
        return {
            "id": scan.id,
            "fair_id": door.fair_id,
            "attendee_id": badge.attendee_id,
            "badge": scan.badge,
            "station": scan.station,
            "direction": scan.direction,
            "outcome": outcome,
            "since_at": before.since,
            "since_station": before.station or None,
            "override_reason": scan.override_reason,
            "user_id": handful.user_id,
            "device_at": scan.device_at,
            "scanned_at": scan.scanned_at,
            "received_at": handful.received_at + len(self.fresh) * APART,
            "counts": counts,
        }

    def _presence(self, attendee_id: int | None, counts: bool) -> Presence:
        """Fold what counts; a scan that doesn't, as in a rehearsal, also sees its like."""
        moves = self.moves[attendee_id] if attendee_id is not None else []
        return presence(move for move, counted in moves if counted or not counts)

    def _count(self, fair_id: int, now: datetime) -> int:
        """Return how many are inside, counted every two seconds: exact to a handful."""
        at, count = self.inside.get(fair_id, (now - COUNT_EVERY, 0))
        if abs(now - at) >= COUNT_EVERY:
            count = count_inside(self.session, fair_id)
            self.inside[fair_id] = (now, count)
        return count


def _content(row: dict[str, Any]) -> tuple[object, ...]:
    names = ("badge", "station", "direction", "device_at", "override_reason")
    return tuple(row[name] for name in names)
