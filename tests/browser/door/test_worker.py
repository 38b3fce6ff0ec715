"""The service worker of the scanner's page: it opens without network, and in one piece."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from config import ROOT
from tests.browser.conftest import ContextMaker, LiveServer

pytestmark = pytest.mark.browser

WORKER = (ROOT / "jobfair/static/js/door-worker.js").read_text("utf-8")
REGISTER = """async () => {
    await navigator.serviceWorker.register("/door-worker.js", { scope: "/door" });
    await navigator.serviceWorker.ready;
}"""
KEPT = """async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("door-version-"));
    const found = [];
    for (const name of names) {
        const requests = await (await caches.open(name)).keys();
        found.push(requests.map(({ url }) => new URL(url).pathname).sort());
    }
    return found;
}"""


@dataclass
class Site:
    """A page of some version that says its version by a script of that version."""

    url: str = ""
    version: int = 1
    away: bool = False
    broken: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[str, str] | None:
        """Return type and content, or None where there is nothing."""
        self.asked.append(path)
        bare, _, query = path.partition("?")
        if bare in self.broken:
            return None
        if bare == "/door":
            return "text/html", self._page(query.removeprefix("lang=") or "de")
        if bare == "/door-worker.js":
            return "text/javascript", WORKER
        if bare.startswith("/static/"):
            return "text/javascript", f"document.body.dataset.said = '{bare[8:-3]}'"
        return "application/json", json.dumps({"asked": len(self.asked)})

    def _page(self, lang: str) -> str:
        script = f"/static/{self.version}.js"
        return (
            f'<!doctype html><html lang="{lang}"><body><p>{lang} {self.version}</p>'
            f'<script type="application/json" id="door-files">["{script}"]</script>'
            f'<script nonce="{len(self.asked)}" src="{script}"></script></body></html>'
        )


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve such a site on a free port."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if made.away:
                self.close_connection = True
                return
            found = made.answer(self.path)
            kind, content = found or ("text/plain", "missing")
            body = content.encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Cache-Control", "no-store")
            self.send_header("Vary", "Cookie")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: object = "-", size: object = "-") -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def door(site: Site, browser_context: ContextMaker) -> Page:
    """The page as it is after its first opening."""
    page = browser_context().new_page()
    page.goto(f"{site.url}/door")
    page.evaluate(REGISTER)
    return page


def shown(page: Page, text: str) -> None:
    expect(page.locator("p")).to_have_text(text)
    expect(page.locator("body")).to_have_attribute("data-said", text.split(" ")[1])


def reopen(page: Page, site: Site, query: str = "") -> None:
    page.goto(f"{site.url}/door{query}")


def reopen_until_asked(site: Site, page: Page, path: str) -> None:
    """Open the page until the worker has looked for that file; a look that failed is repeated."""
    for _ in range(10):
        reopen(page, site)
        for _ in range(20):
            if path in site.asked:
                return
            page.wait_for_timeout(50)
    raise AssertionError(f"nobody asked for {path}")


def test_the_page_opens_without_network(site: Site, door: Page) -> None:
    site.away = True
    reopen(door, site)
    shown(door, "de 1")
    reopen(door, site, "?lang=en#p=ABCD2345")
    shown(door, "de 1")


def test_a_new_version_is_used_at_the_next_opening(site: Site, door: Page) -> None:
    site.version = 2
    reopen_until_asked(site, door, "/static/2.js")
    shown(door, "de 1")
    door.wait_for_function(f"({KEPT})().then((kept) => kept.length === 2)", polling=50)
    said = "fetch('/static/1.js').then((answer) => answer.text())"
    site.away = True
    assert "'1'" in door.evaluate(said)  # the version in use stays whole
    reopen(door, site)
    shown(door, "de 2")
    assert ["/door", "/static/2.js"] in door.evaluate(KEPT)


def test_old_versions_are_forgotten(site: Site, door: Page) -> None:
    for version in (2, 3):
        site.version = version
        reopen_until_asked(site, door, f"/static/{version}.js")
        door.wait_for_function(
            f"({KEPT})().then((kept) => kept.flat().includes('/static/{version}.js'))", polling=50
        )
    door.wait_for_function(f"({KEPT})().then((kept) => kept.length === 2)", polling=50)
    assert ["/door", "/static/1.js"] not in door.evaluate(KEPT)


def test_half_a_version_is_never_used(site: Site, door: Page) -> None:
    site.version, site.broken = 2, {"/static/2.js"}
    reopen(door, site)
    shown(door, "de 1")
    reopen_until_asked(site, door, "/static/2.js")
    site.away = True
    reopen(door, site)
    shown(door, "de 1")


def test_the_same_page_is_not_kept_twice(site: Site, door: Page) -> None:
    before = site.asked.count("/static/1.js")
    for _ in range(3):
        reopen(door, site)
        shown(door, "de 1")
    assert site.asked.count("/static/1.js") == before
    assert door.evaluate(KEPT) == [["/door", "/static/1.js"]]


def test_another_language_is_kept_from_then_on(site: Site, door: Page) -> None:
    reopen(door, site, "?lang=en")
    shown(door, "en 1")
    door.wait_for_function(f"({KEPT})().then((kept) => kept.length === 2)", polling=50)
    site.away = True
    reopen(door, site)
    shown(door, "en 1")


def test_nothing_of_the_api_is_kept(site: Site, door: Page) -> None:
    reopen(door, site)
    answers = [
        door.evaluate("fetch('/api/v1/fairs/f/roster').then((answer) => answer.json())")
        for _ in range(2)
    ]
    assert answers[0] != answers[1]
    site.away = True
    failed = "fetch('/api/v1/fairs/f/roster').then(() => false, () => true)"
    assert door.evaluate(failed)


def test_pages_below_are_asked_of_the_server(site: Site, door: Page) -> None:
    reopen(door, site)
    door.goto(f"{site.url}/door/pair")
    assert "asked" in door.locator("body").inner_text()


def test_the_scanner_itself_opens_without_network(
    live_server: LiveServer, browser_context: ContextMaker
) -> None:
    context = browser_context()
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(f"{live_server.url}/door")
    page.evaluate(REGISTER)
    kept = page.evaluate(KEPT)
    heading = page.get_by_role("heading", level=1).inner_text()
    context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert len(kept) == 1
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    assert failed == []
