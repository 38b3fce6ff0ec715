"""The engine of the door in a real browser: the answer to every badge."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.door.fake_api import (
    AMAL,
    LATE,
    STRANGER,
    UNPAID,
    YUSUF,
    FakeApi,
    Phone,
    hash_of,
    instant,
    outcome,
    person,
)

pytestmark = pytest.mark.browser


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
    phone.sent()
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
    phone.sent()
    assert [(scan.get("badge"), scan.get("hash")) for scan in api.scans()] == [
        (AMAL, None), (None, hash_of(YUSUF))
    ]  # fmt: skip


def test_a_badge_is_not_burnt_by_a_second_look(api: FakeApi, phone: Phone) -> None:
    first, second = phone.scan(AMAL), phone.scan(AMAL)
    assert (second["repeat"], outcome(second), second["id"]) == (True, "admitted", first["id"])
    phone.later(11)
    third = phone.scan(AMAL)
    assert (third["repeat"], outcome(third)) == (False, "already_inside")
    assert third["firstScan"]["station"] == "Eingang"
    assert third["can"]["again"]
    again = phone.do("engine.admit(given, { again: true })", hash_of(AMAL))
    assert outcome(again) == "admitted"
    assert phone.do("engine.counts.inside") == 1
    phone.sent()
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


def test_a_roster_that_is_loaded_anew_replaces_the_old_one(api: FakeApi, phone: Phone) -> None:
    api.people, api.pool, api.full = [person(YUSUF, "Yusuf")], [], True
    phone.do("engine.sync()")
    phone.open().unlock()
    assert phone.do("engine.counts.people") == 1
    assert outcome(phone.scan(YUSUF)) == "admitted"
    assert [outcome(phone.scan(code)) for code in (AMAL, LATE)] == ["unknown", "unknown"]


def test_scans_of_this_device_are_not_counted_twice(api: FakeApi, phone: Phone) -> None:
    phone.scan(AMAL)
    phone.sent()
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
    phone.sent()
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
