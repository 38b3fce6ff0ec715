"""The engine of the door in a real browser, against a server that is slow, wrong or away."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.browser.conftest import ContextMaker
from tests.browser.door.fake_api import (
    SHIFT_CODE,
    TOKEN,
    FakeApi,
    Json,
    Phone,
    code_of,
    hash_of,
    instant,
    person,
)

pytestmark = pytest.mark.browser

AMAL, YUSUF, LATE, UNPAID = (code_of(number) for number in range(1, 5))
STRANGER = code_of(99)


@pytest.fixture
def api() -> FakeApi:
    """A fair with Amal and Yusuf, somebody on the waiting list, and a badge just issued."""
    made = FakeApi()
    made.people = [
        person(AMAL, own_script="أمل حداد", household="Haddad"),
        person(YUSUF, "Yusuf", household="Haddad"),
        person(UNPAID, "Olena", "Bondar", state="waitlisted", lang="uk"),
    ]
    made.pool = [AMAL, YUSUF, UNPAID, LATE]
    return made


@pytest.fixture
def phone(api: FakeApi, browser_context: ContextMaker) -> Phone:
    """A phone that was just paired."""
    context = browser_context()
    api.serve(context)
    return Phone(context.new_page(), api).open().pair()


def outcome(verdict: Json) -> str:
    told: str = verdict["outcome"]
    return told


def sent(phone: Phone) -> None:
    phone.until("engine.counts.waiting === 0")


def test_badges_get_their_answers_at_once_and_are_sent(api: FakeApi, phone: Phone) -> None:
    verdict = phone.scan(AMAL)
    assert outcome(verdict) == "admitted"
    assert verdict["entry"]["name"] == "Amal Haddad"
    assert [(other["name"], other["outside"]) for other in verdict["others"]] == [
        ("Yusuf Haddad", True)
    ]
    assert outcome(phone.scan(UNPAID)) == "waitlisted"
    assert outcome(phone.scan(STRANGER)) == "unknown"
    assert outcome(phone.scan("https://example.org/some/other/code")) == "unknown"
    late = phone.scan(LATE)
    assert (outcome(late), late["seal"], late["entry"]) == ("admitted", True, None)
    assert outcome(phone.scan(YUSUF, "out")) == "not_inside"
    sent(phone)
    assert [scan["decided"] for scan in api.scans()] == [
        "admitted", "waitlisted", "unknown", "unknown", "admitted", "not_inside"
    ]  # fmt: skip
    assert [scan["badge"] for scan in api.scans()][:4] == [AMAL, UNPAID, STRANGER, "https://exa"]
    assert not any(scan["offline"] for scan in api.scans())
    assert phone.do("engine.counts.inside") == 2


def test_families_are_let_in_by_the_roster(api: FakeApi, phone: Phone) -> None:
    phone.scan(AMAL)
    verdict = phone.do("engine.admit(given)", hash_of(YUSUF))
    assert outcome(verdict) == "admitted"
    assert [other["outside"] for other in verdict["others"]] == [False]
    sent(phone)
    assert [(scan.get("badge"), scan.get("hash")) for scan in api.scans()] == [
        (AMAL, None), (None, hash_of(YUSUF))
    ]  # fmt: skip


def test_a_badge_is_not_burnt_by_a_second_look(api: FakeApi, phone: Phone) -> None:
    first, second = phone.scan(AMAL), phone.scan(AMAL)
    assert (second["repeat"], outcome(second), second["id"]) == (True, "admitted", first["id"])
    phone.page.evaluate("engine.session.scans.recent.forEach((kept) => (kept.item.shownAt -= 11e3))")
    third = phone.scan(AMAL)
    assert (third["repeat"], outcome(third)) == (False, "already_inside")
    assert third["firstScan"]["station"] == "Eingang"
    assert third["can"]["again"]
    again = phone.do("engine.admit(given, { again: true })", hash_of(AMAL))
    assert outcome(again) == "admitted"
    assert phone.do("engine.counts.inside") == 1
    sent(phone)
    assert [scan["override"] for scan in api.scans()] == [None, None, {"reason": "again"}]


def test_supervisors_let_in_past_the_list(api: FakeApi, phone: Phone) -> None:
    override = "engine.admit(given, { override: { reason: 'seat found' } })"
    assert not phone.scan(UNPAID)["can"]["override"]
    assert outcome(phone.do(override, hash_of(UNPAID))) == "waitlisted"
    phone.do("Object.assign(engine.about, { rights: ['scan', 'undo', 'override'] })")
    assert phone.scan(UNPAID)["can"]["override"]
    assert outcome(phone.do(override, hash_of(UNPAID))) == "admitted"


def test_samples_are_verified_without_a_scan(api: FakeApi, phone: Phone) -> None:
    api.samples = [{"hash": hash_of(STRANGER), "outcome": "waitlisted"}]
    phone.do("engine.sync()")
    verdict = phone.scan(STRANGER)
    assert (verdict["sample"], outcome(verdict)) == (True, "waitlisted")
    assert api.scans() == []
    assert phone.do("engine.counts.waiting") == 0


def test_full_rooms_keep_nobody_in(api: FakeApi, phone: Phone) -> None:
    api.limit, api.inside = 5, 4
    phone.do("engine.sync()")
    assert outcome(phone.scan(AMAL)) == "admitted"
    assert outcome(phone.scan(YUSUF)) == "full"
    assert outcome(phone.scan(AMAL, "out")) == "left"
    assert outcome(phone.scan(YUSUF)) == "admitted"
    assert phone.do("engine.counts.inside") == 5


def test_what_others_let_in_is_known_here(api: FakeApi, phone: Phone) -> None:
    since = datetime.now(UTC) - timedelta(minutes=3)
    api.people = [person(AMAL, inside={"since": instant(since), "station": "Seite"})]
    api.gone = [hash_of(YUSUF)]
    api.inside = 1
    phone.do("engine.sync()")
    verdict = phone.scan(AMAL)
    assert outcome(verdict) == "already_inside"
    assert verdict["firstScan"]["station"] == "Seite"
    assert abs(verdict["firstScan"]["at"] - since) < timedelta(seconds=1)
    assert phone.do("engine.counts.recent") == 1
    assert phone.do("engine.find('yusuf')") == []
    assert outcome(phone.scan(YUSUF)) == "admitted"  # genuine, though not on the list any more


def test_scans_of_this_device_are_not_counted_twice(api: FakeApi, phone: Phone) -> None:
    phone.scan(AMAL)
    sent(phone)
    inside = {"since": instant(datetime.now(UTC)), "station": "Eingang"}
    api.people, api.inside = [person(AMAL, household="Haddad", inside=inside)], 1
    phone.do("engine.sync()")
    assert phone.do("engine.counts.inside") == 1
    assert phone.do("engine.session.moves.byHash.size") == 0
    api.people, api.inside = [person(AMAL, household="Haddad")], 0
    phone.do("engine.sync()")
    assert phone.do("engine.counts.inside") == 0


def test_the_answer_within_a_second_corrects_the_verdict(api: FakeApi, phone: Phone) -> None:
    api.outcomes = {AMAL: "already_inside", STRANGER: "wrong_fair"}
    assert outcome(phone.scan(AMAL)) == "admitted"
    phone.scan(STRANGER)
    phone.until("seen.corrected.length === 2")
    corrected = phone.page.evaluate("seen.corrected")
    assert [(outcome(v), v["late"], v["final"]) for v in corrected] == [
        ("already_inside", False, True), ("wrong_fair", False, True)
    ]  # fmt: skip
    sent(phone)
    assert phone.do("engine.counts.inside") == 0
    assert len(api.scans()) == 2


def test_somebody_new_is_named_as_soon_as_the_server_knows(api: FakeApi, phone: Phone) -> None:
    api.outcomes = {STRANGER: "admitted"}
    api.people = [person(STRANGER, "Nadia")]
    assert outcome(phone.scan(STRANGER)) == "unknown"
    phone.until("seen.corrected.length === 2")
    first, second = phone.page.evaluate("seen.corrected")
    assert (outcome(first), first["entry"]) == ("admitted", None)
    assert second["entry"]["name"] == "Nadia Haddad"


def test_an_answer_that_comes_too_late_becomes_a_conflict(
    api: FakeApi, browser_context: ContextMaker
) -> None:
    context = browser_context()
    api.serve(context)
    phone = Phone(context.new_page(), api, patience=60_000).open().pair()
    api.outcomes = {AMAL: "already_inside"}
    phone.page.evaluate(
        """() => {
            const send = engine.api.post;
            engine.api.post = async function (...given) {
                const answer = await send.apply(this, given);
                engine.config.patience = -1;
                return answer;
            };
        }"""
    )
    assert outcome(phone.scan(AMAL)) == "admitted"
    phone.until("seen.corrected.length === 1")
    sent(phone)
    first, second = api.scans()
    assert first | {"offline": True} == second
    assert not first["offline"]
    assert phone.page.evaluate("seen.corrected[0].late")
    assert phone.do("engine.counts.inside") == 1


def test_scans_without_network_survive_a_reload_and_go_together(
    api: FakeApi, phone: Phone
) -> None:
    api.away = True
    verdicts = [phone.scan(code) for code in (AMAL, UNPAID, LATE)]
    assert [outcome(v) for v in verdicts] == ["admitted", "waitlisted", "admitted"]
    assert phone.do("engine.net") == "offline"
    phone.open()
    assert phone.do("engine.state") == "locked"
    assert phone.do("engine.counts.waiting") == 3
    assert phone.do("engine.unlock('0000000000')") == {"error": "shift_code_wrong"}
    phone.unlock()
    assert outcome(phone.scan(AMAL)) == "already_inside"
    assert outcome(phone.scan(LATE, "out")) == "left"
    api.away = False
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    sent(phone)
    assert phone.do("engine.net") == "online"
    assert [scan["id"] for scan in api.scans()][:3] == [v["id"] for v in verdicts]
    assert [scan["offline"] for scan in api.scans()][:3] == [True] * 3
    assert phone.open().do("engine.counts.waiting") == 0


def test_a_batch_that_is_too_large_is_halved(api: FakeApi, phone: Phone) -> None:
    codes = [code_of(number) for number in range(1000, 1012)]
    api.away = True
    for code in codes:
        phone.scan(code)
    phone.do("engine.session.outbox.most = 500")
    api.away = False
    poisoned = codes[5]

    def refuse(path: str, body: Json) -> tuple[int, Json] | None:
        badges = [scan["badge"] for scan in body.get("scans", [])]
        return (422, {"code": "scans_unreadable"}) if poisoned in badges else None

    api.interfere = refuse
    phone.do("engine.sync()")
    sent(phone)
    assert len(api.sent("/scans")[0]["scans"]) == 12
    assert {scan["badge"] for body in api.sent("/scans") for scan in body["scans"]} == set(codes)
    assert len(api.stored) == 11
    assert phone.do("engine.counts.parked") == 1
    assert phone.page.evaluate("seen.trouble") == [
        {"code": "refused", "kind": "scan", "error": "scans_unreadable"}
    ]
    kept = json.loads(phone.do("engine.exportUnsent().text()"))
    assert [scan["badge"] for scan in kept["refused"]] == [poisoned]


def test_a_refused_scan_stops_none_after_it(api: FakeApi, phone: Phone) -> None:
    api.errors = {AMAL: "bad_scan"}
    phone.scan(AMAL)
    phone.scan(LATE)
    sent(phone)
    assert phone.do("engine.counts.parked") == 1
    assert phone.open().unlock().do("engine.counts.parked") == 1


def test_what_the_server_stumbles_over_is_tried_later(api: FakeApi, phone: Phone) -> None:
    def stumble(path: str, body: Json) -> tuple[int, Json] | None:
        badges = [scan["badge"] for scan in body.get("scans", [])]
        return (500, {"code": "server_error"}) if AMAL in badges else None

    api.interfere = stumble
    for code in (AMAL, LATE, STRANGER):
        phone.scan(code)
    phone.until("engine.counts.waiting === 1")
    assert {result["id"] for result in api.stored.values()} == {
        scan["id"] for scan in api.scans() if scan["badge"] != AMAL
    }
    api.interfere = lambda path, body: None
    phone.page.evaluate("engine.session.outbox.aside.clear()")
    phone.do("engine.sync()")
    sent(phone)
    assert len(api.stored) == 3


def test_a_page_of_somebody_else_is_no_answer(api: FakeApi, phone: Phone) -> None:
    api.interfere = lambda path, body: (200, {"results": []})
    phone.scan(AMAL)
    phone.until("engine.session.outbox.tries > 0")
    assert phone.do("engine.counts.waiting") == 1
    api.interfere = lambda path, body: (403, {"code": "not_allowed"}) if "roster" in path else None
    phone.do("engine.sync()")
    sent(phone)
    assert phone.do("engine.state") == "ready"


def test_undoing_keeps_the_order_and_counts_nobody(api: FakeApi, phone: Phone) -> None:
    api.away = True
    verdict = phone.scan(AMAL)
    phone.do("engine.undo(given)", verdict["id"])
    assert phone.do("engine.counts.inside") == 0
    assert phone.do("engine.undo(given)", verdict["id"]) == {"error": "scan_unknown"}
    phone.open().unlock()
    assert phone.do("engine.counts.inside") == 0
    api.away = False
    phone.do("engine.sync()")
    sent(phone)
    paths = [path.rsplit("/", 1)[1] for path, _ in api.calls]
    assert paths.index("scans") < paths.index("actions")
    (action,) = api.sent("/actions")[0]["actions"]
    assert (action["kind"], action["scan"]) == ("undo", verdict["id"])
    assert outcome(phone.scan(AMAL)) == "admitted"


def test_undoing_what_the_roster_knows_already(api: FakeApi, phone: Phone) -> None:
    verdict = phone.scan(AMAL)
    sent(phone)
    inside = {"since": instant(datetime.now(UTC)), "station": "Eingang"}
    api.people = [person(AMAL, household="Haddad", inside=inside)]
    phone.do("engine.sync()")
    api.people = []
    phone.do("engine.undo(given)", verdict["id"])
    assert outcome(phone.scan(AMAL)) == "admitted"


def test_only_the_last_scan_is_undone_and_only_for_ten_minutes(phone: Phone) -> None:
    first = phone.scan(AMAL)
    phone.page.wait_for_timeout(2)
    last = phone.scan(AMAL, "out")
    assert phone.do("engine.undo(given)", first["id"]) == {"error": "scan_not_last"}
    phone.page.evaluate("engine.session.scans.recent.forEach((kept) => (kept.item.shownAt -= 601e3))")
    assert phone.do("engine.undo(given)", last["id"]) == {"error": "too_late"}
    phone.do("Object.assign(engine.about, { rights: ['scan'] })")
    assert phone.do("engine.undo(given)", last["id"]) == {"error": "not_allowed"}


HOUSEHOLD = {
    "people": [
        {"given": "Sara", "family": "Nasr", "ownGiven": "سارة", "ownFamily": "نصر"},
        {"given": "Omar", "family": "Nasr"},
    ],
    "lang": "ar",
    "municipality": "03459014",
}


@pytest.fixture
def registrar(api: FakeApi, browser_context: ContextMaker) -> Phone:
    """A supervisor's phone with a block of three codes."""
    api.rights = ["scan", "search", "undo_own", "undo", "override", "walk_in"]
    api.codes = [code_of(number) for number in (501, 502, 503)]
    api.pool += api.codes
    context = browser_context()
    api.serve(context)
    return Phone(context.new_page(), api).open().pair()


