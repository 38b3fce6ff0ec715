"""Scans per second through the API, beside a Flask route that does nothing, on both databases.

Both run on the same server with the same number of connections, and every call carries a token.
Each request carries one scan of a badge of its connection's own, as a phone at the door sends it,
and is answered once the scan is durable.
"""

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import quantiles
from uuid import uuid4

import sqlalchemy as sa
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from bench.calls import Caller, keep_calling
from bench.databases import DATABASES
from config import ROOT, load_config
from jobfair import create_app
from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdState
from jobfair.checkin.models import Device, Scan, Shift, Station
from jobfair.checkin.rules import DeviceDirection, DeviceKind, StationKind
from jobfair.checkin.service.devices import hash_secret
from jobfair.core.codes import draw_code
from jobfair.core.db import db, transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase

CONNECTIONS = 16
SECONDS = 8.0
WARM_UP = 1.5
PEOPLE = 24_000  # so that hardly any badge is shown twice
SLUG = "bench-2026"
STATION = "Eingang"
LIMITS = {"SQLite": 0.40, "PostgreSQL": 0.20}
SLOWER_MOST = 4.0
GRANIAN = ["--interface", "wsgi", "--no-ws", "--workers", "1", "--backlog", "1024"]
GRANIAN += ["--blocking-threads", str(CONNECTIONS), "--log-level", "critical"]


@dataclass(frozen=True)
class Measured:
    """How many calls were answered a second, how long the slowest hundredth took, how many all."""

    rate: float
    p99: float
    count: int


def main() -> None:
    """Print the rate of both and their ratio, for each database; fail below a limit."""
    failed = []
    for name, database in DATABASES:
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)):
            print(name)
            ratio, slower = _measure_here()
        if ratio < LIMITS[name] or slower > SLOWER_MOST:
            failed.append(name)
    if failed:
        raise SystemExit(f"slower than it must be: {', '.join(failed)}")


def _measure_here() -> tuple[float, float]:
    app = create_app(load_config())
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        codes, tokens = fill()
        db.engine.dispose()
    headers = [
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} for token in tokens
    ]
    bodies = [scan_bodies(codes[n::CONNECTIONS]) for n in range(CONNECTIONS)]
    with serving("bench.empty:app") as port:
        empty = measure(port, "/", headers, bodies)
    with serving("wsgi:app") as port:
        scans = measure(port, f"/api/v1/fairs/{SLUG}/scans", headers, bodies)
    with app.app_context():
        stored = db.session.scalar(sa.select(sa.func.count()).select_from(Scan))
        db.engine.dispose()
    if stored != scans.count:
        raise SystemExit(f"{scans.count} scans were answered, {stored} are stored")
    ratio, slower = scans.rate / empty.rate, scans.p99 / empty.p99
    print(f"empty route  {empty.rate:7.0f} /s   p99 {empty.p99:5.1f} ms")
    print(f"scans        {scans.rate:7.0f} /s   p99 {scans.p99:5.1f} ms")
    print(f"ratio        {ratio:7.2f}      p99 {slower:5.1f} times")
    return ratio, slower


def fill() -> tuple[list[str], list[str]]:
    """Make a fair under way with its people and phones; return their codes and tokens."""
    now, rng = datetime.now(UTC), Random(1)
    codes = [draw_code(rng) for _ in range(PEOPLE)]
    tokens = [f"token {n}" for n in range(CONNECTIONS)]
    with transaction() as session:
        fair = Fair(
            slug=SLUG, name="Bench", phase=Phase.RUNNING, starts_at=now,
            ends_at=now + timedelta(hours=6), venue="Hall", capacity=PEOPLE,
            places_taken=PEOPLE, created_at=now,
        )  # fmt: skip
        session.add(fair)
        session.flush()
        home = {"fair_id": fair.id, "state": HouseholdState.REGISTERED, "lang": "ar"}
        home |= {"municipality": "03459014", "registered_at": now, "email": "", "phone": ""}
        person = {"fair_id": fair.id, "kind": AttendeeKind.ADULT, "given_name": "Amal"}
        person |= {"family_name": "Haddad", "state": AttendeeState.REGISTERED}
        badge = {"fair_id": fair.id, "issued_at": now}
        rows = range(PEOPLE)
        homes = [home | {"id": n // 3 + 1, "submission_key": str(n)} for n in rows[::3]]
        people = [person | {"id": n + 1, "household_id": n // 3 + 1, "position": n} for n in rows]
        badges = [badge | {"code": code, "attendee_id": n + 1} for n, code in enumerate(codes)]
        session.execute(sa.insert(Household), homes)
        session.execute(sa.insert(Attendee), people)
        session.execute(sa.insert(BadgeCode), badges)
        _phones(session, fair.id, tokens, now)
    return codes, tokens


def _phones(session: Session, fair_id: int, tokens: list[str], now: datetime) -> None:
    station = Station(fair_id=fair_id, name=STATION, kind=StationKind.ENTRANCE, position=0)
    ends_at = now + timedelta(hours=9)
    shift = Shift(
        fair_id=fair_id, salt="5a" * 16, samples=[], phone="", made_at=now, ends_at=ends_at
    )
    session.add_all((station, shift))
    session.flush()
    session.add_all(
        Device(
            fair_id=fair_id, shift_id=shift.id, station_id=station.id, name=token, pin_tries=0,
            kind=DeviceKind.STEWARD, direction=DeviceDirection.BOTH, token_hash=hash_secret(token),
            pairing_until=now, made_at=now, paired_at=now,
        )
        for token in tokens
    )  # fmt: skip


def scan_bodies(codes: list[str]) -> Callable[[], str]:
    """Return a function that makes the next scan: everybody comes in, then goes out again."""
    numbers = count()

    def body() -> str:
        turn, place = divmod(next(numbers), len(codes))
        now = datetime.now(UTC).isoformat()
        scan = {
            "id": str(uuid4()),
            "badge": codes[place],
            "station": STATION,
            "decided": "admitted",
        }
        scan |= {"direction": ("in", "out")[turn % 2], "scanned_at": now, "offline": False}
        return json.dumps({"device": {"now": now, "unsent": 0, "battery": 80}, "scans": [scan]})

    return body


def measure(
    port: int, path: str, headers: Sequence[dict[str, str]], bodies: Sequence[Callable[[], str]]
) -> Measured:
    """Call the path over all connections, first to warm up and then against the clock."""
    callers = [Caller(port, path, head, body) for head, body in zip(headers, bodies, strict=True)]
    warm = keep_calling(callers, WARM_UP)
    taken = keep_calling(callers, SECONDS)
    for caller in callers:
        caller.socket.close()
    p99 = quantiles(taken, n=100)[98] * 1000
    return Measured(len(taken) / SECONDS, p99, len(warm) + len(taken))


@contextmanager
def serving(application: str) -> Iterator[int]:
    """Run the application on a free port until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", *GRANIAN, "--port", str(port), application]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(300):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
