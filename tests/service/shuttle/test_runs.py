"""Runs of an optimiser: one at a time, seen while they last, ended whatever happens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from threading import enumerate as threads

import pytest
from flask import Flask

from jobfair.core.actor import SYSTEM, Role
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict, Invalid
from jobfair.fairs.models import Fair
from jobfair.shuttle.models import ShuttleRun
from jobfair.shuttle.rules import RunKind, RunState
from jobfair.shuttle.service import performing
from jobfair.shuttle.service.allocating import Outcome
from jobfair.shuttle.service.runs import (
    PULSE,
    SILENT_MOST,
    ask_for_run,
    begin_next_run,
    cancel_run,
    end_run,
    end_silent_runs,
    latest_run,
    see_run,
)
from jobfair.shuttle.service.work import Errand, Perform, do_run, work_on_runs
from jobfair.shuttle.solving import Cancelled, SolverFault
from tests.factories import NOW, actor_of, make_fair, make_plan, make_run, make_user

SECOND = timedelta(seconds=1)
WAIT = 20.0


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Give a fair."""
    return make_fair()


def ticking(start: datetime = NOW) -> Callable[[], datetime]:
    """Return a clock on which a second goes by whenever it is looked at."""
    at = [start]

    def now() -> datetime:
        at[0] += SECOND
        return at[0]

    return now


def under_way(fair: Fair) -> ShuttleRun:
    """Return a run that has begun."""
    make_run(fair)
    run = begin_next_run(NOW)
    assert run is not None
    return run


def performed(fair: Fair, perform: Perform) -> ShuttleRun:
    """Return the run after it was performed like this."""
    do_run(under_way(fair), perform, ticking())
    return latest(fair)


def latest(fair: Fair) -> ShuttleRun:
    """Return the fair's latest plan run as it is stored."""
    session().rollback()
    session().expire_all()
    run = latest_run(fair.id, RunKind.PLAN)
    assert run is not None
    return run


def refuse(refusal: Exception) -> Perform:
    """Return work that ends like this."""

    def perform(errand: Errand) -> int | None:
        raise refusal

    return perform


def test_a_run_is_asked_for_by_somebody(fair: Fair) -> None:
    user = make_user(Role.ORGANISER)
    actor = actor_of(user, Role.ORGANISER)
    run = ask_for_run(fair.id, RunKind.PLAN, {"seconds": 30}, actor=actor, now=NOW)
    assert (run.state, run.wish, run.asked_by) == (RunState.QUEUED, {"seconds": 30}, user.id)


def test_only_one_of_a_kind_is_open(fair: Fair) -> None:
    ask_for_run(fair.id, RunKind.PLAN, {}, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict, match="run_open"):
        ask_for_run(fair.id, RunKind.PLAN, {}, actor=SYSTEM, now=NOW)
    ask_for_run(fair.id, RunKind.SEATS, {}, actor=SYSTEM, now=NOW)
    ask_for_run(make_fair().id, RunKind.PLAN, {}, actor=SYSTEM, now=NOW)


def test_runs_begin_in_the_order_in_which_they_were_asked_for(fair: Fair) -> None:
    first, second = make_run(fair, kind=RunKind.SEATS), make_run(fair)
    begun = [begin_next_run(NOW), begin_next_run(NOW)]
    assert [run.id for run in begun if run] == [first.id, second.id]
    assert begin_next_run(NOW) is None


def test_a_run_that_is_done_names_its_plan(fair: Fair) -> None:
    plan = make_plan(fair)
    run = performed(fair, lambda _errand: plan.id)
    assert (run.state, run.plan_id, run.error) == (RunState.DONE, plan.id, "")
    assert run.ended_at is not None


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Invalid("no_buses"), "no_buses"),
        (SolverFault("it was ended by SIGSEGV"), "optimiser_failed"),
        (ZeroDivisionError(), "run_failed"),
    ],
)
def test_a_run_that_fails_says_why(fair: Fair, fault: Exception, code: str) -> None:
    run = performed(fair, refuse(fault))
    assert (run.state, run.error) == (RunState.FAILED, code)
    assert begin_next_run(NOW) is None


def test_progress_is_seen_while_the_run_lasts(fair: Fair) -> None:
    shown = []

    def perform(errand: Errand) -> None:
        for people in (100, 120):
            errand.tell({"people": people})
            assert not errand.cancelled()
            shown.append(latest(fair).progress)

        errand.tell({"people": 130})

    run = performed(fair, perform)
    assert shown == [{"people": 100}, {"people": 120}]
    assert run.progress == {"people": 130}


