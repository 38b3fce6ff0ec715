"""400 households at the same instant for the last 100 places, through the last page of the form.

Everybody stands on the summary and presses "register" together. Who gets an answer other than the
own page, or reads there what the database does not say, ends the run.
"""

import os
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import sqlalchemy as sa
from flask_migrate import upgrade

from bench.databases import DATABASES
from bench.registrations import SLUG, START, TOKEN, Browser
from bench.scans import serving
from config import ROOT, load_config
from jobfair import create_app
from jobfair.attendees.models import Attendee, Household
from jobfair.booking.models import RegistrationDraft
from jobfair.booking.queries import hash_of
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import add_fair
from jobfair.fairs.rules import FairFacts, Phase

HOUSEHOLDS, LEFT, CAPACITY = 400, 100, 500
SIZES = (1, 2, 1, 4, 3)
DONE = ["contact", "needs", "place", "who", "work"]


def main() -> None:
    """Print what 400 households were told, on both databases."""
    for name, database in DATABASES:
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)):
            os.environ["GRANIAN_FACTORY"] = "true"
            try:
                print(f"{name:11} {_rush()}")
            finally:
                del os.environ["GRANIAN_FACTORY"]


def _rush() -> str:
    app = create_app(load_config())
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        fair_id = _fill()
        session().rollback()
        with serving("bench.registrations:make_app") as port:
            began, pages = press_together(port, HOUSEHOLDS)
        session().rollback()
        told = Counter(_told(words) for words in pages)
        return _checked(fair_id, told, time.perf_counter() - began)


def _fill() -> int:
    """Make a fair that has 100 places left, and 400 households that stand on the summary."""
    now = datetime.now(UTC)
    starts_at = now + timedelta(days=30)
    facts = FairFacts("Bench", SLUG, starts_at, starts_at + timedelta(hours=4), "Hall", CAPACITY)
    with transaction() as current:
        fair = add_fair(facts, now=now, phase=Phase.OPEN)
        fair.places_taken = CAPACITY - LEFT
        for number in range(HOUSEHOLDS):
            current.add(draft(fair.id, number, said(number, SIZES[number % len(SIZES)]), now))
        return fair.id


def draft(fair_id: int, number: int, typed: dict[str, object], now: datetime) -> RegistrationDraft:
    """Return what that household has typed until now."""
    row = RegistrationDraft(fair_id=fair_id, key_hash=hash_of(_key(number)), lang="en", data=typed)
    row.created_at = row.updated_at = now
    return row


def _key(number: int) -> str:
    return f"household-{number}"


def said(number: int, size: int) -> dict[str, object]:
    """Return what a household of this size has typed, all steps done but the last."""
    people = [
        {"key": f"{place:08}", "kind": "adult", "given": f"Amal {number}", "family": "Haddad"}
        | dict.fromkeys(("latin_given", "latin_family", "own_given", "own_family"), "")
        | {"read_from": "", "birth_year": ""}
        for place in range(size)
    ]
    return {
        "who": people,
        "place": {"municipality": "03459014"},
        "work": [],
        "needs": {},
        "contact": {"email": "", "phone": "0541 501 0000", "lang": "ar"},
        "done": DONE,
    }


def press_together(port: int, households: int) -> tuple[float, list[str]]:
    """Return when the first of so many households pressed "register", and their own pages."""
    barrier = Barrier(households)
    times: list[float] = []

    def one(number: int) -> str:
        browser = Browser(port)
        browser.cookies["registration"] = _key(number)
        words, _location = browser.open(f"{START}/summary")
        token = TOKEN.search(words)
        assert token is not None, words[:200]
        barrier.wait()
        times.append(time.perf_counter())
        fields = {"csrf_token": token.group(1), "consent": "y", "go": "next"}
        _words, own_page = browser.open(f"{START}/summary", fields)
        assert "/my/" in own_page, own_page
        words, _location = browser.open(f"{own_page}?lang=en")
        browser.connection.close()
        return words

    with ThreadPoolExecutor(households) as pool:
        pages = list(pool.map(one, range(households)))
    return min(times), pages


def _told(words: str) -> str:
    return "waitlisted" if "You are on the waiting list" in words else "registered"


def _checked(fair_id: int, told: Counter[str], seconds: float) -> str:
    """Return the result in words; end the run where somebody was told what isn't true."""
    states = sa.select(Household.state, sa.func.count()).group_by(Household.state)
    true = {state.value: number for state, number in session().execute(states)}
    people = (
        sa.select(sa.func.count())
        .select_from(Attendee)
        .join(Household, Household.id == Attendee.household_id)
        .where(Household.state == "registered")
    )
    placed = session().scalar(people) or 0
    taken = session().get_one(Fair, fair_id).places_taken
    if true != dict(told) or taken != CAPACITY - LEFT + placed or placed > LEFT:
        raise SystemExit(f"told {dict(told)}, true {true}, taken {taken}, placed {placed}")
    return (
        f"{HOUSEHOLDS} households in {seconds:.1f} s: {true['registered']} have places"
        f" ({placed} people of {LEFT} places), {true['waitlisted']} wait, all were told so"
    )


if __name__ == "__main__":
    main()
