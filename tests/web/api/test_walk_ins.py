"""Walk-ins through the API: households with badges of the device's block, each once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.audit.models import AuditEntry
from jobfair.checkin.models import Conflict, DoorItem, Scan
from jobfair.checkin.rules import ConflictKind
from jobfair.core.actor import ActorKind
from jobfair.core.db import transaction
from jobfair.fairs.models import Fair
from jobfair.privacy.models import Consent
from tests import factories as make
from tests.web.api.phones import Phone, stored


def household(*people: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "people": list(people),
        "lang": "ar",
        "municipality": "03459014",
        "registered_at": make.NOW.isoformat(),
        **more,
    }


def person(code: str, given: str = "Amal", **more: Any) -> dict[str, Any]:
    return {"code": code, "given_name": given, "family_name": "Haddad", **more}


def send(phone: Phone, *walk_ins: Any) -> list[Any]:
    return phone.results("walk-ins", "walk_ins", *walk_ins)


@pytest.fixture
def block(supervisor: Phone) -> list[str]:
    """The codes of the supervisor's phone."""
    codes: list[str] = supervisor.roster()["codes"]
    return codes


def test_a_household_is_registered_with_the_badges_that_it_got(
    supervisor: Phone, block: list[str], running: Fair
) -> None:
    sent = household(person(block[0]), person(block[1], "Karim"))
    (answer,) = send(supervisor, sent)
    assert answer == {"id": sent["id"], "error": None, "state": "registered"}
    held = stored(
        sa.select(BadgeCode.code).where(BadgeCode.attendee_id.is_not(None)).order_by(BadgeCode.code)
    )
    assert held == sorted(block[:2])
    assert stored(sa.select(Fair.places_taken)) == [2]
    assert stored(sa.select(Attendee.name_key).order_by(Attendee.position))[1].startswith("|karim")
    assert stored(sa.select(Consent.lang)) == ["ar"]
    noted = AuditEntry.action == "household.registered"
    assert stored(sa.select(AuditEntry.actor_kind).where(noted)) == [ActorKind.DEVICE]
    assert supervisor.scan(block[0], make.NOW)["outcome"] == "admitted"


def test_the_same_household_is_registered_once(supervisor: Phone, block: list[str]) -> None:
    sent = household(person(block[0]))
    assert send(supervisor, sent) == send(supervisor, sent)
    (other,) = send(supervisor, {**sent, "people": [person(block[1])]})
    assert (other["state"], other["error"]) == (None, "id_reused")
    assert len(stored(sa.select(Household.id))) == 1
    assert stored(sa.select(DoorItem.answer)) == [{"state": "registered"}]


def test_where_the_fair_is_full_they_wait(
    supervisor: Phone, block: list[str], running: Fair
) -> None:
    with transaction() as current:
        current.execute(sa.update(Fair).values(places_taken=99))
    both = household(person(block[0]), person(block[1]))
    answers = send(supervisor, both, household(person(block[2])))
    assert [answer["state"] for answer in answers] == ["waitlisted", "registered"]
    assert stored(sa.select(Fair.places_taken)) == [100]
    assert supervisor.scan(block[0], make.NOW)["outcome"] == "waitlisted"


def test_a_name_in_its_own_script_is_spelled_in_latin_letters(
    supervisor: Phone, block: list[str]
) -> None:
    send(supervisor, household(person(block[0], "Олена", family_name="Коваленко")))
    (found,) = stored(sa.select(Attendee))
    assert (found.latin_name, found.own_name) == ("Olena Kovalenko", "Олена Коваленко")


def test_no_fault_stops_those_behind_it(
    supervisor: Phone, new_phone: Any, block: list[str]
) -> None:
    others = new_phone(kind="supervisor").roster()["codes"]
    answers = send(
        supervisor,
        7,
        {},
        household(),
        household(person("rubbish")),
        household(person(block[0], "\u202e ")),
        household(person(block[0], "123")),
        household(person(block[0]), person(block[0])),
        household(person(others[0])),
        household(person(block[0]), lang="xx"),
        household(person(block[0]), municipality="nowhere"),
        household(person(block[0]), registered_at="yesterday"),
        household(person(block[0]), id="1"),
        household(person(block[0])),
        household(person(block[0])),
    )
    assert [answer["error"] for answer in answers] == [
        "bad_item", "bad_id", "bad_people", "bad_people", "bad_people", "bad_people",
        "bad_people", "code_unknown", "bad_lang", "bad_municipality", "bad_registered_at",
        "bad_id", None, "code_taken",
    ]  # fmt: skip
    assert [answer["state"] for answer in answers[-2:]] == ["registered", None]


def test_whoever_came_offline_came_when_they_came(supervisor: Phone, block: list[str]) -> None:
    early, never = make.NOW - timedelta(minutes=40), "1970-01-01T00:00:00Z"
    send(supervisor, household(person(block[0]), registered_at=early.isoformat()))
    send(supervisor, household(person(block[1]), registered_at=never))
    registered = stored(sa.select(Household.registered_at).order_by(Household.id))
    assert registered == [early, make.NOW]


def test_scans_that_came_before_their_people_are_theirs(
    supervisor: Phone, block: list[str]
) -> None:
    shown: dict[str, Any] = {"offline": True, "decided": "admitted"}
    early = supervisor.scan(block[0], make.NOW, **shown)
    assert (early["outcome"], early["conflict"]) == ("unknown", True)
    send(supervisor, household(person(block[0])))
    (scan,) = stored(sa.select(Scan))
    assert (scan.attendee_id is not None, scan.passed, scan.outcome) == (True, True, "unknown")
    assert None not in stored(sa.select(Conflict.resolved_at))
    (entry,) = supervisor.roster()["entries"]
    assert entry["inside"] is not None


def test_a_badge_that_was_let_in_twice_before_its_people_is_a_conflict(
    supervisor: Phone, phone: Phone, block: list[str]
) -> None:
    shown: dict[str, Any] = {"offline": True, "decided": "admitted"}
    first = supervisor.scan(block[0], make.NOW - timedelta(minutes=5), **shown)
    second = phone.scan(block[0], make.NOW, **shown)
    send(supervisor, household(person(block[0])))
    still = sa.select(Conflict).where(Conflict.resolved_at.is_(None))
    assert [(c.kind, str(c.scan_id), str(c.other_id)) for c in stored(still)] == [
        (ConflictKind.DOUBLE_ADMISSION, second["id"], first["id"])
    ]


@pytest.mark.parametrize("body", [[], {}, {"walk_ins": {}}, {"walk_ins": [{}] * 501}])
def test_a_body_without_households_is_refused(supervisor: Phone, body: Any) -> None:
    response = supervisor.post("walk-ins", body)
    assert response.status_code == 422
    assert response.get_json()["code"] == "walk_ins_unreadable"


def test_a_steward_registers_nobody(phone: Phone) -> None:
    response = phone.post("walk-ins", {"walk_ins": []})
    assert (response.status_code, response.get_json()["code"]) == (403, "not_allowed")
