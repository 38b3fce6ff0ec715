"""The scanner at the door of a running fair: real phones, the real server, a badge held up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page, expect

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.checkin.models import Conflict, Scan, Station
from jobfair.checkin.rules import DeviceKind, StationKind
from jobfair.checkin.service.devices import Post, begin_shift, invite_device, revoke_device
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.film import write_film
from tests.factories import make_attendee, make_fair, make_household

pytestmark = pytest.mark.browser

SHORT = 30_000
PATIENCE = 1_200  # a little longer than the engine waits for an answer that is still shown


@dataclass(frozen=True)
class Scene:
    """A fair today with a shift under way, and Amal who comes with Yusuf, with their codes."""

    fair: Fair
    shift_id: int
    shift_code: str
    station_id: int
    amal: str
    yusuf: str


@dataclass(frozen=True)
class Phone:
    """A phone on duty."""

    device_id: int
    context: BrowserContext
    page: Page


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
    station = Station(fair_id=fair.id, name="Eingang 1", kind=StationKind.ENTRANCE, position=1)
    session().add(station)
    session().commit()
    now = datetime.now(UTC)
    ends = now + timedelta(hours=8)
    shift = begin_shift(fair, SYSTEM, ends_at=ends, phone="+49 541 501-0", now=now)
    assert shift.code
    codes = code_of(amal), code_of(yusuf)
    return Scene(fair, shift.id, shift.code, station.id, *codes)


@pytest.fixture
def on_duty(
    live_server: LiveServer, scene: Scene, browser_context: ContextMaker
) -> Callable[..., Phone]:
    """Give a function that pairs a phone as its owner would, and leaves the self test."""

    def pair(film: Path | None = None) -> Phone:
        post = Post(DeviceKind.SUPERVISOR, station_id=scene.station_id)
        invitation = invite_device(
            scene.fair, scene.shift_id, post, SYSTEM, by_link=False, now=datetime.now(UTC)
        )
        context = browser_context("en", film=film)
        page = context.new_page()
        page.goto(f"{live_server.url}/door?lang=en#p={invitation.code}")
        unpaired = page.locator("[data-screen=unpaired]")
        unpaired.get_by_label("Shift code").fill(scene.shift_code)
        unpaired.get_by_label("Name of this phone").fill("Dora, blue")
        unpaired.get_by_role("button", name="Pair this phone").click()
        expect(page.locator("[data-check=roster]")).to_have_attribute("data-state", "ok")
        page.locator("#checks [data-closes]").click()
        return Phone(invitation.device_id, context, page)

    return pair


def type_code(page: Page, code: str) -> None:
    page.get_by_role("button", name="Code", exact=True).click()
    page.get_by_label("Code under the QR code").fill(code)
    page.get_by_role("button", name="Check", exact=True).click()


def says(page: Page, word: str) -> None:
    expect(page.locator("[data-answer]")).to_be_visible(timeout=SHORT)
    expect(page.locator("[data-word]")).to_have_text(word)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Go on scanning").click()
    expect(page.locator("[data-answer]")).to_be_hidden()


def waits(page: Page, count: int) -> None:
    expect(page.locator("[data-count=waiting]")).to_have_text(str(count), timeout=SHORT)


def rows_on(page: Page) -> int:
    """Return how many rows of whatever kind are stored on the phone."""
    rows: int = page.evaluate(
        """async () => {
          const answer = (request) => new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
          let rows = 0;
          for (const { name } of await indexedDB.databases()) {
            const database = await answer(indexedDB.open(name));
            for (const store of database.objectStoreNames) {
              const seen = database.transaction(store).objectStore(store);
              rows += await answer(seen.count());
            }
            database.close();
          }
          return rows;
        }"""
    )
    return rows


def scans_of(fair: Fair) -> list[tuple[str, bool]]:
    """Return outcome and passage of the fair's scans in the order of time."""
    session().rollback()
    query = sa.select(Scan.outcome, Scan.passed).where(Scan.fair_id == fair.id)
    return [
        (outcome, passed) for outcome, passed in session().execute(query.order_by(Scan.scanned_at))
    ]


