"""Scans through the API: each judged by itself, answered once and for all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from jobfair.attendees.models import BadgeCode
from jobfair.checkin.models import Conflict, Device, Scan
from jobfair.checkin.records import Records
from jobfair.checkin.service import roster
from jobfair.core.clock import frozen
from jobfair.core.db import session, transaction
from jobfair.fairs.rules import Phase
from tests import factories as make
from tests.web.api import phones as api
from tests.web.api.phones import scan_of, stored

NOW = make.NOW


class Phone(api.Phone):
    """A phone that says what time it is."""

    def send(self, *scans: Any, now: datetime | None = None, unsent: int = 0) -> TestResponse:
        told = {"now": (now or NOW).isoformat(), "unsent": unsent, "battery": 81}
        return self.post("scans", {"device": told, "scans": list(scans)})

    def answers(self, *scans: Any, now: datetime | None = None) -> list[Any]:
        response = self.send(*scans, now=now)
        assert response.status_code == 200, response.get_data(as_text=True)
        results: list[Any] = response.get_json()["results"]
        return results


def scan(badge: str, at: datetime = NOW, **more: Any) -> dict[str, Any]:
    return scan_of(badge, at, **{"station": "Eingang", **more})


@pytest.fixture
def fair(app: Flask) -> make.Fair:
    """A fair that is under way."""
    return make.make_fair(
        phase=Phase.RUNNING, starts_at=NOW, ends_at=NOW + timedelta(hours=4), capacity=100
    )


@pytest.fixture
def phones(app: Flask, fair: make.Fair) -> list[Phone]:
    """Two phones at one entrance."""
    shift, station = make.make_shift(fair), make.make_station(fair, name="Eingang")
    return [Phone(app, make.make_device(shift, station), fair.slug) for _ in range(2)]


@pytest.fixture
def codes(fair: make.Fair) -> list[str]:
    """The badges of a family of three."""
    make.make_household(fair, 2, 1)
    return list(session().scalars(sa.select(BadgeCode.code).order_by(BadgeCode.attendee_id)))


def test_who_comes_in_is_inside_for_everybody(phones: list[Phone], codes: list[str]) -> None:
    first, second = phones
    assert [one["outcome"] for one in first.answers(scan(codes[0]))] == ["admitted"]
    later = NOW + timedelta(seconds=30)
    (again,) = second.answers(scan(codes[0], later), now=later)
    assert again["outcome"] == "already_inside"
    assert again["first_scan"]["station"] == "Eingang"
    assert [one["outcome"] for one in second.answers(scan(codes[0], direction="out"))] == ["left"]


def test_the_same_id_gets_the_same_answer(phones: list[Phone], codes: list[str]) -> None:
    one = scan(codes[0])
    assert phones[0].answers(one) == phones[0].answers(one)
    (other,) = phones[0].answers({**one, "direction": "out"})
    assert (other["outcome"], other["error"]) == (None, "id_reused")


def test_a_second_scan_within_ten_seconds_repeats_the_first(
    phones: list[Phone], codes: list[str]
) -> None:
    now = NOW
    sent = [scan(codes[0], now + timedelta(seconds=n)) for n in (0, 9, 20)]
    outcomes = [one["outcome"] for one in phones[0].answers(*sent, now=now)]
    assert outcomes == ["admitted", "admitted", "already_inside"]
    assert stored(sa.select(Scan.passed).order_by(Scan.scanned_at)) == [True, False, False]


def test_two_that_were_let_in_offline_are_a_conflict(phones: list[Phone], codes: list[str]) -> None:
    now = NOW
    shown: dict[str, Any] = {"offline": True, "decided": "admitted"}
    early, late = now - timedelta(minutes=20), now - timedelta(minutes=10)
    (last,) = phones[0].answers(scan(codes[0], late, **shown))
    (first,) = phones[1].answers(scan(codes[0], early, **shown))
    assert (last["outcome"], last["conflict"]) == ("admitted", False)
    assert (first["outcome"], first["conflict"]) == ("admitted", True)
    (row,) = stored(sa.select(Conflict))
    assert (str(row.scan_id), str(row.other_id)) == (last["id"], first["id"])


def test_clocks_are_put_right(phones: list[Phone], codes: list[str]) -> None:
    now, wrong = NOW, timedelta(minutes=9)
    shown: dict[str, Any] = {"offline": True, "decided": "admitted"}
    (first,) = phones[0].answers(scan(codes[0], now + wrong, **shown), now=now + wrong)
    assert stored(sa.select(Scan.scanned_at)) == [now]
    assert first["outcome"] == "admitted"
    assert stored(sa.select(Device.offset_ms).where(Device.unsent == 0)) == [-540_000]


def test_that_nothing_is_left_to_be_sent_is_known_at_once(
    phones: list[Phone], codes: list[str]
) -> None:
    for left, code in zip((2, 1, 0), codes, strict=True):
        phones[0].send(scan(code), unsent=left)
        assert stored(sa.select(Device.unsent).order_by(Device.id))[0] == left


def test_what_was_let_in_past_the_registration_is_listed(
    phones: list[Phone], codes: list[str], fair: make.Fair
) -> None:
    unissued = make.make_code(fair.id).code
    with transaction() as current:
        current.execute(
            sa.update(BadgeCode).where(BadgeCode.code == codes[1]).values(voided_at=NOW)
        )
    shown: dict[str, Any] = {"offline": True, "decided": "admitted"}
    answers = phones[0].answers(scan(codes[1], **shown), scan(unissued, **shown))
    assert [one["outcome"] for one in answers] == ["blocked", "unknown"]
    kinds = stored(sa.select(Conflict.kind).order_by(Conflict.id))
    assert kinds == ["not_admissible", "never_issued"]
    (voided,) = stored(sa.select(BadgeCode.voided_at).where(BadgeCode.code == unissued))
    assert voided == NOW  # so that nobody else is given it


def test_an_answer_that_came_too_late_makes_the_conflict_known(
    phones: list[Phone], codes: list[str]
) -> None:
    now = NOW
    phones[0].answers(scan(codes[0], now - timedelta(minutes=5)))
    one = scan(codes[0], decided="admitted")
    (answer,) = phones[1].answers(one)
    assert (answer["outcome"], answer["conflict"]) == ("already_inside", False)
    (again,) = phones[1].answers({**one, "offline": True})
    assert (again["outcome"], again["conflict"]) == ("already_inside", True)
    assert len(stored(sa.select(Conflict))) == 1


def test_each_scan_is_judged_by_itself(phones: list[Phone], codes: list[str]) -> None:
    code, long_ago = codes[0], datetime(1970, 1, 1, tzinfo=UTC)
    sent = [7, None, {}, scan("rubbish"), scan(code, station=""), scan(code, direction="up")]
    sent += [scan(code, id="x"), scan(code, NOW + timedelta(hours=1)), scan(code, long_ago)]
    answers = phones[0].answers(*sent, scan(code))
    assert [one["error"] for one in answers] == [
        "bad_item", "bad_item", "bad_scanned_at", None, "bad_station", "bad_direction",
        "bad_id", None, None, None,
    ]  # fmt: skip
    assert answers[-1]["outcome"] == "admitted"
    assert sorted(stored(sa.select(Scan.counts))) == [False, False, True, True]


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"]
)
def test_a_clock_that_is_wrong_by_ages_stops_nothing(
    phones: list[Phone], codes: list[str], at: str
) -> None:
    phone, later = phones[0], NOW + timedelta(minutes=1)
    odd = {**scan(codes[0]), "scanned_at": at}
    answers = phone.answers(scan(codes[0]), odd, scan(codes[0], later), now=later)
    assert [one["outcome"] for one in (answers[0], answers[2])] == ["admitted", "already_inside"]
    assert answers[1]["error"] is None
    assert phone.answers(odd, now=later) == [answers[1]]
    (kept,) = stored(sa.select(Scan.scanned_at).where(Scan.counts.is_(False)))
    assert 1900 <= kept.astimezone(ZoneInfo("Europe/Berlin")).year <= 3000


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"badge": None, "hash": "\0" * 11}, "bad_hash"),
        ({"badge": None, "hash": "<b>Hello<b>"}, "bad_hash"),
    ],
)
def test_a_hash_that_no_roster_has_stops_no_other(
    phones: list[Phone], codes: list[str], fault: dict[str, Any], error: str
) -> None:
    phone, later = phones[0], NOW + timedelta(minutes=1)
    first, bad, last = phone.answers(
        scan(codes[0]), {**scan(codes[0]), **fault}, scan(codes[0], later), now=later
    )
    assert (first["outcome"], bad["error"], last["outcome"]) == (
        "admitted", error, "already_inside",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"scans": [{}] * 501}, 422, "scans_unreadable"),
        ({"scans": "x"}, 422, "scans_unreadable"),
        ([], 422, "scans_unreadable"),
        ({"scans": [], "device": {"now": "yesterday"}}, 422, "scans_unreadable"),
    ],
)
def test_a_request_that_can_not_be_read_is_refused(
    phones: list[Phone], body: Any, status: int, code: str
) -> None:
    phone = phones[0]
    response = phone.post("scans", body)
    assert (response.status_code, response.get_json()["code"]) == (status, code)
    assert response.mimetype == "application/problem+json"


def test_a_revoked_device_is_refused_at_once(phones: list[Phone], codes: list[str]) -> None:
    phones[0].answers(scan(codes[0]))
    with transaction() as current:
        current.execute(sa.update(Device).values(revoked_at=NOW))
    response = phones[0].send(scan(codes[1]))
    assert (response.status_code, response.get_json()["code"]) == (401, "device_revoked")
    assert len(stored(sa.select(Scan.id))) == 1


def test_what_the_database_can_not_take_is_told_and_taken_later(
    phones: list[Phone], codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    sent = scan(codes[0])
    with monkeypatch.context() as full:
        full.setattr(Records, "write", refuse)
        response = phones[0].send(sent)
    assert (response.status_code, response.get_json()["code"]) == (503, "unavailable")
    assert response.headers["Retry-After"] == "5"
    assert stored(sa.select(Scan.id)) == []
    assert [one["outcome"] for one in phones[0].answers(sent)] == ["admitted"]


def test_a_database_that_takes_nothing_is_asked_once_for_all_who_wait(
    app: Flask, fair: make.Fair, codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shift, station = make.make_shift(fair), make.make_station(fair, name="Eingang")
    phones = [Phone(app, make.make_device(shift, station), fair.slug) for _ in range(4)]
    asked = []

    def refuse(*_given: Any) -> None:
        asked.append(True)
        sleep(0.2)  # time for the others to come
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    def send(phone: Phone) -> TestResponse:
        with frozen(NOW):
            return phone.send(scan(codes[0]))

    monkeypatch.setattr(Records, "write", refuse)
    with ThreadPoolExecutor(len(phones)) as pool:
        answers = list(pool.map(send, phones))
    assert [one.status_code for one in answers] == [503] * len(phones)
    assert len(asked) <= len(phones)


def test_a_roster_is_given_where_nothing_can_be_noted(
    phones: list[Phone], codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: Any) -> None:
        raise OperationalError("UPDATE", {}, Exception("database or disk is full"))

    monkeypatch.setattr(roster, "_keep_in_touch", refuse)
    response = phones[0].get("roster")
    assert response.status_code == 200
    assert len(response.get_json()["entries"]) == len(codes)


def test_a_full_house_says_so_and_lets_everybody_out(
    app: Flask, fair: make.Fair, codes: list[str]
) -> None:
    room = make.make_room(fair, capacity=2)
    hall = make.make_station(fair, name="Saal", kind="hall", room_id=room.id)
    phone = Phone(app, make.make_device(make.make_shift(fair), hall), fair.slug)
    answers = phone.answers(*(scan(code, station="Saal") for code in codes))
    assert [one["outcome"] for one in answers] == ["admitted", "admitted", "full"]
    (out,) = phone.answers(scan(codes[0], station="Saal", direction="out"))
    (now_in,) = phone.answers(scan(codes[2], station="Saal"))
    assert (out["outcome"], now_in["outcome"]) == ("left", "admitted")
