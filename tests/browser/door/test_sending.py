"""Scans on their way to a server that is slow, wrong or away: none is lost or counted twice."""

import json
from datetime import UTC, datetime

import pytest

from tests.browser.conftest import ContextMaker
from tests.browser.door.fake_api import (
    AMAL,
    LATE,
    STRANGER,
    UNPAID,
    FakeApi,
    Json,
    Phone,
    code_of,
    instant,
    outcome,
    person,
)

pytestmark = pytest.mark.browser


def test_an_answer_that_comes_too_late_becomes_a_conflict(
    api: FakeApi, browser_context: ContextMaker
) -> None:
    context = browser_context()
    api.serve(context)
    phone = Phone(context.new_page(), patience=60_000).open().pair()
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
    phone.sent()
    first, second = api.scans()
    assert first | {"offline": True} == second
    assert not first["offline"]
    assert phone.page.evaluate("seen.corrected[0].late")
    assert phone.do("engine.counts.inside") == 1


def test_scans_without_network_survive_a_reload_and_go_together(api: FakeApi, phone: Phone) -> None:
    api.away = True
    verdicts = [phone.scan(code) for code in (AMAL, UNPAID, LATE)]
    assert [outcome(v) for v in verdicts] == ["admitted", "waitlisted", "admitted"]
    phone.until("engine.net === 'offline'")
    phone.open()
    assert phone.do("engine.state") == "locked"
    assert phone.do("engine.counts.waiting") == 3
    assert phone.do("engine.unlock('0000000000')") == {"error": "shift_code_wrong"}
    phone.unlock()
    assert phone.scan(AMAL)["repeat"], "a badge isn't burnt by a reload either"
    phone.later(11)
    assert outcome(phone.scan(AMAL)) == "already_inside"
    assert outcome(phone.scan(LATE, "out")) == "left"
    api.away = False
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.sent()
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
    phone.sent()
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
    phone.sent()
    assert phone.do("engine.counts.parked") == 1
    assert phone.open().unlock().do("engine.counts.parked") == 1


def test_foreign_words_are_cut_between_characters(api: FakeApi, phone: Phone) -> None:
    phone.scan("a foreign 🎉🎉🎉 code")
    phone.sent()
    assert [scan["badge"] for scan in api.scans()] == ["a foreign 🎉"]


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
    phone.sent()
    assert len(api.stored) == 3


def test_a_page_of_somebody_else_is_no_answer(api: FakeApi, phone: Phone) -> None:
    api.interfere = lambda path, body: (200, {"results": []})
    phone.scan(AMAL)
    phone.until("engine.session.outbox.tries > 0")
    assert phone.do("engine.counts.waiting") == 1
    api.interfere = lambda path, body: (403, {"code": "not_allowed"}) if "roster" in path else None
    phone.do("engine.sync()")
    phone.sent()
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
    phone.sent()
    paths = [path.rsplit("/", 1)[1] for path, _ in api.calls]
    assert paths.index("scans") < paths.index("actions")
    (action,) = api.sent("/actions")[0]["actions"]
    assert (action["kind"], action["scan"]) == ("undo", verdict["id"])
    assert outcome(phone.scan(AMAL)) == "admitted"


def test_after_undoing_the_roster_is_asked_for_anew(phone: Phone) -> None:
    verdict = phone.scan(AMAL)
    phone.sent()
    phone.page.evaluate("""() => {
      const { api } = engine.session;
      const get = api.get.bind(api);
      globalThis.asked = 0;
      api.get = async (path) => {
        globalThis.asked += 1;
        const answer = await get(path);
        await new Promise((resolve) => setTimeout(resolve, 500));
        return answer;
      };
      engine.session.pull();
    }""")
    phone.do("engine.undo(given)", verdict["id"])
    phone.sent()
    assert phone.do("asked") == 1  # what it brings was written before the scan was undone
    phone.until("asked === 2")


def test_undoing_what_the_roster_knows_already(api: FakeApi, phone: Phone) -> None:
    verdict = phone.scan(AMAL)
    phone.sent()
    inside = {"since": instant(datetime.now(UTC)), "station": "Eingang"}
    api.people = [person(AMAL, household="Haddad", inside=inside)]
    phone.do("engine.sync()")
    api.people = []
    phone.do("engine.undo(given)", verdict["id"])
    assert outcome(phone.scan(AMAL)) == "admitted"


def test_undoing_a_way_out_that_the_roster_knows_already(api: FakeApi, phone: Phone) -> None:
    phone.scan(AMAL)
    verdict = phone.scan(AMAL, "out")
    phone.sent()
    phone.do("engine.sync()")
    assert phone.do("engine.session.moves.byHash.size") == 0
    api.people = []
    phone.do("engine.undo(given)", verdict["id"])
    assert outcome(phone.scan(AMAL)) == "already_inside"


def test_what_is_wanted_while_an_attempt_fails_is_tried_at_once(api: FakeApi, phone: Phone) -> None:
    failed: list[str] = []

    def fail_once(path: str, body: Json) -> tuple[int, Json] | None:
        if not path.endswith("/scans") or failed:
            return None
        failed.append(path)
        phone.page.evaluate("window.dispatchEvent(new Event('online'))")
        return 503, {"code": "busy"}

    phone.page.evaluate("engine.session.outbox.tries = 20")  # the next pause would be long
    api.interfere = fail_once
    phone.scan(AMAL)
    phone.sent()
    assert failed


def test_only_the_last_scan_is_undone_and_only_for_ten_minutes(phone: Phone) -> None:
    first = phone.scan(AMAL)
    phone.page.wait_for_timeout(2)
    last = phone.scan(AMAL, "out")
    assert phone.do("engine.undo(given)", first["id"]) == {"error": "scan_not_last"}
    phone.later(601)
    assert phone.do("engine.undo(given)", last["id"]) == {"error": "too_late"}
    phone.do("Object.assign(engine.about, { rights: ['scan'] })")
    assert phone.do("engine.undo(given)", last["id"]) == {"error": "not_allowed"}