def test_the_database_is_asked_once_a_second(fair: Fair) -> None:
    run = under_way(fair)
    errand = Errand(run.id, fair.id, None, {}, lambda: NOW)
    assert not errand.cancelled()
    cancel_run(fair.id, RunKind.PLAN, actor=SYSTEM, now=NOW)
    assert not errand.cancelled()
    errand.clock = lambda: NOW + SECOND
    assert errand.cancelled()


def test_a_run_that_tells_nothing_new_is_still_seen(fair: Fair) -> None:
    run = under_way(fair)
    see_run(run.id, {}, NOW + SECOND)
    assert latest(fair).seen_at == NOW
    see_run(run.id, {}, NOW + PULSE)
    assert latest(fair).seen_at == NOW + PULSE


def test_a_run_that_is_cancelled_under_way_ends_as_such(fair: Fair) -> None:
    def perform(errand: Errand) -> None:
        cancel_run(fair.id, RunKind.PLAN, actor=SYSTEM, now=NOW)
        if errand.cancelled():
            raise Cancelled

    assert performed(fair, perform).state is RunState.CANCELLED


def test_a_run_that_has_not_begun_is_cancelled_at_once(fair: Fair) -> None:
    make_run(fair)
    cancel_run(fair.id, RunKind.PLAN, actor=SYSTEM, now=NOW)
    assert latest(fair).state is RunState.CANCELLED
    assert begin_next_run(NOW) is None


def test_cancelling_nothing_changes_nothing(fair: Fair) -> None:
    make_run(fair, state=RunState.DONE)
    cancel_run(fair.id, RunKind.PLAN, actor=SYSTEM, now=NOW)
    assert latest(fair).state is RunState.DONE


def test_a_run_whose_worker_is_silent_is_interrupted(fair: Fair) -> None:
    run = under_way(fair)
    end_silent_runs(NOW + SILENT_MOST)
    assert latest(fair).state is RunState.RUNNING
    end_silent_runs(NOW + SILENT_MOST + SECOND)
    assert (latest(fair).state, latest(fair).error) == (RunState.FAILED, "interrupted")
    assert not see_run(run.id, {}, NOW + SILENT_MOST + SECOND)
    end_run(run.id, RunState.DONE, NOW + SILENT_MOST + 2 * SECOND, progress={})
    assert latest(fair).state is RunState.FAILED


def test_an_interrupted_run_stands_in_nobodys_way(fair: Fair) -> None:
    under_way(fair)
    later = NOW + SILENT_MOST + SECOND
    assert ask_for_run(fair.id, RunKind.PLAN, {}, actor=SYSTEM, now=later).id


def test_seats_are_allocated_and_the_outcome_is_told(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def allocated(fair_id: int, **_how: object) -> Outcome:
        assert fair_id == fair.id
        return Outcome(served=3, asked_to_move=1, waiting=2, is_proven=True)

    monkeypatch.setattr(performing, "allocate_fair", allocated)
    run = performed(fair, performing.allocate_seats)
    assert run.state is RunState.DONE
    assert run.progress == {"served": 3, "asked_to_move": 1, "waiting": 2, "is_proven": True}


@pytest.mark.parametrize(
    ("package", "code"), [("no_such_package", "no_optimiser"), ("json", "optimiser_failed")]
)
def test_an_allocation_without_its_optimiser_says_so(
    fair: Fair, monkeypatch: pytest.MonkeyPatch, package: str, code: str
) -> None:
    def failed(_fair_id: int, **_how: object) -> Outcome:
        raise SolverFault("it ended with code 1")

    monkeypatch.setattr(performing, "allocate_fair", failed)
    monkeypatch.setattr(performing, "OPTIMISER", package)
    assert performed(fair, performing.allocate_seats).error == code


def test_the_worker_goes_on_while_a_thread_works(app: Flask, fair: Fair) -> None:
    begun, go_on = Event(), Event()

    def slow(errand: Errand) -> None:
        begun.set()
        assert go_on.wait(WAIT)

    with transaction() as current:
        current.add_all([_queued(fair), _queued(fair, RunKind.SEATS)])
    work_on_runs({RunKind.PLAN: slow, RunKind.SEATS: lambda _errand: None}, clock=ticking())
    assert begun.wait(WAIT)
    work_on_runs({}, clock=ticking())
    assert latest(fair).state is RunState.RUNNING
    go_on.set()
    for thread in _workers():
        thread.join(WAIT)
    assert latest(fair).state is RunState.DONE
    seats = latest_run(fair.id, RunKind.SEATS)
    assert seats is not None
    assert seats.state is RunState.DONE


def _queued(fair: Fair, kind: RunKind = RunKind.PLAN) -> ShuttleRun:
    return ShuttleRun(
        fair_id=fair.id, kind=kind, state=RunState.QUEUED, wish={}, progress={}, asked_at=NOW
    )


def _workers() -> list[Thread]:
    return [thread for thread in threads() if thread.name == "shuttle"]
