"""Scans a second in batches of 500 through the API, as phones send what waited, on both databases.

A batch is mixed as on a bad day: people come in, leave and come back, are shown twice, were
admitted by a phone without network, or have badges that nobody knows. One server process answers
once all of a batch is durable. The limit is 5,000 scans a second for the embedded database;
PostgreSQL, for which several processes serve, is shown beside it.
"""

import json
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from flask_migrate import upgrade

from bench.databases import DATABASES
from bench.scans import SLUG, STATION, fill, serving
from config import ROOT, load_config
from jobfair import create_app
from jobfair.core.codes import draw_code
from jobfair.core.db import db

BATCH = 500
PHONES = 4
BATCHES = 8
WARM_UP = 1
LEAST = 5_000
AN_HOUR = 3600
"""So many seconds ago the first of the scans was made."""


def main() -> None:
    """Print the rate on each database; fail where the embedded one is below the limit."""
    rates = {}
    for name, database in DATABASES:
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)):
            rates[name] = _measure()
    for name, rate in rates.items():
        print(f"{name:11} {rate:6.0f} scans/s   {rate / LEAST:.2f} of {LEAST}")
    if rates["SQLite"] < LEAST:
        sys.exit(f"below {LEAST}")


def _measure() -> float:
    app = create_app(load_config())
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        codes, tokens = fill()
        db.engine.dispose()
    queues = [_bodies(codes[n::PHONES], Random(n)) for n in range(PHONES)]
    with serving("wsgi:app") as port, ThreadPoolExecutor(PHONES) as pool:

        def send(phone: int, bodies: list[str]) -> None:
            _send(port, tokens[phone], bodies)

        list(pool.map(send, range(PHONES), [queue[:WARM_UP] for queue in queues]))
        began = time.perf_counter()
        list(pool.map(send, range(PHONES), [queue[WARM_UP:] for queue in queues]))
        took = time.perf_counter() - began
    return PHONES * BATCHES * BATCH / took


def _bodies(codes: list[str], rng: Random) -> list[str]:
    """Return all requests of a phone, written before the clock runs."""
    now = datetime.now(UTC)
    many = BATCH * (BATCHES + WARM_UP)
    times = sorted(now - timedelta(seconds=rng.uniform(1, AN_HOUR)) for _ in range(many))
    inside: set[str] = set()
    scans = [_scan(codes, inside, at, rng) for at in times]
    device = {"now": now.isoformat(), "unsent": many, "battery": 50}
    return [
        json.dumps({"device": device, "scans": scans[first : first + BATCH]})
        for first in range(0, many, BATCH)
    ]


def _scan(codes: list[str], inside: set[str], at: datetime, rng: Random) -> dict[str, Any]:
    """Return what somebody does next who is outside, or inside; one in ten does it again."""
    known = rng.choice(codes)
    text = rng.choices((known, draw_code(rng), "12"), (90, 5, 5))[0]
    direction = "out" if (known in inside) != (rng.random() < 0.1) else "in"
    said = "admitted" if direction == "in" else "left"
    if text == known and direction == "in":
        inside.add(known)
    elif text == known:
        inside.discard(known)
    return {
        "id": str(UUID(int=rng.getrandbits(128), version=4)),
        "badge": text,
        "station": STATION,
        "direction": direction,
        "scanned_at": at.isoformat(),
        "decided": said if text == known else "unknown",
        "offline": rng.random() < 0.8,
    }


def _send(port: int, token: str, bodies: list[str]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for body in bodies:
        connection.request("POST", f"/api/v1/fairs/{SLUG}/scans", body, headers)
        response = connection.getresponse()
        results = json.loads(response.read())["results"]
        assert len(results) == BATCH, response.status
        assert all(result["error"] is None for result in results)
    connection.close()


if __name__ == "__main__":
    main()
