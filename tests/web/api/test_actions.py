"""Actions through the API: undoing, letting in with a reason, resolving; each once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from jobfair.attendees.models import Attendee
from jobfair.attendees.rules import AttendeeState
from jobfair.audit.models import AuditEntry
from jobfair.checkin.hashes import badge_hash
from jobfair.checkin.models import Conflict, Device, Scan
from jobfair.core.clock import frozen
from jobfair.core.db import transaction
from tests import factories as make
from tests.web.api.phones import Phone, stored

SOON = make.NOW + timedelta(minutes=5)
LATER = make.NOW + timedelta(minutes=9)


def action(kind: str, at: datetime = LATER, **more: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": kind, "at": at.isoformat(), **more}


def send(phone: Phone, *actions: Any) -> list[Any]:
    with frozen(LATER):
        return phone.results("actions", "actions", *actions)


def error(phone: Phone, sent: Any) -> Any:
    return send(phone, sent)[0]["error"]


def mark_of(badge: str, roster: Any) -> str:
    """Return how the devices of that roster's shift know the badge."""
    return badge_hash(badge, bytes.fromhex(roster["salt"]))


def last_scan(phone: Phone, mark: str, at: datetime = LATER) -> Any:
    """Return by which scan the badge's holder last went through a door, or None."""
    with frozen(at):
        response = phone.post("last-scan", {"hash": mark})
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()["scan"]


def test_what_is_nested_beyond_reason_stops_no_other_action(
    phone: Phone, badges: list[str]
) -> None:
    scan = phone.scan(badges[0], make.NOW)
    deep: list[Any] = []
    for _level in range(300):
        deep = [deep]
    undo = {"scan": scan["id"], "reason": ""}
    answers = send(phone, action("undo", zz=deep, **undo), action("undo", **undo))
    assert [answer["error"] for answer in answers] == ["bad_item", None]


def test_a_scan_is_undone(phone: Phone, badges: list[str]) -> None:
    scan = phone.scan(badges[0], make.NOW)
    with frozen(SOON):
        roster = phone.roster()
    undo = action("undo", scan=scan["id"], reason="")
    assert send(phone, undo) == [{"id": undo["id"], "error": None, "outcome": None}]
    assert send(phone, undo) == [{"id": undo["id"], "error": None, "outcome": None}]
    assert stored(sa.select(Scan.undone_at)) == [LATER]
    noted = sa.select(AuditEntry.id).where(AuditEntry.action == "scan.undone")
    assert len(stored(noted)) == 1
    with frozen(LATER):
        news = phone.roster(roster["cursor"])
    assert [entry["inside"] for entry in news["entries"]] == [None]
    assert news["station"]["inside"] == 0


def test_a_steward_undoes_own_scans_within_ten_minutes(
    phone: Phone, new_phone: Callable[..., Phone], badges: list[str]
) -> None:
    mine, old = (phone.scan(badge, make.NOW)["id"] for badge in badges[:2])
    assert error(new_phone(), action("undo", scan=mine)) == "not_allowed"
    late = make.NOW + timedelta(minutes=10, seconds=1)
    assert error(phone, action("undo", late, scan=old)) == "too_late"
    assert error(new_phone(kind="supervisor"), action("undo", late, scan=old)) is None
    assert error(phone, action("undo", scan=mine)) is None


def test_what_is_taken_back_contradicts_nobody(
    phone: Phone, new_phone: Callable[..., Phone], badges: list[str]
) -> None:
    shown: dict[str, Any] = {"offline": True, "decided": "admitted"}
    phone.scan(badges[0], make.NOW - timedelta(minutes=5), **shown)
    second = new_phone().scan(badges[0], make.NOW, **shown)
    assert second["conflict"] is True
    (open_one,) = stored(sa.select(Conflict.resolved_at))
    assert open_one is None
    assert error(new_phone(kind="supervisor"), action("undo", scan=second["id"])) is None
    assert None not in stored(sa.select(Conflict.resolved_at))


def test_only_the_last_scan_is_undone(phone: Phone, badges: list[str]) -> None:
    first = phone.scan(badges[0], make.NOW)
    out = phone.scan(badges[0], make.NOW + timedelta(minutes=1), direction="out")
    assert error(phone, action("undo", scan=first["id"])) == "scan_not_last"
    assert error(phone, action("undo", scan=out["id"])) is None
    assert error(phone, action("undo", scan=first["id"])) is None
    again = phone.scan(badges[0], make.NOW + timedelta(minutes=2))
    assert again["outcome"] == "admitted"


def test_a_supervisor_lets_in_with_a_reason(
    supervisor: Phone, phone: Phone, badges: list[str]
) -> None:
    with transaction() as current:
        current.execute(sa.update(Attendee).values(state=AttendeeState.CANCELLED))
    with transaction() as current:
        current.execute(sa.update(Device).values(unsent=3, offset_ms=2000))
    scan = phone.scan(badges[0], make.NOW)
    assert scan["outcome"] == "cancelled"
    let_in = action("override", scan=scan["id"], reason="Is the interpreter")
    (answer,) = send(supervisor, let_in)
    assert (answer["error"], answer["outcome"]) == (None, "admitted")
    assert send(supervisor, let_in) == [answer]
    assert error(supervisor, {**let_in, "reason": "Other"}) == "id_reused"
    assert error(supervisor, action("override", scan=scan["id"])) == "reason_needed"
    assert error(phone, action("override", scan=scan["id"], reason="Please")) == "not_allowed"
    passed = stored(sa.select(Scan.override_reason).where(Scan.passed))
    assert passed == ["Is the interpreter"]
    told = sa.select(Device.unsent).where(Device.id == supervisor.device_id)
    assert stored(told) == [3]


