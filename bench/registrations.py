"""Registrations per second through all pages, beside an empty form of the same server.

Four browsers register families one after the other, as people without JavaScript do: each of the
eight steps is shown and sent, and the household's own page is shown, which makes seventeen
requests. The empty form is sent to a route that checks its token and does nothing, so one request
of a registration is compared with one of these too.
"""

import os
import re
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_migrate import upgrade

from bench.scans import serving
from config import ROOT, load_config
from jobfair import create_app
from jobfair.core.db import transaction
from jobfair.fairs.models import ArrivalWindow
from jobfair.fairs.operations import add_fair
from jobfair.fairs.rules import FairFacts, Phase
from jobfair.shuttle.models import Call, Departure, Stop
from jobfair.shuttle.rules import Direction
from jobfair.web.access import public
from jobfair.web.forms import ActionForm
from jobfair.web.limits import limiter

BROWSERS = 4
SECONDS = 12.0
WARM_UP = 2.0
CAPACITY = 10_000
SLUG = "bench-2026"
START = f"/{SLUG}/register"
HOME, MOTHER = "03459014", "00000001"
EMPTY = "/empty-form"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"}


def make_app() -> Flask:
    """Return the application with a route that checks a form and does nothing, unlimited."""
    app = create_app(load_config())
    limiter.enabled = False

    @app.post(EMPTY)
    @public
    def empty_form() -> ResponseReturnValue:
        return "", 204 if ActionForm().validate_on_submit() else 422

    return app


class Browser:
    """A connection that keeps its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.requests = 0

    def open(self, path: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        """Return the words and the `Location` of the answer, which must be no refusal."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None if fields is None else urlencode(fields)
        method = "GET" if body is None else "POST"
        self.requests += 1
        self.connection.request(method, path, body, {**HEADERS, "Cookie": cookie})
        response = self.connection.getresponse()
        words = response.read().decode()
        assert response.status < 400, (path, response.status)
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: found.value for name, found in SimpleCookie(header).items()}
        return words, response.headers.get("Location", "")

    def token(self) -> str:
        """Return the token of the first step's form."""
        found = TOKEN.search(self.open(START)[0])
        assert found is not None
        return found.group(1)


@dataclass(frozen=True)
class Rates:
    """What was done a second by all browsers together, and in how many requests."""

    acts: float
    requests: float


def main() -> None:
    """Print the rates of both and their ratios, by the whole registration and by the request."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "GRANIAN_FACTORY": "true"}
        try:
            app = create_app(load_config())
            with app.app_context():
                upgrade(directory=str(ROOT / "migrations"))
                family = fill()
            with serving("bench.registrations:make_app") as port:
                empty = measure(port, send_empty).requests
                registered = measure(port, lambda browser: register(browser, family))
        finally:
            del os.environ["GRANIAN_FACTORY"]
    print(f"empty form     {empty:7.1f} /s   1.000")
    print(f"requests       {registered.requests:7.1f} /s   {registered.requests / empty:.3f}")
    print(f"registrations  {registered.acts:7.1f} /s   {registered.acts / empty:.3f}")


def fill() -> dict[str, dict[str, str]]:
    """Make a fair with an arrival window and a bus; return what a family says on each step."""
    now = datetime.now(UTC)
    starts_at = now + timedelta(days=30)
    facts = FairFacts("Bench", SLUG, starts_at, starts_at + timedelta(hours=4), "Hall", CAPACITY)
    with transaction() as session:
        fair = add_fair(facts, now=now, phase=Phase.OPEN)
        stop = Stop(municipality=HOME, name="Bahnhof", lat=52.4, lon=8.0)
        window = ArrivalWindow(
            fair_id=fair.id, starts_at=starts_at, ends_at=facts.ends_at, capacity=CAPACITY
        )
        session.add_all((stop, window))
        session.flush()
        for direction, at in ((Direction.OUT, starts_at), (Direction.BACK, facts.ends_at)):
            bus = Departure(
                fair_id=fair.id, direction=direction, line=1, wave=0, seats=CAPACITY, fair_at=at
            )
            session.add(bus)
            session.flush()
            session.add(
                Call(fair_id=fair.id, departure_id=bus.id, stop_id=stop.id, position=0, at=at)
            )
        return said(window.id, stop.id)


def said(window_id: int, stop_id: int) -> dict[str, dict[str, str]]:
    """Return the fields of each step, by the end of its address."""
    return {
        "register": {
            "people-0-key": MOTHER, "people-0-kind": "adult", "people-0-given": "Amal",
            "people-0-family": "Haddad", "people-0-birth_year": "1988",
            "people-1-key": "00000002", "people-1-kind": "child", "people-1-given": "Lina",
            "people-1-family": "Haddad",
        },
        "place": {"municipality": HOME},
        "when": {"window": str(window_id)},
        "bus": {"ways": "both", "stop": str(stop_id), "back": "0"},
        "work": {
            "adults-0-key": MOTHER, "adults-0-speaks": "ar", "adults-0-german_level": "A2",
            "adults-0-licence": "",
        },
        "needs": {"interpreter_lang": "ar", "childcare": "y"},
        "contact": {"email": "", "phone": "0541 501 0000", "lang": "ar"},
        "summary": {"consent": "y"},
    }  # fmt: skip


def send_empty(browser: Browser) -> Callable[[], object]:
    """Return what sends the empty form once."""
    token = browser.token()
    return lambda: browser.open(EMPTY, {"csrf_token": token})


def register(browser: Browser, family: dict[str, dict[str, str]]) -> Callable[[], object]:
    """Return what registers one family, as a browser without JavaScript does."""

    def once() -> None:
        token, path = browser.token(), START
        while "/my/" not in path:
            fields = {"csrf_token": token, "go": "next", **family[path.rsplit("/", 1)[1]]}
            before, (_words, path) = path, browser.open(path, fields)
            assert path not in ("", before), f"refused: {before}"
            browser.open(path)

    return once


def measure(port: int, prepare: Callable[[Browser], Callable[[], object]]) -> Rates:
    """Return how often a second all browsers together do it, after a warm-up."""

    def keep_doing(seconds: float) -> tuple[int, int]:
        browser = Browser(port)
        act, done = prepare(browser), 0
        first, end = browser.requests, time.perf_counter() + seconds
        while time.perf_counter() < end:
            act()
            done += 1
        browser.connection.close()
        return done, browser.requests - first

    with ThreadPoolExecutor(BROWSERS) as pool:
        list(pool.map(keep_doing, [WARM_UP] * BROWSERS))
        counts = list(pool.map(keep_doing, [SECONDS] * BROWSERS))
    acts, requests = map(sum, zip(*counts, strict=True))
    return Rates(acts / SECONDS, requests / SECONDS)


if __name__ == "__main__":
    main()
