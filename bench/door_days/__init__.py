"""An hour without network at the doors of a fair, and what is left of it in the database.

Phones with wrong clocks scan on their own copies of the roster and are restarted at random. Then
all of them synchronise at once, go on scanning, lose answers and send requests twice, while the
server is killed (`kill -9`) again and again. In the end a checker of its own compares what was
shown at the doors and what the phones were told with the database, and works out who is inside.
"""

import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from flask_migrate import upgrade

from bench.databases import DATABASES
from bench.door_days.checker import Check, Figure
from bench.door_days.day import LiveScans, live_through
from bench.door_days.hour import HOUR
from bench.door_days.network import Server, Synchronisation
from bench.door_days.phones import Phone, Shown
from bench.door_days.world import HALL, World, go_on_without_phones, make_world
from config import ROOT, load_config
from jobfair import create_app
from jobfair.core.db import db

COUNTED_WITHIN = 20.0
"""Seconds after which the number of people inside is counted anew at the latest."""
LIVE = 0.05
"""How many more scans are made while all synchronise."""


@dataclass(frozen=True)
class Size:
    """How large a day is: scans without network, phones, how often the server is killed."""

    scans: int
    phones: int
    kills: int
    batch: int


@dataclass(frozen=True)
class Day:
    """A day that is over: what was true, what the phones showed, and what the checker found."""

    world: World
    phones: list[Phone]
    figures: list[Figure]

    @property
    def shown(self) -> list[Shown]:
        """Return all scans as the people at the doors saw them."""
        return [one for phone in self.phones for one in phone.shown.values()]


FULL = Size(scans=5000, phones=8, kills=12, batch=60)


def main() -> None:
    """Print what the checker finds on both databases; fail where something is not as it must."""
    for name, database in DATABASES:
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)):
            app = create_app(load_config())
            with app.app_context():
                upgrade(directory=str(ROOT / "migrations"))
                print(name)
                figures = simulate({}, FULL, seed=1).figures
                db.session.remove()
                db.engine.dispose()
        for figure in figures:
            limit = "" if figure.most is None else f"   at most {figure.most}"
            print(f"  {figure.name:42} {figure.count:6}{limit}")
        if not all(figure.holds for figure in figures):
            sys.exit("not as it must be")


def simulate(environ: Mapping[str, str], size: Size, seed: int) -> Day:
    """Return such a day; the server gets these settings."""
    rng = Random(seed)
    world = make_world(size.scans, size.phones, rng, datetime.now(UTC))
    server = Server(environ)
    server.start()
    try:
        phones = _open_doors(world, server)
        blocks = {code for phone in phones for code in phone.block}
        go_on_without_phones(world, blocks, datetime.now(UTC))
        live_through(world, phones, size.scans)
        bringing = Synchronisation(server, phones, rng, size.batch)
        bringing.run(size.kills, LiveScans(world, round(size.scans * LIVE)))
        day = Day(world, phones, [])
        check = Check(world, day.shown)
        day.figures.extend(
            (
                *check.figures([told for phone in phones for told in phone.registered.values()]),
                *_presence(phones, server, check),
                Figure("restarts of phones", sum(phone.restarts for phone in phones), None),
                Figure("answers lost on the way", bringing.lost, None),
                Figure("requests sent twice", bringing.twice, None),
                Figure("kills of the server", server.kills, None),
                Figure("kills that did not happen", size.kills - server.kills),
            )
        )
        return day
    finally:
        server.end()


def _open_doors(world: World, server: Server) -> list[Phone]:
    """Return the phones with the roster as it stands before the doors open, an hour ago."""
    phones = []
    for number, post in enumerate(world.posts):
        phone = Phone(number, post, world.zone(number), Random(world.rng.random()))
        phone.take_roster(server.call("GET", "roster", number), time.time() - HOUR - 1)
        phones.append(phone)
    return phones


def _presence(phones: list[Phone], server: Server, check: Check) -> list[Figure]:
    """Return in how many cases a new roster says otherwise than the checker who is inside."""
    figures = []
    for zone, name in (("", "the house"), (HALL, "the hall")):
        phone = next(phone for phone in phones if phone.zone == zone)
        must = {phone.hash_of(code) for code in check.inside(zone)}
        there, count = _inside(phone, server)
        end = time.monotonic() + COUNTED_WITHIN
        while count != len(must) and time.monotonic() < end:
            time.sleep(1)
            there, count = _inside(phone, server)
        figures += [
            Figure(f"inside {name}", len(must), None),
            Figure(f"wrong about {name}", len(there ^ must) + abs(count - len(must))),
        ]
    return figures


def _inside(phone: Phone, server: Server) -> tuple[set[str], int]:
    """Return who is inside by a new roster, and how many."""
    roster = server.call("GET", "roster", phone.number)
    inside = {entry["hash"] for entry in roster["entries"] if entry["inside"]}
    return inside, roster["station"]["inside"]
