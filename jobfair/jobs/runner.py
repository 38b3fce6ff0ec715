"""The background runner: what runs each minute, and how to have it look at once.

The queue lies outside our transactions, so a row of ours is always the truth and a task only
says "look".
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from huey import PostgresHuey, SqliteHuey, crontab
from huey.api import Huey

from jobfair.core.db import after_commit

log = logging.getLogger("jobfair.jobs")


@dataclass(frozen=True)
class Job:
    """Work that runs in the background: every `minutes`, and whenever somebody says "look"."""

    name: str
    run: Callable[[], object]
    minutes: int = 1


def init_jobs(app: Flask, jobs: tuple[Job, ...]) -> None:
    """Give the application its queue and register the jobs there."""
    config = app.config["JOBFAIR"]
    if config.sqlite:
        huey: Huey = SqliteHuey("jobfair", filename=str(config.data_dir / "queue.sqlite3"))
    else:
        dsn = config.database_url.replace("postgresql+psycopg", "postgresql", 1)
        huey = PostgresHuey("jobfair", dsn=dsn)
    app.extensions["huey"] = huey
    app.extensions["job_tasks"] = {job.name: _register(app, huey, job) for job in jobs}


def _register(app: Flask, huey: Huey, job: Job) -> Any:
    def work() -> None:
        with app.app_context():
            log.info("job", extra={"kind": job.name})
            try:
                job.run()
            except Exception:  # the queue would print its words, which can be personal
                log.exception("job", extra={"kind": job.name})

    work.__name__ = f"job_{job.name}"
    huey.periodic_task(crontab(minute=f"*/{job.minutes}"), name=f"every_{job.name}")(work)
    return huey.task(name=f"once_{job.name}")(work)


def look_after_commit(name: str) -> None:
    """Have the job look soon after the open transaction is committed."""
    task = current_app.extensions.get("job_tasks", {}).get(name)
    if task is not None and not current_app.testing:
        after_commit(f"job:{name}", lambda: _enqueue(task))


def _enqueue(task: Callable[[], object]) -> None:
    try:
        task()
    except Exception as error:  # the queue is a hint: the periodic run finds the row
        log.warning("queue", exc_info=error)
