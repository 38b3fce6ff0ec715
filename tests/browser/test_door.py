"""The scanner in a real browser, with a badge held before its camera."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page, expect

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.core.actor import Role
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.film import write_film
from tests.factories import make_attendee, make_fair, make_household, make_user

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Scene:
    """A fair today, Amal who comes with Yusuf, and their codes."""

    fair: Fair
    amal: str
    yusuf: str


def code_of(person: Attendee) -> str:
    code = session().scalar(sa.select(BadgeCode.code).where(BadgeCode.attendee_id == person.id))
    assert code is not None
    return code


@pytest.fixture
def scene(live_server: LiveServer) -> Scene:
    starts = datetime.now(UTC) - timedelta(minutes=5)
    fair = make_fair(starts_at=starts, ends_at=starts + timedelta(hours=8))
    household = make_household(fair, adults=0, children=0, lang="ar")
    amal, yusuf = (
        make_attendee(
            household,
            position=place,
            given_name=name,
            family_name="Haddad",
            own_given_name=own,
            own_family_name="حداد",
            name_key=f"{name.lower()} haddad",
        )
        for place, (name, own) in enumerate((("Amal", "أمل"), ("Yusuf", "يوسف")))
    )
    return Scene(fair, code_of(amal), code_of(yusuf))


@pytest.fixture
def at_door(live_server: LiveServer, scene: Scene) -> Callable[[BrowserContext], Page]:
    """Give a function that opens the scanner and names the place."""

    def open_door(context: BrowserContext) -> Page:
        live_server.sign_in(context, make_user(Role.DOOR, scene.fair.id))
        page = context.new_page()
        page.goto(f"{live_server.url}/door?lang=en")
        page.get_by_role("button", name="Start").click()
        return page

    return open_door


def word(page: Page) -> str:
    return page.locator("[data-word]").inner_text()


def type_code(page: Page, code: str) -> None:
    page.get_by_role("button", name="Code").click()
    page.get_by_label("Code under the QR code").fill(code)
    page.get_by_role("button", name="Check", exact=True).click()


def test_a_badge_before_the_camera_is_let_in_once(
    scene: Scene,
    live_server: LiveServer,
    browser_context: ContextMaker,
    at_door: Callable[[BrowserContext], Page],
    accessible: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    film = write_film(tmp_path / "badge.y4m", f"HTTPS://FAIR.EXAMPLE.ORG/B/{scene.amal}")
    page = at_door(browser_context(film=film))

    expect(page.locator("[data-word]")).to_have_text("Come in")
    expect(page.locator("[data-who]")).to_have_text("Amal H., with Yusuf")
    expect(page.locator("[data-greeting]")).to_have_attribute("lang", "ar")
    expect(page.get_by_role("alert")).to_contain_text("Come in")
    accessible(page)

    expect(page.locator("[data-word]")).to_have_text("Already inside")
    expect(page.locator("[data-why]")).to_contain_text("Entrance 1")
    accessible(page)
    page.get_by_role("button", name="let in again").click()
    expect(page.locator("[data-word]")).to_have_text("Come in")


def test_codes_are_typed_and_taken_back(
    scene: Scene,
    browser_context: ContextMaker,
    at_door: Callable[[BrowserContext], Page],
    accessible: Callable[[Page], None],
) -> None:
    page = at_door(browser_context())
    accessible(page)
    page.get_by_role("button", name="Menu").click()
    accessible(page)
    page.keyboard.press("Escape")
    type_code(page, "ABC")
    expect(page.locator("[data-typing-error]")).to_be_visible()
    page.keyboard.press("Escape")

    type_code(page, f"{scene.amal[:4]}-{scene.amal[4:8]} {scene.amal[8:].lower()}")
    expect(page.locator("[data-word]")).to_have_text("Come in")
    expect(page.locator("[data-count=inside]")).to_have_text("1")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("[data-hint]")).to_contain_text("Taken back")
    expect(page.locator("[data-count=inside]")).to_have_text("0")

    type_code(page, "0000 0000 0000")
    expect(page.locator("[data-word]")).to_have_text("Not valid")
    page.get_by_role("button", name="Search by name").click()
    page.get_by_label("First name or family name").fill("حداد")
    accessible(page)
    page.get_by_role("button", name=re.compile("^Yusuf")).click()
    expect(page.locator("[data-who]")).to_have_text("Yusuf H., with Amal")


def test_a_scan_without_network_is_kept_and_sent_again(
    scene: Scene,
    browser_context: ContextMaker,
    at_door: Callable[[BrowserContext], Page],
    accessible: Callable[[Page], None],
) -> None:
    context = browser_context()
    page = at_door(context)
    expect(page.locator("[data-count=inside]")).to_have_text("0")
    context.set_offline(True)
    type_code(page, scene.yusuf)
    expect(page.locator("[data-word]")).to_have_text("No answer yet")
    page.get_by_role("button", name="Go on scanning").click()
    expect(page.locator("[data-strip]")).to_contain_text("No connection")
    accessible(page)
    context.set_offline(False)
    expect(page.locator("[data-strip]")).to_be_hidden()
    type_code(page, scene.yusuf)
    expect(page.locator("[data-word]")).to_have_text("Already inside")


@pytest.mark.parametrize("size", [(360, 640), (640, 360)], ids=["upright", "sideways"])
def test_nothing_has_to_be_scrolled(
    scene: Scene,
    browser_context: ContextMaker,
    at_door: Callable[[BrowserContext], Page],
    size: tuple[int, int],
) -> None:
    page = at_door(browser_context(size=size))
    for look in ("scanner", "answer"):
        if look == "answer":
            type_code(page, scene.amal)
            expect(page.locator("[data-word]")).to_have_text("Come in")
        for box in ("document.documentElement", "document.querySelector('[data-answer]')"):
            high, shown = page.evaluate(f"[{box}.scrollHeight, {box}.clientHeight]")
            assert high <= shown, (look, box)
