"""Use cases about runs of an optimiser: asked for, begun, watched, ended."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, transaction
from jobfair.core.errors import Conflict
from jobfair.fairs.operations import lock_fair
from jobfair.jobs.runner import look_after_commit
from jobfair.shuttle.models import ShuttleRun
from jobfair.shuttle.queries import latest_run
from jobfair.shuttle.rules import RunKind, RunState

__all__ = [
    "ask_for_run",
    "begin_next_run",
    "cancel_run",
    "end_run",
    "end_silent_runs",
    "latest_run",
    "see_run",
    "want_run",
]
JOB = "shuttle"
OPEN = (RunState.QUEUED, RunState.RUNNING)
SILENT_MOST = timedelta(seconds=60)
PULSE = timedelta(seconds=10)
"""A run under way is seen at least so often, even where it has nothing new to tell."""

Clock = Callable[[], datetime]


def ask_for_run(
    fair_id: int, kind: RunKind, wish: dict[str, Any], *, actor: Actor, now: datetime
) -> ShuttleRun:
    """Have the optimiser begin soon; raise Conflict("run_open") where it is at work already."""
    with transaction():
        run = want_run(fair_id, kind, wish, actor=actor, now=now)
        if run is None:
            raise Conflict("run_open")
    return run


def want_run(
    fair_id: int, kind: RunKind, wish: dict[str, Any], *, actor: Actor, now: datetime
) -> ShuttleRun | None:
    """Have the optimiser begin after the caller's transaction; None where it is at work already."""
    session = assert_writing()
    lock_fair(fair_id)
    _end_silent(now)
    if session.scalar(_open_runs(fair_id, kind)) is not None:
        return None
    run = ShuttleRun(
        fair_id=fair_id,
        kind=kind,
        state=RunState.QUEUED,
        wish=wish,
        progress={},
        asked_at=now,
        asked_by=actor.id,
    )
    session.add(run)
    session.flush()
    record(actor, f"{kind}.run", "shuttle_run", run.id, now=now, fair_id=fair_id)
    look_after_commit(JOB)
    return run


def _open_runs(fair_id: int, kind: RunKind) -> sa.Select[ShuttleRun]:
    return sa.select(ShuttleRun).where(
        ShuttleRun.fair_id == fair_id, ShuttleRun.kind == kind, ShuttleRun.state.in_(OPEN)
    )


def cancel_run(fair_id: int, kind: RunKind, *, actor: Actor, now: datetime) -> None:
    """Have the open run of this kind end soon, at once where it has not begun."""
    with transaction() as session:
        run = session.scalar(_open_runs(fair_id, kind).with_for_update())
        if run is None:
            return
        run.cancel_asked = True
        if run.state is RunState.QUEUED:
            run.state, run.ended_at = RunState.CANCELLED, now
        record(actor, f"{kind}.cancel", "shuttle_run", run.id, now=now, fair_id=fair_id)


def end_silent_runs(now: datetime) -> None:
    """Have runs whose worker was not seen for long be taken for interrupted."""
    with transaction():
        _end_silent(now)


def begin_next_run(now: datetime) -> ShuttleRun | None:
    """Have the run that was asked for first be under way, and return it; None where none waits."""
    with transaction() as session:
        run = session.scalar(
            sa.select(ShuttleRun)
            .where(ShuttleRun.state == RunState.QUEUED)
            .order_by(ShuttleRun.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if run is not None:
            run.state, run.started_at, run.seen_at = RunState.RUNNING, now, now
    return run


def see_run(run_id: int, progress: dict[str, Any], now: datetime) -> bool:
    """Have the run be seen with this progress; tell whether it is still wanted."""
    with transaction() as session:
        run = session.get_one(ShuttleRun, run_id)
        if run.state is not RunState.RUNNING or run.cancel_asked:
            return False
        if run.progress != progress or run.seen_at is None or run.seen_at + PULSE <= now:
            run.progress, run.seen_at = progress, now
    return True


def end_run(
    run_id: int,
    state: RunState,
    now: datetime,
    *,
    progress: dict[str, Any],
    plan_id: int | None = None,
    error: str = "",
) -> None:
    """Have the run be over like this, unless it was given up meanwhile."""
    with transaction() as session:
        run = session.get_one(ShuttleRun, run_id, with_for_update=True)
        if run.state is RunState.RUNNING:
            run.state, run.ended_at = state, now
            run.progress, run.plan_id, run.error = progress, plan_id, error


def _end_silent(now: datetime) -> None:
    assert_writing().execute(
        sa.update(ShuttleRun)
        .where(ShuttleRun.state == RunState.RUNNING, ShuttleRun.seen_at < now - SILENT_MOST)
        .values(state=RunState.FAILED, error="interrupted", ended_at=now),
        execution_options={"synchronize_session": False},
    )
