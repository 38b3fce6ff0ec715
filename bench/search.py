"""Searches a second among 20,000 people, beside reading one row by its key.

Each figure is the server's time for the statements behind the organiser's list, on the embedded
database and on PostgreSQL; so is the time in which all who may be registered twice are found.
"""

import csv
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from flask_migrate import upgrade

from bench.databases import DATABASES
from config import ROOT, load_config
from jobfair import create_app
from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.queries import Filters, list_pairs, list_people
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdState, PersonInput
from jobfair.core.codes import draw_code
from jobfair.core.db import db, session, transaction
from jobfair.data.municipalities import municipalities
from jobfair.fairs.operations import add_fair
from jobfair.fairs.rules import FairFacts, Phase

PEOPLE = 20_000
ON_PAGE = 50
TIMES = 15
SEARCHES = ("Muhamad", "محمد Haddad", "Abd al Rahman", "0151 23", "family77@", "zzz", "a", "")


def main() -> None:
    """Print milliseconds for each search and how many reads by key take as long."""
    for name, database in DATABASES:
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)):
            print(name)
            _measure()


def _measure() -> None:
    app = create_app(load_config())
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        fair_id = fill()
        with transaction() as current:
            current.execute(sa.text("ANALYZE"))  # as both databases do by themselves in time
        by_key = _best(lambda: session().execute(sa.select(Attendee.id).where(Attendee.id == 1)))
        print(f"  {'one row by its key':24} {by_key:7.2f} ms  {1:6.0f}")
        for text in SEARCHES:
            took = _best(partial(list_people, fair_id, Filters(text), limit=ON_PAGE))
            print(f"  {text or '(everybody)':24} {took:7.2f} ms  {took / by_key:6.0f}")
        took = _best(partial(list_pairs, fair_id, limit=ON_PAGE))
        print(f"  {'(duplicates)':24} {took:7.2f} ms  {took / by_key:6.0f}")
        db.session.remove()
        db.engine.dispose()


def _best(act: Callable[[], object]) -> float:
    """Return the shortest time in milliseconds, the others being somebody else's work."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return 1000 * min(taken)


def fill() -> int:
    """Make a fair with its people, and return its id."""
    now, rng = datetime.now(UTC), Random(1)
    facts = FairFacts(
        "Bench", "bench-2026", now + timedelta(30), now + timedelta(30.5), "Hall", 2 * PEOPLE
    )
    with transaction() as current:
        fair_id = add_fair(facts, now=now, phase=Phase.OPEN).id
        homes, people = _rows(rng, fair_id, now)
        codes = [
            {
                "code": draw_code(rng),
                "fair_id": fair_id,
                "attendee_id": one["id"],
                "issued_at": now,
            }
            for one in people
        ]
        current.execute(sa.insert(Household), homes)
        current.execute(sa.insert(Attendee), people)
        current.execute(sa.insert(BadgeCode), codes)
    return fair_id


def _rows(
    rng: Random, fair_id: int, now: datetime
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return households of one to six people with frequent names, every second in two scripts."""
    listed = files("jobfair").joinpath("data", "names_arabic.csv").read_text(encoding="utf-8")
    names = [(row["latin"], row["name"]) for row in csv.DictReader(listed.splitlines())]
    places = [place.ags for place in municipalities()]
    homes: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    while len(people) < PEOPLE:
        number = len(homes) + 1
        homes.append(_home(rng, fair_id, number, rng.choice(places), now))
        family = rng.choice(names)
        for place in range(min(rng.randint(1, 6), PEOPLE - len(people))):
            given, own = rng.choice(names), rng.random() < 0.5
            said = PersonInput(
                AttendeeKind.ADULT,
                given[0],
                family[0],
                given[1] if own else "",
                family[1] if own else "",
                rng.randint(1950, 2008),
            )
            people.append(_person(fair_id, len(people) + 1, number, place, said))
    return homes, people


def _home(rng: Random, fair_id: int, number: int, place: str, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "fair_id": fair_id,
        "submission_key": str(number),
        "state": HouseholdState.REGISTERED,
        "lang": rng.choice(("ar", "uk", "fa", "ru")),
        "municipality": place,
        "email": f"family{number}@example.org" if number % 2 else "",
        "phone": f"0151 {rng.randrange(10**7):07}" if number % 3 else "",
        "link_version": 1,
        "take_at_once": True,
        "passed_over": 0,
        "registered_at": now,
    }


def _person(
    fair_id: int, number: int, household_id: int, place: int, said: PersonInput
) -> dict[str, Any]:
    return {
        "id": number,
        "fair_id": fair_id,
        "household_id": household_id,
        "position": place,
        "kind": said.kind,
        "state": AttendeeState.REGISTERED,
        "given_name": said.given_name,
        "family_name": said.family_name,
        "own_given_name": said.own_given_name,
        "own_family_name": said.own_family_name,
        "name_key": said.search_key,
        "sound_key": said.sounds,
        "birth_year": said.birth_year,
        "speaks": [],
        "work": [],
    }


if __name__ == "__main__":
    main()
