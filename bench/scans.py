"""Scans per second through the page's own call, beside a Flask route that does nothing.

Both run on the same server with the same number of connections. Every scan is durable before it
is answered; each request carries one scan, as a phone at the door sends it.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from itertools import count
from random import Random
from statistics import quantiles
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from config import ROOT, load_config
from jobfair import create_app
from jobfair.accounts.keys import hash_key, new_key
from jobfair.accounts.models import RoleGrant, SignInSession, User
from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdState
from jobfair.core.actor import Role
from jobfair.core.codes import draw_code
from jobfair.core.db import transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase

CONNECTIONS = 16
SECONDS = 8.0
WARM_UP = 1.5
PEOPLE = 3000
SLUG = "bench-2026"
GRANIAN = ["--interface", "wsgi", "--no-ws", "--workers", "1", "--backlog", "1024"]
GRANIAN += ["--blocking-threads", str(CONNECTIONS), "--log-level", "critical"]


@dataclass(frozen=True)
class Measured:
    """How many calls were answered a second, and how long the slowest hundredth took."""

    rate: float
    p99: float


def main() -> None:
    """Print the rate of both and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        app = create_app(load_config())
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            codes = fill()
            headers = {"Cookie": sign_in(app), "Content-Type": "application/json"}
        with serving("bench.empty:app") as port:
            empty = measure(port, "/", headers, lambda: "{}")
        with serving("wsgi:app") as port:
            headers |= page_headers(port, headers)
            call = f"/door/{SLUG}/scans"
            scans = measure(port, call, headers, scan_bodies(codes))
    print(f"empty route  {empty.rate:7.0f} /s   p99 {empty.p99:5.0f} ms   1.00")
    ratio = scans.rate / empty.rate
    print(f"scans        {scans.rate:7.0f} /s   p99 {scans.p99:5.0f} ms   {ratio:.2f}")


def fill() -> list[str]:
    """Make a fair under way with its people, and return the codes of their badges."""
    now, rng = datetime.now(UTC), Random(1)
    codes = [draw_code(rng) for _ in range(PEOPLE)]
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
    return codes


def sign_in(app: Flask) -> str:
    """Make somebody on door duty and return the cookie of their browser."""
    now, key = datetime.now(UTC), new_key()
    with transaction() as session:
        user = User(email="door@example.org", name="Door", lang="de", created_at=now)
        session.add(user)
        session.flush()
        session.add(RoleGrant(user_id=user.id, role=Role.DOOR, created_at=now))
        session.add(
            SignInSession(
                user_id=user.id, key_hash=hash_key(key), device="", created_at=now, seen_at=now
            )
        )
    serializer = app.session_interface.get_signing_serializer(app)
    assert serializer is not None
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps({'_user_id': key})}"


def page_headers(port: int, headers: dict[str, str]) -> dict[str, str]:
    """Open the scanner and return the token that its script sends, with the cookie for it."""
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/door/{SLUG}", headers=headers)
    response = connection.getresponse()
    token = re.search(r'name="csrf-token" content="([^"]+)"', response.read().decode())
    cookie = response.headers.get("Set-Cookie", headers["Cookie"]).split(";")[0]
    connection.close()
    assert token is not None, response.status
    return {"X-CSRFToken": token.group(1), "Cookie": cookie}


def scan_bodies(codes: list[str]) -> Callable[[], str]:
    """Return a function that makes the next scan: everybody comes in, then goes out again."""
    numbers = count()

    def body() -> str:
        turn, place = divmod(next(numbers), len(codes))
        now = datetime.now(UTC).isoformat()
        scan = {"id": str(uuid4()), "badge": codes[place], "station": "Eingang 1"}
        scan |= {"direction": ("in", "out")[turn % 2], "scanned_at": now}
        return json.dumps({"now": now, "scans": [scan]})

    return body


def measure(port: int, path: str, headers: dict[str, str], body: Callable[[], str]) -> Measured:
    """Call the path over all connections, first to warm up and then against the clock."""
    _load(port, path, headers, body, WARM_UP)
    taken = _load(port, path, headers, body, SECONDS)
    return Measured(len(taken) / SECONDS, quantiles(taken, n=100)[98] * 1000)


def _load(
    port: int, path: str, headers: dict[str, str], body: Callable[[], str], seconds: float
) -> list[float]:
    end = time.perf_counter() + seconds

    def keep_calling() -> list[float]:
        taken = []
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        while (start := time.perf_counter()) < end:
            connection.request("POST", path, body(), headers)
            response = connection.getresponse()
            answer = response.read()
            assert response.status == 200, answer
            taken.append(time.perf_counter() - start)
        connection.close()
        return taken

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        running = [pool.submit(keep_calling) for _ in range(CONNECTIONS)]
        return [one for calls in running for one in calls.result()]


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
