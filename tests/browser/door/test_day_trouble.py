"""What goes wrong with phones: one is lost and refused, one is full, one may store nothing."""

import json
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.door.desk import AMAL, LINA, Desk, fair_today, family_of
from tests.browser.door.duty import SHOWN, Phone
from tests.browser.stage import Stage
from tests.factories import make_station

pytestmark = pytest.mark.browser

# How many rows of whatever kind are stored on the phone.
ROWS = """async () => {
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  let rows = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      rows += await answer(database.transaction(store).objectStore(store).count());
    }
    database.close();
  }
  return rows;
}"""
NO_ROWS = f"() => ({ROWS})().then((rows) => rows === 0)"
REFUSED = "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); };"
SMALL = 8_000_000  # bytes
# What fills a phone: photos first, then whatever still fits.
FILL = """async () => {
  const request = indexedDB.open("photos", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("all", { autoIncrement: true });
  await new Promise((resolve) => (request.onsuccess = resolve));
  for (const size of [65536, 1024, 16]) {
    for (let fits = true; fits; ) {
      const writing = request.result.transaction("all", "readwrite");
      writing.objectStore("all").add(crypto.getRandomValues(new Uint8Array(size)));
      fits = await new Promise((resolve) => {
        writing.oncomplete = () => resolve(true);
        writing.onabort = () => resolve(false);
      });
    }
  }
  request.result.close();
}"""


@pytest.fixture
def desk(live_server: LiveServer, browser_context: ContextMaker) -> Desk:
    fair = fair_today()
    make_station(fair, name="Nord")
    return Desk(Stage(live_server, browser_context, fair.slug), fair)


def saved(phone: Phone) -> list[str]:
    """Save the scans as a file; return the answers in it."""
    with phone.page.expect_download() as download:
        phone.page.click("[data-trouble] [data-export]")
    kept = json.loads(download.value.path().read_text())
    return [scan["decided"] for scan in kept["waiting"]]


def test_a_phone_that_the_desk_refuses_forgets_everything(desk: Desk) -> None:
    (amal,) = family_of(desk.fair, AMAL)
    phone = desk.phone("Nord")
    assert phone.page.evaluate(ROWS) > 0
    desk.visitor.hurried = False
    desk.visitor.open(desk.stage.url(f"/desk/FAIR/door/devices/{desk.device(phone.name).id}"))
    desk.visitor.press(desk.page.locator("a[href$='/revoke']"))
    desk.visitor.press(desk.page.locator("#ask button"))

    phone.scan(amal)
    expect(phone.screen("ended")).to_be_visible(timeout=SHOWN)
    told = phone.words["words"]["entry"]["ended_revoked"]
    expect(phone.page.locator("[data-ended]")).to_have_text(told)
    phone.page.wait_for_function(NO_ROWS)
    assert "Amal H." not in phone.page.content()
    phone.look()
    assert desk.scans() == []
    phone.page.reload()
    expect(phone.screen("unpaired")).to_be_visible()


def test_the_end_of_the_shift_wipes_even_a_page_that_is_opened_later(desk: Desk) -> None:
    phone = desk.phone("Nord", ahead=timedelta())
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.leave_network()
    phone.context.add_init_script("globalThis.ahead = 12 * 60 * 60 * 1000")
    phone.page.reload()
    expect(phone.screen("ended")).to_be_visible()
    told = phone.words["words"]["entry"]["ended_expired"]
    expect(phone.page.locator("[data-ended]")).to_have_text(told)
    phone.page.wait_for_function(NO_ROWS)
    phone.look()


def test_a_full_phone_goes_on_and_its_scans_can_be_saved(desk: Desk) -> None:
    (amal,), (lina,) = family_of(desk.fair, AMAL), family_of(desk.fair, LINA)
    phone = Phone.new(desk.stage)
    browser = phone.context.new_cdp_session(phone.page)
    quota = {"origin": desk.stage.server.url, "quotaSize": SMALL}
    browser.send("Storage.overrideQuotaForOrigin", quota)
    desk.begin_shift()
    phone.open().pair(*desk.invite("Nord")).begin()
    phone.page.evaluate(FILL)
    phone.leave_network()
    for badge in (amal, lina):
        phone.scan(badge)
        phone.says("admitted")
        phone.wait()
    banner = phone.page.locator("[data-trouble]")
    expect(banner).to_contain_text(phone.words["words"]["scanner"]["storage_full"])
    phone.counts("waiting", 2)
    phone.look()
    assert saved(phone) == ["admitted", "admitted"]
    expect(banner).to_be_visible()
    phone.return_to_network()
    assert desk.scans() == [("admitted", True)] * 2


def test_a_phone_that_may_store_nothing_scans_all_the_same(desk: Desk) -> None:
    (amal,) = family_of(desk.fair, AMAL)
    phone = desk.phone("Nord", script=REFUSED)
    banner = phone.page.locator("[data-trouble]")
    expect(banner).to_contain_text(phone.words["words"]["scanner"]["storage_refused"])
    phone.look()
    phone.leave_network()
    phone.scan(amal)
    phone.says("admitted")
    phone.wait()
    assert saved(phone) == ["admitted"]
    phone.return_to_network()
    assert desk.scans() == [("admitted", True)]
