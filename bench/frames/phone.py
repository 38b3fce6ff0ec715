"""A phone's browser that looks at still frames with the door's own script."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright

from config import ROOT

STATIC = ROOT / "jobfair" / "static"
HOST = "http://phone.invalid"
LOOKS = 8
"""Frames that show the same: one round of the reader, a quarter of a second for a camera."""


@dataclass(frozen=True)
class Seen:
    """What the reader made of a frame: the text or None, and the milliseconds of each look."""

    text: str | None
    looks: tuple[float, ...]


class Phone:
    """A page with the reader, to which frames are shown."""

    def __init__(self, page: Page, frames: Path) -> None:
        """Open the page; frames are the PNG files of that folder."""
        self._page, self._frames = page, frames
        page.route("**/*", self._answer)
        page.goto(HOST)
        page.wait_for_function("globalThis.ready")

    def look_at(self, name: str) -> Seen:
        """Return what is read in the frame."""
        found = self._page.evaluate("([url, most]) => look(url, most)", [f"/{name}.png", LOOKS])
        return Seen(found["text"], tuple(found["looks"]))

    def slow_down(self, times: float) -> None:
        """Have the processor be as many times slower as an old phone's is."""
        session = self._page.context.new_cdp_session(self._page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST).lstrip("/")
        if not path:
            route.fulfill(path=Path(__file__).with_name("phone.html"))
        elif path.endswith(".png"):
            route.fulfill(path=self._frames / path)
        else:
            route.fulfill(path=STATIC / path)


@contextmanager
def phone(frames: Path) -> Iterator[Phone]:
    """Give a phone with those frames until the end of the block."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = ["--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=arguments)
        yield Phone(browser.new_page(), frames)
        browser.close()
