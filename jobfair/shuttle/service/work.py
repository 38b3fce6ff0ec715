"""The work behind runs: a thread of the worker's process, which does one after the other."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any

from flask import Flask, current_app

from jobfair.core.actor import SYSTEM, Actor, ActorKind
from jobfair.core.errors import DomainError
from jobfair.shuttle.models import ShuttleRun
from jobfair.shuttle.rules import RunKind, RunState
from jobfair.shuttle.service.runs import (
    Clock,
    begin_next_run,
    end_run,
    end_silent_runs,
    see_run,
)
from jobfair.shuttle.solving import Cancelled, SolverFault

log = logging.getLogger("jobfair.shuttle")

ERROR_MOST = 60
_at_work = Lock()


@dataclass
class Errand:
    """A run under way, as whoever does it sees it."""

    run_id: int
    fair_id: int
    asked_by: int | None
    wish: Mapping[str, Any]
    clock: Clock
    progress: dict[str, Any] = field(default_factory=dict)
    _seen: int = 0
    _wanted: bool = True

    def tell(self, progress: dict[str, Any]) -> None:
        """Have this be what the organiser sees, within a second."""
        self.progress = progress

    def cancelled(self) -> bool:
        """Tell whether nobody wants the result any more; asks at most once a second."""
        now = self.clock()
        if self._wanted and int(now.timestamp()) != self._seen:
            self._seen = int(now.timestamp())
            self._wanted = see_run(self.run_id, self.progress, now)
        return not self._wanted

    def check(self) -> None:
        """Raise Cancelled where nobody wants the result any more."""
        if self.cancelled():
            raise Cancelled

    @property
    def actor(self) -> Actor:
        """Return on whose behalf it is done."""
        return SYSTEM if self.asked_by is None else Actor(ActorKind.USER, self.asked_by)


Perform = Callable[[Errand], int | None]
"""Does what a run is for and returns the id of the plan that it made, if it made one.

Ends with Cancelled when the errand is, with DomainError or SolverFault where it can't be done.
"""


def work_on_runs(perform: Mapping[RunKind, Perform], *, clock: Clock) -> None:
    """Have a thread be at work until nothing is asked for any more; there is one in a process.

    The queue's worker goes on meanwhile. The thread and its optimiser end with the process.
    """
    end_silent_runs(clock())
    if _at_work.acquire(blocking=False):
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # Flask's own way
        Thread(target=_work, args=(app, perform, clock), name="shuttle", daemon=True).start()


def _work(app: Flask, perform: Mapping[RunKind, Perform], clock: Clock) -> None:
    try:
        with app.app_context():
            while run := begin_next_run(clock()):
                do_run(run, perform[run.kind], clock)
    finally:
        _at_work.release()


def do_run(run: ShuttleRun, perform: Perform, clock: Clock) -> None:
    """Have the run, which is under way, be done, failed or cancelled."""
    errand = Errand(run.id, run.fair_id, run.asked_by, run.wish, clock)
    state, plan_id, error = _outcome(errand, perform)
    end_run(
        run.id, state, clock(), progress=errand.progress, plan_id=plan_id, error=error[:ERROR_MOST]
    )


def _outcome(errand: Errand, perform: Perform) -> tuple[RunState, int | None, str]:
    try:
        return RunState.DONE, perform(errand), ""
    except Cancelled:
        return RunState.CANCELLED, None, ""
    except DomainError as refusal:
        return RunState.FAILED, None, refusal.code
    except SolverFault as fault:
        log.warning("optimiser", extra={"code": str(fault)})
        return RunState.FAILED, None, "optimiser_failed"
    except Exception:
        log.exception("run", extra={"count": errand.run_id})
        return RunState.FAILED, None, "run_failed"
