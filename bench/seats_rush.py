"""Households at the same instant for the last ten seats of a bus, through the form's last page.

First 200 who come alone, then 70 of three each. All of them get places at the fair; ten, and then
three whole households, get seats. Who reads on the own page what rides and manifests don't say
ends the run.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask_migrate import upgrade

from bench.databases import DATABASES
from bench.registrations import HOME, SLUG
from bench.rush import draft, press_together, said
from bench.scans import serving
from config import ROOT, load_config
from jobfair import create_app
from jobfair.booking.rules import RideInput, typed_ride
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import add_fair
from jobfair.fairs.rules import FairFacts, Phase
from jobfair.shuttle.models import RideRequest
from jobfair.shuttle.operations import add_departures, add_stops
from jobfair.shuttle.queries import get_manifest, list_departures
from jobfair.shuttle.rules import (
    CallInput,
    DepartureInput,
    Direction,
    RequestState,
    StopInput,
    Ways,
)

SEATS = 10
RUSHES = ((200, 1, 10), (70, 3, 9))
"""How many households, of how many people, and how many seats that gives."""
CAPACITY = 1000
RIDES, WAITS = "Fair and bus are safe.", "You wait for seats on the bus."


def main() -> None:
    """Print what everybody was told, on both databases."""
    for name, database in DATABASES:
        for households, size, given in RUSHES:
            with tempfile.TemporaryDirectory() as folder, database(Path(folder)), _as_factory():
                print(f"{name:11} {_rush(households, size, given)}")


@contextmanager
def _as_factory() -> Iterator[None]:
    os.environ["GRANIAN_FACTORY"] = "true"
    yield
    del os.environ["GRANIAN_FACTORY"]


def _rush(households: int, size: int, given: int) -> str:
    app = create_app(load_config())
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        fair_id = _fill(households, size)
        session().rollback()
        with serving("bench.registrations:make_app") as port:
            began, pages = press_together(port, households)
            seconds = time.perf_counter() - began
        session().rollback()
        told = [sum(words in page for page in pages) for words in (RIDES, WAITS)]
        with app.test_request_context():
            _check(fair_id, told, size, given)
    return (
        f"{households} households of {size} for {SEATS} seats in {seconds:.1f} s:"
        f" {told[0]} ride ({given} seats), {told[1]} wait, all were told so"
    )


def _fill(households: int, size: int) -> int:
    """Make a fair with a bus of ten seats, and households that stand on the summary."""
    now = datetime.now(UTC)
    starts_at = now + timedelta(days=30)
    facts = FairFacts("Bench", SLUG, starts_at, starts_at + timedelta(hours=4), "Hall", CAPACITY)
    with transaction() as current:
        fair = add_fair(facts, now=now, phase=Phase.OPEN)
        (stop,) = add_stops([StopInput(HOME, "Bahnhof", 52.4, 7.9)])
        add_departures(fair.id, [_bus(fair, stop.id, way) for way in Direction])
        ride = RideInput(Ways.BOTH, stop.id, back_wave=0, out_wave=0)
        for number in range(households):
            typed = said(number, size)
            typed |= {"bus": typed_ride(ride), "done": sorted([*_done(typed), "bus"])}
            current.add(draft(fair.id, number, typed, now))
        return fair.id


def _done(typed: dict[str, object]) -> list[str]:
    done = typed["done"]
    assert isinstance(done, list)
    return done


def _bus(fair: Fair, stop_id: int, way: Direction) -> DepartureInput:
    """Return a bus to the fair, or home from it, that has ten seats and one stop."""
    out = way is Direction.OUT
    fair_at = fair.starts_at if out else fair.ends_at
    call = CallInput(stop_id, fair_at + timedelta(minutes=-30 if out else 30))
    return DepartureInput(way, 1, 0, SEATS, fair_at, (call,))


def _check(fair_id: int, told: list[int], size: int, given: int) -> None:
    """End the run where somebody was told what isn't true, or seats are lost or given twice."""
    query = sa.select(RideRequest.state, sa.func.count()).group_by(RideRequest.state)
    states = dict(session().execute(query).tuples().all())
    true = [states.get(state, 0) for state in (RequestState.SEATED, RequestState.WAITING)]
    for departure in list_departures(fair_id):
        key = f"{departure.line}-{departure.direction}-{departure.wave}"
        on_list = get_manifest(fair_id, key).people
        if (departure.taken, on_list, true[0] * size) != (given, given, given):
            raise SystemExit(f"{key}: {departure.taken} seats taken, {on_list} on the list")
    if told != true:
        raise SystemExit(f"told {told}, true {true}")


if __name__ == "__main__":
    main()
