"""Writes scans: what arrives while a commit is under way is committed together, next.

The answer is given only once the scan is durable. Scans are judged one after the other in the
order in which they arrive; a badge stays locked until they are committed, so of two people who
scan it at the same time one admits and the other learns that the holder is already inside.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from threading import Lock
from typing import TypeVar

from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError

from jobfair.checkin.batch import Batch, Handful, Memory
from jobfair.checkin.duty import OffDuty
from jobfair.checkin.ports import BoardingPort
from jobfair.checkin.wire import Result
from jobfair.core.db import bare_transaction, session

TOGETHER_MOST = 2000
GATHER_MOST = 0.004  # seconds
FADING = 0.9
T = TypeVar("T")


class _Waiting:
    """A request that waits for its answers, or for its turn to commit for all."""

    def __init__(self, handful: Handful) -> None:
        self.handful = handful
        self.results: list[Result] = []
        self.error: BaseException | None = None
        self.answered = False
        self.next: _Waiting | None = None
        self._asleep = Lock()
        self._asleep.acquire()

    def sleep(self) -> None:
        """Return when somebody has woken it."""
        self._asleep.acquire()

    def wake(self) -> None:
        """Have it go on."""
        self._asleep.release()


class ScanWriter:
    """Takes the scans of all requests of this process; who comes first commits for all.

    Whoever comes meanwhile waits; the first of them is then woken to commit for the next lot.
    Where many call at once, it waits a moment for those who were just answered and come again:
    one commit for all of them is sooner done than two for half of them each.
    """

    def __init__(self, app: Flask, buses: BoardingPort) -> None:
        self._app = app
        self.buses = buses
        self._mutex = Lock()
        self._writing = False
        self._waiting: deque[_Waiting] = deque()
        self._usual = 0.0
        self._gathering = False
        self._gathered = Lock()
        self._gathered.acquire()
        self._memory = Memory()

    def write(self, handful: Handful, use: Callable[[list[Result]], T]) -> T:
        """Return what `use` makes of the stored answers, in order, once they are committed.

        Raises OffDuty where the device was revoked or its shift is over. Whoever is next is
        woken last: as one can run at a time, it would only have to wait once more.
        """
        mine = _Waiting(handful)
        with self._mutex:
            self._waiting.append(mine)
            first, self._writing = not self._writing, True
            if self._gathering and self._are_enough():
                self._gathering = False
                self._gathered.release()
        if not first:
            mine.sleep()
        if not mine.answered:
            self._lead()
        try:
            if mine.error is not None:
                raise mine.error
            return use(mine.results)
        finally:
            if mine.next is not None:
                mine.next.wake()

    def _lead(self) -> None:
        """Commit for all who wait; they wake each other, as one can run at a time anyhow."""
        self._gather()
        taken = self._take()
        self._usual = max(len(taken), self._usual * FADING)
        try:
            with self._app.app_context():
                self._settle(taken)
        finally:
            for one, following in zip(taken, [*taken[1:], None], strict=True):
                one.answered, one.next = True, following
            self._hand_over()

    def _gather(self) -> None:
        """Wait until about as many are there as lately, but not for long."""
        with self._mutex:
            if self._are_enough():
                return
            self._gathering = True
        if self._gathered.acquire(timeout=GATHER_MOST):
            return
        with self._mutex:
            if not self._gathering:
                self._gathered.acquire()  # it was released meanwhile
            self._gathering = False

    def _are_enough(self) -> bool:
        return len(self._waiting) >= self._usual - 1

    def count_inside(self, fair_id: int, room_id: int | None, now: datetime) -> int:
        """Return how many people are in the room, or in the house."""
        return self._memory.counts.people(session(), (fair_id, room_id), now)

    def count_anew(self, fair_id: int) -> None:
        """Have the next count of who is inside be asked of the database."""
        self._memory.counts.forget(fair_id)

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
                self._waiting[0].wake()

    def _settle(self, waiting: list[_Waiting]) -> None:
        """Commit all together; if that fails each alone, so that one can't hold up the others.

        Where the database itself can't take anything, as locked or full, all are told at once.
        """
        try:
            answers = self._commit([one.handful for one in waiting])
        except OperationalError as error:
            _refuse(waiting, error)
        except BaseException as error:  # handed to the request that it belongs to
            if len(waiting) == 1:
                _refuse(waiting, error)
            else:
                for one in waiting:
                    self._settle([one])
        else:
            for one, results in zip(waiting, answers, strict=True):
                if isinstance(results, OffDuty):
                    one.error = results
                else:
                    one.results = results

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


def _refuse(waiting: Iterable[_Waiting], error: BaseException) -> None:
    for one in waiting:
        one.error = error
