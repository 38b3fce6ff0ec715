"""Phones with the scanner's page, as people at the door use them."""

import json
from datetime import timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from jobfair.core.codes import group_code
from tests.browser.film import Lens
from tests.browser.stage import Stage
from tests.browser.visitor import assert_accessible

PHONE = (360, 740)
SHOWN = 45_000  # a phone asks what is new every 30 s

# What is wider than its box, or sticks out of the screen, read from either side.
SIDEWAYS = """() => {
  const root = document.documentElement;
  const given = root.getAttribute("dir");
  const found = [];
  const boxes = "dialog[open], [data-screen]:not([hidden]), [data-answer]:not([hidden])";
  for (const dir of ["ltr", "rtl"]) {
    root.dir = dir;
    for (const box of [root, ...document.querySelectorAll(boxes)]) {
      if (box.scrollWidth > box.clientWidth) found.push([dir, box.id || box.className]);
    }
    for (const part of document.querySelectorAll("button, input, select, p, h2, dl, li")) {
      const { left, right, width } = part.getBoundingClientRect();
      const seen = width > 0 && part.checkVisibility() && !part.closest(".jf-sr, [inert]");
      if (seen && (left < -1 || right > innerWidth + 1)) found.push([dir, part.outerHTML]);
    }
  }
  if (given === null) root.removeAttribute("dir");
  else root.dir = given;
  return found;
}"""
# A clock that can be set: `ahead` milliseconds before the right time.
CLOCK = """globalThis.ahead = %d;
globalThis.Date = class extends Date {
  constructor(...given) {
    super(...(given.length > 0 ? given : [Date.now()]));
  }
  static now() {
    return super.now() + globalThis.ahead;
  }
};"""
# Keys as quick as a hand-held scanner's, whatever else the machine has to do.
WEDGE = """text => {
  for (const key of [...text, "Enter"]) {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
  }
}"""


def assert_fits(page: Page) -> None:
    """Assert that axe finds nothing and that nothing sticks out, read from either side."""
    found = page.evaluate(SIDEWAYS)
    assert not found, found
    assert_accessible(page)


class Phone:
    """A phone with the scanner's page, in German, in the hands of somebody."""

    def __init__(self, stage: Stage, page: Page, name: str = "Dora, blau") -> None:
        self.stage, self.page, self.name = stage, page, name
        self.context = page.context
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))

    @classmethod
    def new(
        cls,
        stage: Stage,
        name: str = "Dora, blau",
        *,
        lens: Lens | None = None,
        ahead: timedelta | None = None,
        script: str = "",
    ) -> "Phone":
        """Take out a phone, with something before its camera, with a clock that can be set."""
        context = stage.context("de", film=lens and lens.film, size=PHONE)
        if ahead is not None:
            context.add_init_script(CLOCK % (ahead / timedelta(milliseconds=1)))
        if script:
            context.add_init_script(script)
        return cls(stage, context.new_page(), name)

    @property
    def words(self) -> dict[str, Any]:
        """Return what the page tells its script: every word, and how answers look."""
        told: dict[str, Any] = json.loads(self.page.locator("#door-data").text_content() or "")
        return told

    def _note(self, url: str) -> None:
        if not url.startswith((self.stage.server.url, "data:", "blob:")):
            self.faults.append(url)

    def open(self, address: str = "/door") -> "Phone":
        """Open the scanner."""
        self.page.goto(self.stage.url(address))
        self.page.wait_for_selector("[data-screen]:not([hidden])")
        return self

    def look(self) -> None:
        """Assert that what is in sight can be used by everybody on a small screen."""
        assert_fits(self.page)
        assert not self.faults, self.faults

    def pair(self, code: str, shift_code: str, pin: str = "") -> "Phone":
        """Type what pairs the phone; what is empty stays as it is."""
        fields = {"code": code, "pin": pin, "shift": shift_code, "name": self.name}
        for field, text in fields.items():
            if text:
                self.page.fill(f"#pair-{field}", text)
        self.page.click("[data-pair] [type=submit]")
        return self

    def begin(self) -> "Phone":
        """Go on from the self test, once it has found the list of names."""
        expect(self.check("roster")).to_have_attribute("data-state", "ok", timeout=SHOWN)
        self.page.click("#checks [data-closes]")
        return self

    def check(self, name: str) -> Locator:
        """Return what the self test says of that."""
        return self.page.locator(f"[data-check={name}]")

    def screen(self, name: str) -> Locator:
        """Return one of the page's screens, of which one is in sight."""
        return self.page.locator(f"[data-screen={name}]")

    def unlock(self, shift_code: str) -> None:
        """Type the shift code."""
        self.page.fill("#unlock-code", shift_code)
        self.page.click("[data-unlock] [type=submit]")
        expect(self.screen("ready")).to_be_visible()

    def scan(self, code: str) -> None:
        """Read the badge with a hand-held scanner, which types its address."""
        self.page.evaluate(WEDGE, f"{self.stage.server.url}/B/{code}".upper())

    def type(self, code: str) -> None:
        """Type the code that stands on the badge."""
        self.page.click("[data-opens=typing] >> visible=true")
        self.page.fill("#typing-code", group_code(code).lower())
        self.page.click("#typing [type=submit]")

    def search(self, name: str) -> Locator:
        """Return whoever is found by that name."""
        self.page.click("[data-opens=search] >> visible=true")
        self.page.fill("#search-name", name)
        return self.page.locator("[data-hits] .jf-hit")

    def says(self, outcome: str) -> None:
        """Wait for that answer."""
        told = self.words["verdicts"][outcome]
        expect(self.page.locator("[data-answer]")).to_be_visible(timeout=SHOWN)
        expect(self.page.locator("[data-verdict]")).to_have_class(f"jf-verdict {told['look']}")
        expect(self.page.locator("[data-word]")).to_have_text(told["word"])

    def act(self, name: str) -> None:
        """Press one of the buttons under the answer."""
        self.page.click(f"[data-act={name}]")

    def wait(self) -> None:
        """Wait until the answer has gone by itself."""
        expect(self.page.locator("[data-answer]")).to_be_hidden()

    def leave_network(self) -> None:
        """Turn on airplane mode."""
        self.context.set_offline(True)
        expect(self.page.locator("[data-strip]")).to_be_visible()

    def return_to_network(self) -> None:
        """Turn airplane mode off, and wait until nothing is left to be sent."""
        self.context.set_offline(False)
        self.counts("waiting", 0)

    def counts(self, name: str, number: int) -> None:
        """Wait until the scanner counts so many: `inside`, `recent` or `waiting`."""
        counted = self.page.locator(f"[data-count={name}]")
        expect(counted).to_have_text(str(number), timeout=SHOWN)

    def open_menu(self, entry: str) -> None:
        """Choose something of the menu."""
        self.page.click("[data-menu]")
        self.page.click(f"#menu [{entry}]")

    def keep_storage(self) -> None:
        """Have the browser promise not to tidy up, as it does for installed apps."""
        browser = self.context.new_cdp_session(self.page)
        info = browser.send("Target.getTargetInfo")["targetInfo"]
        allowed = ["durableStorage", "videoCapture", "wakeLockScreen"]
        browser.send(
            "Browser.grantPermissions",
            {"permissions": allowed, "browserContextId": info["browserContextId"]},
        )

    def later(self, span: timedelta) -> None:
        """Have time go by on a phone whose clock can be set."""
        self.page.evaluate(
            "span => { globalThis.ahead += span; }", span / timedelta(milliseconds=1)
        )
