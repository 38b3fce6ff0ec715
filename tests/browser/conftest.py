"""A running server and real browsers for tests that need both."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from config import ROOT
from jobfair import create_app
from jobfair.accounts.keys import hash_key
from jobfair.accounts.models import User
from jobfair.core.db import db
from tests.browser.visitor import assert_accessible
from tests.databases import config_for, migrate
from tests.factories import make_session

STARTED_WITHIN = 30.0
PATIENCE = 15_000
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]

ContextMaker = Callable[..., BrowserContext]


@dataclass(frozen=True)
class LiveServer:
    """A server on loopback, and an application over the same database to make rows with."""

    url: str
    app: Flask
    environ: dict[str, str]

    def sign_in(self, context: BrowserContext, user: User) -> None:
        """Have the browser be signed in as that user."""
        key = token_urlsafe()
        make_session(user, key_hash=hash_key(key), seen_at=datetime.now(UTC))
        signer = self.app.session_interface.get_signing_serializer(self.app)
        cookie = signer.dumps({"_user_id": key, "_fresh": True})
        name = self.app.config["SESSION_COOKIE_NAME"]
        context.add_cookies([{"name": name, "value": cookie, "url": self.url}])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Run the application as `make run` does, on a free port."""
    folder = tmp_path_factory.mktemp("server")
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    config = config_for(folder, f"sqlite:///{folder / 'jobfair.sqlite3'}")
    app = create_app(replace(config, base_url=url))
    migrate(app)
    environ = {
        **os.environ,
        "DATA_DIR": str(folder),
        "DATABASE_URL": config.database_url,
        "SECRET_KEY": config.secret_key,
        "DATA_KEY": config.data_key.decode(),
        "BASE_URL": url,
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--blocking-threads", "8", "--no-ws", "--log-level", "warning", "wsgi:app"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
        try:
            _wait_for(port, process)
            yield LiveServer(url, app, environ)
        finally:
            process.terminate()
            process.wait(10)
            with app.app_context():
                db.engine.dispose()


@pytest.fixture(autouse=True)
def now() -> datetime:
    """Let time go on: the server and the browsers have clocks of their own."""
    return datetime.now(UTC)


@pytest.fixture
def live_server(server: LiveServer) -> Iterator[LiveServer]:
    """Give the running server, inside a context in which rows can be made."""
    with server.app.app_context():
        yield server
        db.session.remove()


@pytest.fixture(scope="session")
def worker(server: LiveServer) -> Iterator[None]:
    """Run the background worker, so that mails leave."""
    command = [sys.executable, "-m", "jobfair.jobs.worker"]
    with (Path(server.environ["DATA_DIR"]) / "worker.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=server.environ, stdout=log, stderr=log)
        yield
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start the driver of the browsers."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Start a browser with a camera that shows a test picture."""
    browser = _launch(playwright)
    yield browser
    browser.close()


@pytest.fixture
def browser_context(playwright: Playwright, chromium: Browser) -> Iterator[ContextMaker]:
    """Give a function that opens a phone's browser: its language, with or without scripts, with
    a film in front of its camera, of another size."""
    contexts: list[BrowserContext] = []
    browsers: list[Browser] = []

    def make(
        lang: str = "de",
        *,
        js: bool = True,
        film: Path | None = None,
        size: tuple[int, int] = (360, 640),
        **options: Any,
    ) -> BrowserContext:
        browser = chromium
        if film is not None:
            browser = _launch(playwright, f"--use-file-for-fake-video-capture={film}")
            browsers.append(browser)
        context = browser.new_context(
            locale=lang,
            java_script_enabled=js,
            viewport={"width": size[0], "height": size[1]},
            **options,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    for browser in browsers:
        browser.close()


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Give a check that axe finds nothing on the page as it stands."""
    return assert_accessible


def _launch(playwright: Playwright, *more: str) -> Browser:
    assert CHROMIUM, "these tests need chromium"
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *more])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            status = connection.getresponse().status
            connection.close()
            if status == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")
