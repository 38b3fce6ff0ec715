"""A list of 500 people: uploaded, looked at and saved, beside only reading the file.

The workbook goes through the organiser's pages of an application in this process. The last line
is a workbook of 50,000 rows, which has to be refused at once.
"""

import io
import os
import re
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from flask.testing import FlaskClient
from flask_migrate import upgrade
from openpyxl import Workbook
from werkzeug.test import TestResponse

from config import ROOT, load_config
from jobfair import create_app
from jobfair.accounts.keys import hash_key, new_key
from jobfair.accounts.models import RoleGrant, SignInSession, User
from jobfair.core.actor import Role
from jobfair.core.db import transaction
from jobfair.fairs.operations import add_fair
from jobfair.fairs.rules import FairFacts, Phase
from jobfair.partners.lists import read_file
from jobfair.shuttle.models import Call, Departure, Stop
from jobfair.shuttle.rules import Direction

PEOPLE = 500
TOO_MANY = 50_000
SLUG = "bench-2026"
PAGE = f"/desk/{SLUG}/lists"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HEAD = ("Familie", "Vorname", "Nachname", "Geburtsjahr", "Wohnort", "Sprache", "Telefon", "Bus")
T = TypeVar("T")


def main() -> None:
    """Print the seconds of each step and their ratio to reading the file."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        app = create_app(load_config())
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            key = fill()
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"] = key
        content, too_long = workbook(PEOPLE), workbook(TOO_MANY)
        reading, _sheet = timed(lambda: read_file(content))
        uploading, answer = timed(lambda: upload(browser, content))
        looking, shown = timed(lambda: browser.get(answer.location))
        saving, saved = timed(lambda: save(browser, answer.location, shown))
        refusing, refused = timed(lambda: upload(browser, too_long))
    assert (answer.status_code, saved.status_code) == (302, 200), (answer.status, saved.status)
    assert refused.status_code == 422, refused.status
    whole = uploading + looking + saving
    for name, seconds in (
        ("reading the file", reading),
        ("uploading", uploading),
        ("looking", looking),
        ("saving", saving),
        (f"{PEOPLE} people in all", whole),
        (f"refusing {TOO_MANY}", refusing),
    ):
        print(f"{name:18} {seconds:6.2f} s {seconds / reading:7.1f}")


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """Return how long it took, and what it gave."""
    begun = time.perf_counter()
    given = act()
    return time.perf_counter() - begun, given


def workbook(people: int) -> bytes:
    """Return a list of families of two, half of whom come by bus."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEAD)
    for n in range(people):
        name, bus = f"Amal{letters(n)}", "ja" if n % 4 < 2 else "nein"
        row = (
            n // 2,
            name,
            f"Haddad{letters(n // 2)}",
            1960 + n % 40,
            "49565 Bramsche",
            "Arabisch",
        )
        sheet.append((*row, f"0151 {2_000_000 + n}", bus))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def letters(number: int) -> str:
    """Return the number in letters, as names have no digits."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def upload(browser: FlaskClient, content: bytes) -> TestResponse:
    """Hand in the file."""
    token = token_on(browser.get(PAGE))
    data = {"csrf_token": token, "text": "", "file": (io.BytesIO(content), "liste.xlsx")}
    return browser.post(PAGE, data=data)


def save(browser: FlaskClient, page: str, shown: TestResponse) -> TestResponse:
    """Save what is good of the list, as often as a part of it is left; return the last page."""
    while "/save" in shown.get_data(as_text=True):
        typed = {"csrf_token": token_on(shown), "agreed": "y"}
        shown = browser.get(browser.post(f"{page}/save", data=typed).location)
    assert "/drafts" not in shown.get_data(as_text=True), "some of it was not understood"
    return shown


def token_on(page: TestResponse) -> str:
    """Return the token that the page's forms have."""
    found = TOKEN.search(page.get_data(as_text=True))
    assert found is not None, page.status
    return found.group(1)


def fill() -> str:
    """Make a fair with buses, and an organiser; return the key of their browser."""
    now, key = datetime.now(UTC), new_key()
    starts_at = now + timedelta(days=30)
    facts = FairFacts("Bench", SLUG, starts_at, starts_at + timedelta(hours=4), "Hall", 10_000)
    with transaction() as session:
        fair = add_fair(facts, now=now, phase=Phase.OPEN)
        stop = Stop(municipality="03459014", name="Bahnhof", lat=52.4, lon=8.0)
        user = User(email="bench@example.org", name="Bench", lang="de", created_at=now)
        session.add_all([stop, user])
        session.flush()
        session.add(RoleGrant(user_id=user.id, role=Role.ORGANISER, created_at=now))
        session.add(
            SignInSession(
                user_id=user.id, key_hash=hash_key(key), device="", created_at=now, seen_at=now
            )
        )
        for direction, at in ((Direction.OUT, starts_at), (Direction.BACK, facts.ends_at)):
            bus = Departure(
                fair_id=fair.id, direction=direction, line=1, wave=0, seats=10_000, fair_at=at
            )
            session.add(bus)
            session.flush()
            call = Call(fair_id=fair.id, departure_id=bus.id, stop_id=stop.id, position=0, at=at)
            session.add(call)
    return key


if __name__ == "__main__":
    main()
