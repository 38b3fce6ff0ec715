"""People who are registered at the door, and conflicts that a supervisor resolves."""

import pytest

from tests.browser.door.fake_api import FakeApi, Phone, code_of, hash_of, outcome

pytestmark = pytest.mark.browser


HOUSEHOLD = {
    "people": [
        {"given": "Sara", "family": "Nasr", "ownGiven": "سارة", "ownFamily": "نصر"},
        {"given": "Omar", "family": "Nasr"},
    ],
    "lang": "ar",
    "municipality": "03459014",
}


def test_walk_ins_without_network_are_sent_before_their_scans(
    api: FakeApi, registrar: Phone
) -> None:
    api.away = True
    verdicts = registrar.do("engine.walkIn(given)", HOUSEHOLD)
    assert [(outcome(v), v["entry"]["name"]) for v in verdicts] == [
        ("admitted", "Sara Nasr"), ("admitted", "Omar Nasr")
    ]  # fmt: skip
    registrar.open().unlock()
    registrar.later(11)
    assert outcome(registrar.scan(code_of(501))) == "already_inside"
    assert [hit["name"] for hit in registrar.do("engine.find('سارة')")] == ["Sara Nasr"]
    assert registrar.do("engine.walkIn(given)", HOUSEHOLD) == {"error": "no_codes"}
    api.away = False
    registrar.do("engine.sync()")
    registrar.sent()
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
    registrar.sent()
    (action,) = api.sent("/actions")[0]["actions"]
    assert (action["conflict"], action["reason"]) == (3, "looked the same")
    api.away = True
    assert registrar.do("engine.conflicts()") == {"error": "unreachable"}
