"""Somebody with a browser, who looks closely at every page they pass."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, Route

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
NARROW = {"width": 360, "height": 640}
RIGHT_TO_LEFT = {"ar"}
AXE: str = Axe().axe_script
RUN = "options => axe.run(options).then(({violations}) => violations)"
ROOT = "(({lang, dir, scrollWidth}) => [lang, dir, scrollWidth])(document.documentElement)"


@dataclass
class Visitor:
    """A page in a browser, and a mirror with scripts: axe needs those, and looks there at the page
    as it stands, and at the same address in other languages (`also`)."""

    home: str
    page: Page
    mirror: Page
    lang: str
    scripts: bool = True
    also: tuple[str, ...] = ()
    hurried: bool = False
    seen: list[str] = field(default_factory=list)
    _faults: list[tuple[str, str]] = field(default_factory=list)
    _refusals: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for page in (self.page, self.mirror):
            page.on("request", self._note_request)
            page.on("response", self._note_refusal)
            page.on("console", self._note_message)
            page.on("pageerror", lambda error: self._faults.append(("script", str(error))))

    def open(self, url: str) -> None:
        """Go to the address and, unless in a hurry, look at the page."""
        self.page.goto(url)
        if not self.hurried:
            self.look()

    def press(self, button: Locator) -> None:
        """Press the button or link and, unless in a hurry, look at the page that answers."""
        with self.page.expect_navigation():
            button.click()
        if not self.hurried:
            self.look()

    def send(self, **fields: str) -> None:
        """Fill in the fields by their names and send the form."""
        for name, value in fields.items():
            self.page.fill(f"main [name='{name}']", value)
        self.press(self.page.locator("main form[method=post] .jf-btn--next").first)

    def text(self) -> str:
        """Return the words of the page."""
        return self.page.locator("main").inner_text()

    def look(self) -> None:
        """Assert that axe finds nothing on the page, here and in the other languages, that nothing
        sticks out on a small telephone, and that it stays with our server."""
        if self.scripts:
            self._examine(self.page, self.lang)
        else:
            self._reflect()
            self._examine(self.mirror, self.lang)
        for lang in self.also:
            self.mirror.context.add_cookies(self.page.context.cookies())  # type: ignore[arg-type]
            self.mirror.goto(_in_language(self.page.url, lang))
            self._examine(self.mirror, lang)

    def _reflect(self) -> None:
        """Show in the mirror what the page shows."""
        html = self.page.content()

        def answer(route: Route) -> None:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

        address = self.page.url.split("#")[0]
        self.mirror.route(address, answer)
        self.mirror.goto(address)
        self.mirror.unroute(address)

    def _examine(self, page: Page, lang: str) -> None:
        where = f"{lang} {urlsplit(page.url).path}"
        self.seen.append(where)
        assert_accessible(page)
        shown, direction, width = _on_small_telephone(page)
        assert shown == lang, where
        assert direction == ("rtl" if lang in RIGHT_TO_LEFT else "ltr"), where
        assert width <= NARROW["width"], f"{where} is wider than a small telephone"
        assert not self._unexplained(), (where, self._unexplained())

    def _unexplained(self) -> list[str]:
        """Return what went wrong; that a page was refused is a failure to the browser only."""
        return [
            words
            for url, words in self._faults
            if url not in self._refusals or "Failed to load" not in words
        ]

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self._faults.append(("request", request.url))

    def _note_refusal(self, response: Response) -> None:
        if 400 <= response.status < 500 and response.request.is_navigation_request():
            self._refusals.add(response.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            address = message.location["url"].split("#")[0]
            self._faults.append((address, message.text))


def assert_accessible(page: Page) -> None:
    """Assert that axe finds nothing on the page as it stands."""
    page.evaluate(AXE)
    found = page.evaluate(RUN, OPTIONS)
    assert not found, f"{page.url}\n{json.dumps(_shortened(found), indent=1)}"


def _on_small_telephone(page: Page) -> tuple[str, str, int]:
    """Return language, direction and width of the page as a small telephone shows it."""
    size = page.viewport_size
    assert size is not None
    if size != NARROW:
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    lang, direction, width = page.evaluate(ROOT)
    if size != NARROW:
        page.set_viewport_size(size)
    return lang, direction, width


def _in_language(url: str, lang: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=f"lang={lang}", fragment=""))


def _shortened(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "rule": fault["id"],
            "where": [
                {"html": node["html"][:200], "why": node["failureSummary"][:300]}
                for node in fault["nodes"]
            ],
        }
        for fault in found
    ]
