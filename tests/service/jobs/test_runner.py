"""The background runner: what is told after a commit is done soon, and never before."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from jobfair.core.db import session, transaction
from jobfair.jobs.runner import look_after_commit
from jobfair.mail.models import OutboxMail
from jobfair.mail.operations import JOB, queue_mail
from jobfair.mail.rules import Letter
from tests.factories import NOW


@pytest.fixture
def queue(app: Flask) -> Iterator[Any]:
    """Give the application's empty queue, filled as outside tests."""
    huey = app.extensions["huey"]
    huey.flush()
    app.testing = False
    yield huey
    app.testing = True
    huey.flush()
    huey.storage.close()


def _queue_letter() -> None:
    queue_mail("test", "family@example.org", "de", lambda: Letter("A", ("B",)), now=NOW)


def test_the_outbox_is_looked_at_after_the_commit(app: Flask, queue: Any) -> None:
    with transaction():
        _queue_letter()
        _queue_letter()
        assert queue.pending_count() == 0
    assert queue.pending_count() == 1
    queue.execute(queue.dequeue())
    session().rollback()
    assert all(mail.sent_at for mail in session().query(OutboxMail))


def test_nothing_is_told_after_a_rollback(app: Flask, queue: Any) -> None:
    def change_of_mind() -> None:
        with transaction():
            _queue_letter()
            raise LookupError

    with pytest.raises(LookupError):
        change_of_mind()
    with transaction():
        pass
    assert queue.pending_count() == 0


def test_a_broken_queue_breaks_no_use_case(
    app: Flask, queue: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError

    monkeypatch.setitem(app.extensions["job_tasks"], JOB, broken)
    with transaction():
        look_after_commit(JOB)


def test_every_job_also_runs_by_the_clock(app: Flask) -> None:
    names = {type(task).__name__ for task in app.extensions["huey"]._registry.periodic_tasks}
    assert {"every_outbox", "every_retention"} <= names
