"""The phone itself: pairing, locking, wiping, and what it refuses to store."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from jobfair.checkin.hashes import ITERATIONS, shift_proof
from tests.browser.conftest import ContextMaker
from tests.browser.door.fake_api import (
    AMAL,
    LATE,
    SALT,
    SHIFT_CODE,
    STRANGER,
    TOKEN,
    FakeApi,
    Phone,
    hash_of,
    outcome,
)

pytestmark = pytest.mark.browser


def test_a_mistyped_shift_code_costs_no_pairing(
    api: FakeApi, browser_context: ContextMaker
) -> None:
    api.lock = {"iterations": ITERATIONS, "check": shift_proof(SHIFT_CODE, SALT)}
    context = browser_context()
    api.serve(context)
    phone = Phone(context.new_page()).open()
    words = {"code": "ABCD 2345", "name": "Phone", "shiftCode": "AAAAAAAAAA"}
    assert phone.do("engine.pair(given)", words) == {"error": "shift_code_wrong"}
    phone.pair()
    assert phone.do("engine.state") == "ready"
    assert len(api.sent("/devices")) == 1
    assert phone.do("engine.api.token") == TOKEN


@pytest.mark.parametrize("code", ["pairing_unknown", "pin_needed", "pin_wrong"])
def test_refused_pairings_say_why(api: FakeApi, browser_context: ContextMaker, code: str) -> None:
    context = browser_context()
    api.serve(context)
    api.interfere = lambda path, body: (404, {"code": code})
    phone = Phone(context.new_page()).open()
    words = {"code": "ABCD 2345", "name": "Phone", "shiftCode": SHIFT_CODE, "pin": "123456"}
    assert phone.do("engine.pair(given)", words) == {"error": code}
    assert phone.do("engine.state") == "unpaired"
    api.away = True
    assert phone.do("engine.pair(given)", words) == {"error": "unreachable"}


DUMP = """async () => {
    const open = indexedDB.open("door");
    const database = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
    const bytes = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? new TextDecoder("latin1").decode(value) : value;
    const found = {};
    for (const name of database.objectStoreNames) {
        const all = database.transaction(name).objectStore(name);
        const answer = (asked) =>
            new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)));
        found[name] = JSON.stringify(
            [await answer(all.getAllKeys()), await answer(all.getAll())],
            (_, value) => bytes(value),
        );
    }
    database.close();
    return found;
}"""


def test_nothing_about_people_can_be_read_on_the_phone(api: FakeApi, phone: Phone) -> None:
    api.away = True
    phone.scan(AMAL)
    phone.scan(STRANGER)
    found = phone.page.evaluate(DUMP)
    assert set(found) == {"clear", "sealed", "queue", "moves", "parked"}
    assert "The fair" in found["clear"]
    everything = "".join(found.values())
    for secret in ("Haddad", "Amal", AMAL, STRANGER, hash_of(AMAL), TOKEN, SHIFT_CODE, "admit"):
        assert secret not in everything, secret
    assert len(json.loads(found["queue"])[1]) == 2


def test_an_idle_phone_locks_itself_and_drops_what_was_open(
    api: FakeApi, browser_context: ContextMaker
) -> None:
    context = browser_context()
    api.serve(context)
    phone = Phone(context.new_page(), idle=700, tick=50).open().pair()
    phone.until("engine.state === 'locked'")
    assert phone.do("engine.scan(given)", AMAL) == {"error": "locked"}
    left = "[engine.session, engine.vault.key, engine.api.token]"
    assert phone.page.evaluate(left) == [None, None, None]
    phone.unlock()
    assert outcome(phone.scan(AMAL)) == "admitted"


def test_a_phone_that_slept_is_locked_when_it_wakes(phone: Phone) -> None:
    phone.page.evaluate("engine.activeAt -= 16 * 60e3")
    assert phone.do("engine.scan(given)", AMAL) == {"error": "locked"}
    assert phone.do("engine.state") == "locked"


@pytest.mark.parametrize(
    ("code", "reason"),
    [("device_revoked", "revoked"), ("token_unknown", "revoked"), ("device_expired", "expired")],
)
def test_a_device_that_was_revoked_wipes_itself(
    api: FakeApi, phone: Phone, code: str, reason: str
) -> None:
    api.interfere = lambda path, body: (401, {"code": code})
    phone.scan(AMAL)
    phone.until("engine.state === 'ended'")
    assert (phone.do("engine.reason"), phone.do("engine.lost")) == (reason, 1)
    phone.page.wait_for_timeout(100)
    assert set(phone.page.evaluate(DUMP).values()) == {"[[],[]]"}
    assert phone.open().do("engine.state") == "unpaired"


@pytest.mark.parametrize("answer", [(401, "token_missing"), (403, "not_allowed")])
def test_other_refusals_wipe_nothing(api: FakeApi, phone: Phone, answer: tuple[int, str]) -> None:
    api.interfere = lambda path, body: (answer[0], {"code": answer[1]})
    phone.do("engine.sync()")
    assert phone.do("engine.state") == "ready"
    assert phone.open().do("engine.state") == "locked"


def test_the_end_of_the_shift_is_the_end_of_the_data(
    api: FakeApi, browser_context: ContextMaker
) -> None:
    context = browser_context()
    api.serve(context)
    api.ahead = timedelta(minutes=9)  # the phone's clock is nine minutes behind
    api.lasts = timedelta(seconds=2)
    phone = Phone(context.new_page(), tick=50).open().pair()
    assert phone.do("engine.state") == "ready"
    phone.until("engine.state === 'ended'")
    assert phone.do("engine.reason") == "expired"
    assert phone.open().do("engine.state") == "unpaired"


def test_a_page_that_is_opened_after_the_shift_wipes_too(api: FakeApi, phone: Phone) -> None:
    phone.page.evaluate(
        """async () => {
            const record = engine.deviceRecord();
            record.value.about.expiresAt = new Date(0);
            await engine.vault.write([record]);
        }"""
    )
    assert phone.open().do("engine.state") == "ended"
    assert phone.open().do("engine.state") == "unpaired"


def test_a_phone_is_handed_back_when_all_is_sent(api: FakeApi, phone: Phone) -> None:
    api.away = True
    phone.scan(AMAL)
    assert phone.do("engine.end('handed_back')") == {"error": "unsent"}
    api.away = False
    phone.do("engine.end('handed_back')")
    assert phone.do("engine.state") == "ended"
    assert len(api.stored) == 1
    assert api.calls[-1][0].endswith("/devices/me")


REFUSED = "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); };"
FULL = """IDBObjectStore.prototype.put = () => {
    throw new DOMException('full', 'QuotaExceededError');
};"""


def test_without_storage_scans_are_still_sent(api: FakeApi, browser_context: ContextMaker) -> None:
    context = browser_context()
    api.serve(context)
    page = context.new_page()
    page.add_init_script(REFUSED)
    phone = Phone(page).open().pair()
    assert phone.do("engine.trouble") == "storage_refused"
    phone.scan(AMAL)
    phone.sent()
    api.away = True
    verdict = phone.scan(LATE)
    phone.do("engine.lock()")
    phone.unlock()
    kept = json.loads(phone.do("engine.exportUnsent().text()"))
    assert [scan["id"] for scan in kept["waiting"]] == [verdict["id"]]
    assert kept["device"]["clock_behind_ms"] == phone.do("engine.about.offset")


def test_a_full_disk_is_said_and_loses_nothing(api: FakeApi, phone: Phone) -> None:
    api.away = True
    phone.page.evaluate(f"() => {{ globalThis.put = IDBObjectStore.prototype.put; {FULL} }}")
    verdict = phone.scan(AMAL)
    assert outcome(verdict) == "admitted"
    assert phone.page.evaluate("seen.trouble[0].code") == "storage_full"
    assert phone.do("engine.trouble") == "storage_full"
    phone.page.evaluate("() => { IDBObjectStore.prototype.put = globalThis.put; }")
    phone.scan(LATE)
    assert phone.do("engine.trouble") is None
    assert phone.open().do("engine.counts.waiting") == 2


NO_LOCKS = "Object.defineProperty(navigator, 'locks', { value: undefined });"


@pytest.mark.parametrize("script", ["", NO_LOCKS], ids=["locks", "no locks"])
def test_one_tab_alone_is_the_scanner(
    api: FakeApi, browser_context: ContextMaker, script: str
) -> None:
    context = browser_context()
    context.add_init_script(script)
    api.serve(context)
    phone = Phone(context.new_page()).open().pair()
    other = Phone(context.new_page()).open()
    assert other.do("engine.state") == "elsewhere"
    assert other.do("engine.scan(given)", AMAL) == {"error": "elsewhere"}
    assert other.do("engine.pair({})") == {"error": "elsewhere"}
    phone.page.close()
    other.until("engine.state === 'locked'")
    other.unlock()
    assert outcome(other.scan(AMAL)) == "admitted"


def test_the_clock_of_the_server_is_known(api: FakeApi, phone: Phone) -> None:
    api.ahead = timedelta(minutes=9)
    phone.do("engine.sync()")
    assert phone.do("engine.about.offset") == pytest.approx(540_000, abs=5_000)
    phone.scan(AMAL)
    phone.page.evaluate("engine.session.scans.recent.clear()")
    first = phone.scan(AMAL)["firstScan"]["at"]
    assert abs(first - datetime.now(UTC) - api.ahead) < timedelta(seconds=10)
    phone.sent()
    told = datetime.fromisoformat(api.scans()[0]["scanned_at"])
    assert abs(told - datetime.now(UTC)) < timedelta(seconds=10)