def test_walk_ins_without_network_are_sent_before_their_scans(
    api: FakeApi, registrar: Phone
) -> None:
    api.away = True
    verdicts = registrar.do("engine.walkIn(given)", HOUSEHOLD)
    assert [(outcome(v), v["entry"]["name"]) for v in verdicts] == [
        ("admitted", "Sara Nasr"), ("admitted", "Omar Nasr")
    ]  # fmt: skip
    registrar.open().unlock()
    assert outcome(registrar.scan(code_of(501))) == "already_inside"
    assert [hit["name"] for hit in registrar.do("engine.find('سارة')")] == ["Sara Nasr"]
    assert registrar.do("engine.walkIn(given)", HOUSEHOLD) == {"error": "no_codes"}
    api.away = False
    registrar.do("engine.sync()")
    sent(registrar)
    paths = [path.rsplit("/", 1)[1] for path, _ in api.calls]
    assert paths.index("walk-ins") < paths.index("scans")
    (item,) = api.sent("/walk-ins")[0]["walk_ins"]
    assert [one["code"] for one in item["people"]] == api.codes[:2]
    assert item["people"][0]["own_family_name"] == "نصر"
    assert registrar.do("engine.session.roster.facts.codes") == [code_of(503)]


def test_a_walk_in_that_has_to_wait_is_told_so(api: FakeApi, registrar: Phone) -> None:
    api.outcomes = {"walk_in": "waitlisted"}
    verdicts = registrar.do("engine.walkIn(given)", HOUSEHOLD)
    assert [outcome(v) for v in verdicts] == ["waitlisted", "waitlisted"]


