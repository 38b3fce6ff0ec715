"""Steps that several people do at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from jobfair.core.db import db
from jobfair.core.errors import DomainError


def together(app: Flask, *steps: Callable[[], object]) -> list[str]:
    """Run the steps in threads that begin at once; return the codes of refusals, or "done"."""
    barrier = Barrier(len(steps))

    def run(step: Callable[[], object]) -> str:
        with app.app_context():
            barrier.wait()
            try:
                step()
            except DomainError as error:
                return error.code
            finally:
                db.session.remove()
        return "done"

    with ThreadPoolExecutor(len(steps)) as pool:
        codes = sorted(pool.map(run, steps))
    db.session.rollback()  # what was read before is no longer so
    return codes
