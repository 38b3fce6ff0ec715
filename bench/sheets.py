"""Seconds for the sheets of 600 households of the demo fair as one PDF, beside drawing one."""

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from flask_babel import force_locale
from flask_migrate import upgrade

from config import ROOT, load_config
from jobfair import create_app
from jobfair.attendees.models import Household
from jobfair.booking.sheets import sheet_of, sheets_of
from jobfair.core.db import db, session
from jobfair.demo.rules import DemoWish
from jobfair.demo.service import make_demo
from jobfair.fairs.models import Fair
from jobfair.partners.queries import list_chosen
from jobfair.shuttle.queries import journey_of, journeys_of

HOUSEHOLDS = 600
ATTENDEES = 1500
ROUNDS = 3


def main() -> None:
    """Print the best of some rounds, and how many single sheets take as long."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        app = create_app(load_config())
        with app.app_context():
            upgrade(str(ROOT / "migrations"))
            fair = _fair()
            query = sa.select(Household.id).where(Household.fair_id == fair.id)
            ids = session().scalars(query.order_by(Household.id).limit(HOUSEHOLDS)).all()
            with app.test_request_context():
                _measure(fair, ids)
            db.engine.dispose()
        del os.environ["DATA_DIR"]


def _fair() -> Fair:
    wish = DemoWish(attendees=ATTENDEES, exhibitors=1)
    now = datetime.now(UTC)
    made = make_demo(wish, phone="0541 501 0000", email="", now=now, say=lambda _words: None)
    return session().scalars(sa.select(Fair).where(Fair.slug == made.slug)).one()


def _measure(fair: Fair, ids: Sequence[int]) -> None:
    with force_locale("de"):
        together = _best(lambda: _all(fair, ids))
        alone = _best(lambda: _one(fair, ids[0]))
    people = sum(len(one.people) for one in list_chosen(fair.id, ids))
    print(
        f"{together:6.2f} s for {len(ids)} sheets of {people} people;"
        f" as long as {together / alone:.0f} sheets one by one ({alone * 1000:.0f} ms each)"
    )


def _all(fair: Fair, ids: Sequence[int]) -> bytes:
    return sheets_of(fair, list_chosen(fair.id, ids), journeys_of(ids), "Blätter")


def _one(fair: Fair, household_id: int) -> bytes:
    (household,) = list_chosen(fair.id, [household_id])
    return sheet_of(fair, household, journey_of(household_id))


def _best(work: Callable[[], bytes]) -> float:
    best = float("inf")
    for _round in range(ROUNDS):
        session().expunge_all()
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


if __name__ == "__main__":
    main()