def test_a_badge_before_the_camera_lets_in_a_family(
    scene: Scene,
    on_duty: Callable[..., Phone],
    accessible: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    film = write_film(tmp_path / "badge.y4m", f"HTTPS://FAIR.EXAMPLE.ORG/B/{scene.amal}")
    page = on_duty(film).page
    says(page, "Come in")
    expect(page.locator("[data-who]")).to_have_text("Amal H., with Yusuf")
    expect(page.locator("[data-greeting]")).to_have_text("أهلًا وسهلًا")
    page.locator("[data-family-admit]").click(timeout=SHORT)
    expect(page.locator("[data-last]")).to_contain_text("Yusuf H.: in")
    says(page, "Already inside")
    accessible(page)
    page.get_by_role("button", name="let in again").click()
    says(page, "Come in")
    waits(page, 0)
    assert {outcome for outcome, _passed in scans_of(scene.fair)[:2]} == {"admitted"}
    expect(page.locator("[data-count=inside]")).to_have_text("2")


def test_without_network_all_goes_on_and_is_sent_later(
    scene: Scene, live_server: LiveServer, on_duty: Callable[..., Phone]
) -> None:
    phone = on_duty()
    page = phone.page
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.context.set_offline(True)
    expect(page.locator("[data-strip]")).to_be_visible()
    type_code(page, f"{scene.amal[:4]}-{scene.amal[4:8]} {scene.amal[8:].lower()}")
    says(page, "Come in")
    go_on(page)
    waits(page, 1)

    page.goto(f"{live_server.url}/door")
    locked = page.locator("[data-screen=locked]")
    expect(locked.locator("[data-waiting]")).to_contain_text("1")
    locked.get_by_label("Shift code").fill(scene.shift_code.lower())
    locked.get_by_role("button", name="Unlock").click()
    type_code(page, scene.amal)
    says(page, "Already inside")
    go_on(page)
    page.get_by_role("button", name="Name", exact=True).click()
    page.get_by_label("First name or family name").fill("يوسف")
    page.locator("[data-hits] button").click()
    says(page, "Come in")
    page.locator("[data-act=undo]").click()
    expect(page.locator("[data-hint]")).to_contain_text("Taken back")

    phone.context.set_offline(False)
    waits(page, 0)
    passages = [passed for _outcome, passed in scans_of(scene.fair)]
    assert passages[:2] == [True, False]


def test_two_phones_without_network_are_a_conflict(
    scene: Scene, on_duty: Callable[..., Phone]
) -> None:
    phones = on_duty(), on_duty()
    for phone in phones:
        phone.context.set_offline(True)
        expect(phone.page.locator("[data-strip]")).to_be_visible()
        type_code(phone.page, scene.amal)
        says(phone.page, "Come in")
        go_on(phone.page)
    phones[0].page.wait_for_timeout(PATIENCE)
    for phone in phones:
        phone.context.set_offline(False)
        waits(phone.page, 0)
    page = phones[0].page
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Conflicts").click()
    expect(page.locator("[data-conflicts]")).to_contain_text("Amal H.")
    page.locator("[data-conflicts] input").fill("One person, seen twice")
    page.get_by_role("button", name="Resolved").click()
    expect(page.locator("[data-conflicts-said]")).to_contain_text("nothing to resolve")
    session().rollback()
    (reason,) = session().scalars(
        sa.select(Conflict.reason).where(Conflict.fair_id == scene.fair.id)
    )
    assert reason == "One person, seen twice"


def test_somebody_new_is_registered_without_network(
    scene: Scene, on_duty: Callable[..., Phone]
) -> None:
    phone = on_duty()
    page = phone.page
    phone.context.set_offline(True)
    page.get_by_role("button", name="New").click()
    page.locator("[data-people] [data-part=given]").fill("Olena")
    page.locator("[data-people] [data-part=family]").fill("Kovalenko")
    page.get_by_role("button", name="Register and let in").click()
    says(page, "Come in")
    phone.context.set_offline(False)
    waits(page, 0)
    session().rollback()
    people = sa.select(Attendee.given_name).where(Attendee.fair_id == scene.fair.id)
    assert "Olena" in session().scalars(people).all()
    assert scans_of(scene.fair) == [("admitted", True)]


def test_a_revoked_phone_forgets_the_fair(scene: Scene, on_duty: Callable[..., Phone]) -> None:
    phone = on_duty()
    assert rows_on(phone.page) > 0
    revoke_device(scene.fair, phone.device_id, SYSTEM, now=datetime.now(UTC))
    type_code(phone.page, scene.amal)
    expect(phone.page.locator("[data-screen=ended]")).to_be_visible(timeout=SHORT)
    expect(phone.page.locator("[data-ended]")).to_contain_text("ended this phone's duty")
    for _look in range(50):
        if not (left := rows_on(phone.page)):
            break
        phone.page.wait_for_timeout(100)
    assert left == 0
    phone.page.get_by_role("button", name="Pair anew").click()
    expect(phone.page.locator("[data-screen=unpaired]")).to_be_visible()
