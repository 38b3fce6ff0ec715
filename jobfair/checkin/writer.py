"""Writes scans: what arrives while a commit is under way is committed together, next.

The answer is given only once the scan is durable. Scans are judged one after the other in the
order in which they arrive; a badge stays locked until they are committed, so of two people who
scan it at the same time one admits and the other learns that the holder is already inside.
"""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Lock

from flask import Flask
from sqlalchemy.exc import IntegrityError

from jobfair.checkin.batch import Batch, Handful, Memory
from jobfair.checkin.duty import OffDuty
from jobfair.checkin.ports import BoardingPort
from jobfair.checkin.wire import Result
from jobfair.core.db import bare_transaction, session

TOGETHER_MOST = 2000


@dataclass(frozen=True)
class _Waiting:
    handful: Handful
    answered: Future[list[Result]] = field(default_factory=Future)
    woken: Event = field(default_factory=Event)


class ScanWriter:
    """Takes the scans of all requests of this process; who comes first commits for all.

    Whoever comes meanwhile waits; the first of them is then woken to commit for the next lot.
    """

    def __init__(self, app: Flask, buses: BoardingPort) -> None:
        self._app = app
        self.buses = buses
        self._mutex = Lock()
        self._writing = False
        self._waiting: deque[_Waiting] = deque()
        self._memory = Memory()

    def write(self, handful: Handful) -> list[Result]:
        """Return the stored answers, in order, once they are committed.

        Raises OffDuty where the device was revoked or its shift is over.
        """
        mine = _Waiting(handful)
        with self._mutex:
            self._waiting.append(mine)
            first, self._writing = not self._writing, True
        if not first:
            mine.woken.wait()
        if not mine.answered.done():
            try:
                with self._app.app_context():
                    self._settle(self._take())
            finally:
                self._hand_over()
        return mine.answered.result()

    def count_inside(self, fair_id: int, room_id: int | None, now: datetime) -> int:
        """Return how many people are in the room, or in the house."""
        return self._memory.counts.people(session(), (fair_id, room_id), now)

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
                if isinstance(results, OffDuty):
                    one.answered.set_exception(results)
                else:
                    one.answered.set_result(results)
                one.woken.set()

    def _commit(self, handfuls: Sequence[Handful]) -> list[list[Result] | OffDuty]:
        """Store the scans; another process that stored one of them meanwhile is believed."""
        try:
            return self._try_to_commit(handfuls)
        except IntegrityError:
            return self._try_to_commit(handfuls)

    def _try_to_commit(self, handfuls: Sequence[Handful]) -> list[list[Result] | OffDuty]:
        with bare_transaction() as connection:
            batch = Batch(connection, handfuls, self.buses, self._memory)
            answers = [batch.judge_all(handful) for handful in handfuls]
            batch.store()
        self._memory.counts.keep(batch.counts)
        return answers