def test_a_supervisor_resolves_a_conflict(
    supervisor: Phone, phone: Phone, badges: list[str]
) -> None:
    shown: dict[str, Any] = {"offline": True, "decided": "admitted"}
    for minutes in (1, 2):
        phone.scan(badges[0], make.NOW - timedelta(minutes=minutes), **shown)
    (conflict,) = stored(sa.select(Conflict.id))
    said = action("resolve", conflict=conflict, reason="Two badges, one person")
    assert error(phone, said) == "not_allowed"
    assert error(supervisor, {**said, "reason": " "}) == "reason_needed"
    assert error(supervisor, said) is None
    (row,) = stored(sa.select(Conflict))
    assert (row.reason, row.resolved_on, row.resolved_by) == (
        "Two badges, one person", supervisor.device_id, None,
    )  # fmt: skip
    assert error(supervisor, action("resolve", conflict=999, reason="x")) == "conflict_unknown"


def test_no_fault_stops_those_behind_it(phone: Phone, badges: list[str]) -> None:
    scan = phone.scan(badges[0], make.NOW)["id"]
    answers = send(
        phone,
        None,
        action("undo", scan=str(uuid4())),
        action("undo"),
        action("resolve", conflict=2**63),
        action("resolve", conflict=True),
        action("close"),
        action("wave"),
        {**action("undo", scan=scan), "at": "now"},
        action("undo", scan=scan),
    )
    assert [answer["error"] for answer in answers] == [
        "bad_item", "scan_unknown", "bad_scan", "bad_conflict", "bad_conflict",
        "bad_departure", "bad_kind", "bad_at", None,
    ]  # fmt: skip


def test_a_supervisor_takes_back_the_scan_of_another_phone(
    supervisor: Phone, phone: Phone, badges: list[str]
) -> None:
    first = phone.scan(badges[0], make.NOW)
    out = phone.scan(badges[0], SOON, direction="out")
    roster = supervisor.roster()
    mark = mark_of(badges[0], roster)
    for scan, way, at in ((out, "out", SOON), (first, "in", make.NOW)):
        found = last_scan(supervisor, mark)
        assert (found["id"], found["direction"]) == (scan["id"], way)
        assert datetime.fromisoformat(found["at"]) == at
        assert found["station"]
        assert error(supervisor, action("undo", scan=found["id"])) is None
    assert last_scan(supervisor, mark) is None
    assert last_scan(supervisor, mark_of(badges[1], roster)) is None
    assert last_scan(supervisor, "AAAAAAAAAAA") is None


def test_the_last_scan_is_one_that_counts_once_the_day_has_begun(
    supervisor: Phone, phone: Phone, badges: list[str]
) -> None:
    mark = mark_of(badges[0], supervisor.roster())
    practised = phone.scan(badges[0], make.NOW - timedelta(days=400))
    assert last_scan(supervisor, mark, make.NOW - timedelta(days=2))["id"] == practised["id"]
    assert last_scan(supervisor, mark) is None


def test_only_a_supervisor_is_told_of_scans_of_others(phone: Phone, badges: list[str]) -> None:
    body = {"hash": mark_of(badges[0], phone.roster())}
    response = phone.post("last-scan", body)
    assert (response.status_code, response.get_json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("body", [[], {}, {"hash": None}, {"hash": "x"}, {"hash": "A" * 12}])
def test_the_last_scan_of_no_badge_is_refused(supervisor: Phone, body: Any) -> None:
    response = supervisor.post("last-scan", body)
    assert (response.status_code, response.get_json()["code"]) == (422, "badge_unreadable")


def test_the_scans_of_another_fair_are_unknown(supervisor: Phone) -> None:
    elsewhere = make.make_attendee(make.make_household(make.make_fair(), 0, 0))
    scan = make.make_scan(elsewhere, "ELSEWHERE001")
    conflict = make.make_conflict(scan)
    assert error(supervisor, action("undo", scan=str(scan.id))) == "scan_unknown"
    about = action("resolve", conflict=conflict.id, reason="x")
    assert error(supervisor, about) == "conflict_unknown"


@pytest.mark.parametrize("body", [[], {"actions": 1}, {"actions": [{}] * 501}])
def test_a_body_without_actions_is_refused(phone: Phone, body: Any) -> None:
    response = phone.post("actions", body)
    assert (response.status_code, response.get_json()["code"]) == (422, "actions_unreadable")


def test_a_revoked_device_does_nothing_any_more(phone: Phone, badges: list[str]) -> None:
    scan = phone.scan(badges[0], make.NOW)["id"]
    with transaction() as current:
        current.execute(sa.update(Device).values(revoked_at=make.NOW))
    response = phone.post("actions", {"actions": [action("undo", scan=scan)]})
    assert (response.status_code, response.get_json()["code"]) == (401, "device_revoked")
    assert stored(sa.select(Scan.undone_at)) == [None]