def test_walk_ins_stay_when_the_roster_is_loaded_anew(api: FakeApi, registrar: Phone) -> None:
    registrar.do("engine.walkIn(given)", HOUSEHOLD)
    api.full = True
    registrar.do("engine.sync()")
    assert outcome(registrar.do("engine.admit(given)", hash_of(code_of(501)))) == "admitted"
    assert registrar.do("engine.counts.people") == 5


def test_conflicts_are_resolved_with_a_reason(api: FakeApi, registrar: Phone) -> None:
    api.interfere = lambda path, body: (
        (200, {"conflicts": [{"id": 3}]}) if path.endswith("/conflicts") else None
    )
    assert registrar.do("engine.conflicts()") == [{"id": 3}]
    registrar.do("engine.resolve(3, 'looked the same')")
    sent(registrar)
    (action,) = api.sent("/actions")[0]["actions"]
    assert (action["conflict"], action["reason"]) == (3, "looked the same")
    api.away = True
    assert registrar.do("engine.conflicts()") == {"error": "unreachable"}


def test_a_mistyped_shift_code_costs_no_pairing(
    api: FakeApi, browser_context: ContextMaker
) -> None:
    context = browser_context()
    api.serve(context)
    phone = Phone(context.new_page(), api).open()
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
    phone = Phone(context.new_page(), api).open()
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
            [await answer(all.getAllKeys()), await answer(all.getAll())], (_, value) => bytes(value));
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
    phone = Phone(context.new_page(), api, idle=700, tick=50).open().pair()
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
    assert phone.do("engine.reason") == reason
    phone.page.wait_for_timeout(100)
    assert phone.page.evaluate(DUMP.replace('"door"', '"door", 1')) == {
        name: "[[],[]]" for name in ("clear", "moves", "parked", "queue", "sealed")
    }
    assert phone.open().do("engine.state") == "unpaired"


@pytest.mark.parametrize("answer", [(401, "token_missing"), (403, "not_allowed")])
def test_other_refusals_wipe_nothing(
    api: FakeApi, phone: Phone, answer: tuple[int, str]
) -> None:
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
    phone = Phone(context.new_page(), api, tick=50).open().pair()
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
    phone = Phone(page, api).open().pair()
    assert phone.do("engine.trouble") == "storage_refused"
    phone.scan(AMAL)
    sent(phone)
    api.away = True
    verdict = phone.scan(LATE)
    phone.do("engine.lock()")
    phone.unlock()
    kept = json.loads(phone.do("engine.exportUnsent().text()"))
    assert [scan["id"] for scan in kept["waiting"]] == [verdict["id"]]


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


def test_one_tab_alone_is_the_scanner(api: FakeApi, phone: Phone) -> None:
    other = Phone(phone.page.context.new_page(), api).open()
    assert other.do("engine.state") == "elsewhere"
    assert other.do("engine.scan(given)", AMAL) == {"error": "elsewhere"}
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
    sent(phone)
    told = datetime.fromisoformat(api.scans()[0]["scanned_at"])
    assert abs(told - datetime.now(UTC)) < timedelta(seconds=10)
