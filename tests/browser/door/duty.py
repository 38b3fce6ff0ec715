"""A day at the door as people have it: the desk on its screen, phones in hands, badges held up."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.checkin.models import Device, Scan
from jobfair.core.actor import Role
from jobfair.core.codes import group_code
from jobfair.core.db import session
from jobfair.core.text import sound_keys
from jobfair.fairs.models import Fair
from tests.browser.film import Lens
from tests.browser.stage import DESK, Stage
from tests.browser.visitor import Visitor, assert_accessible
from tests.factories import make_attendee, make_fair, make_household, make_user

PHONE = (360, 740)
SHOWN = 30_000
HELP = "0541 501 0"

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


def fair_today(**given: Any) -> Fair:
    """Make a fair that has been going on for an hour."""
    now = datetime.now(UTC)
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=7)}
    return make_fair(**{**times, "phone": HELP, **given})


def family_of(fair: Fair, *names: tuple[str, str], lang: str = "ar", **given: Any) -> list[str]:
    """Make a household of people with those first names; return the codes of their badges."""
    household = make_household(fair, adults=0, children=0, lang=lang, **given)
    people = [
        make_attendee(
            household,
            position=place,
            given_name=latin,
            family_name="Haddad",
            own_given_name=own,
            own_family_name="حداد",
            name_key=f"{latin.lower()} haddad",
            sound_key="".join(f"|{sound}" for sound in sound_keys(f"{latin} Haddad")),
        )
        for place, (latin, own) in enumerate(names)
    ]
    query = sa.select(BadgeCode.code).where(BadgeCode.attendee_id.in_([one.id for one in people]))
    return list(session().scalars(query.order_by(BadgeCode.attendee_id)))


AMAL, YUSUF, LINA = ("Amal", "أمل"), ("Yusuf", "يوسف"), ("Lina", "لينا")


def shot(element: Locator) -> Image.Image:
    """Return how the element looks."""
    return Image.open(BytesIO(element.screenshot())).convert("L")


class Desk:
    """The organiser at the desk, with the fair's shift and its phones."""

    def __init__(self, stage: Stage, fair: Fair, *, hurried: bool = True) -> None:
        self.stage, self.fair = stage, fair
        self.visitor = stage.visitor(size=DESK)
        self.visitor.hurried = hurried
        self.page = self.visitor.page
        stage.server.sign_in(self.page.context, make_user(Role.ORGANISER, fair.id))
        self.shift_code = ""

    def open(self, path: str = "") -> Visitor:
        """Go to a page about the door."""
        self.visitor.open(self.stage.url(f"/desk/FAIR/door{path}"))
        return self.visitor

    def begin_shift(self) -> str:
        """Have a shift be under way until some hours after the fair; return its code."""
        self.open("/devices").send()
        self.shift_code = self._said()[0]
        return self.shift_code

    def invite(self, station: str, kind: str = "steward", *, by_link: bool = False) -> list[str]:
        """Have the desk show what pairs one more phone: its code and the shift's."""
        self.open("/devices/new")
        self.page.select_option("main [name=place]", label=station)
        self.page.check(f"main [name=kind][value={kind}]")
        self.page.check(f"main [name=way][value={'link' if by_link else 'screen'}]")
        self.visitor.send()
        return self._said()

    def phone(self, station: str, kind: str = "steward", **options: Any) -> "Phone":
        """Pair another phone, which is then ready to scan."""
        if not self.shift_code:
            self.begin_shift()
        code, shift_code = self.invite(station, kind)
        return Phone.new(self.stage, **options).open().pair(code, shift_code).begin()

    def _said(self) -> list[str]:
        return self.page.locator("main .jf-said__code").all_inner_texts()

    def scans(self) -> list[tuple[str, bool]]:
        """Return what the server told of each scan, in the order of time, and who passed."""
        session().rollback()
        query = sa.select(Scan.outcome, Scan.passed).where(Scan.fair_id == self.fair.id)
        rows = session().execute(query.order_by(Scan.scanned_at))
        return [(outcome.value, passed) for outcome, passed in rows]

    def device(self, name: str) -> Device:
        """Return the phone as the server knows it."""
        session().rollback()
        query = sa.select(Device).where(Device.fair_id == self.fair.id, Device.name == name)
        return session().scalars(query).one()

    def code_of(self, given_name: str) -> str:
        """Return the code on somebody's badge."""
        session().rollback()
        query = sa.select(BadgeCode.code).join(Attendee).where(Attendee.given_name == given_name)
        return session().scalars(query.where(Attendee.fair_id == self.fair.id)).one()


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
        return self.page.locator("[data-hits] button")

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
