"""Pairing through the API: once, with a PIN where it came as a link, and no longer than a shift."""

from datetime import datetime, timedelta
from hashlib import pbkdf2_hmac, sha256
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from jobfair.checkin.models import Device, Shift
from jobfair.checkin.rules import DeviceKind
from jobfair.checkin.service.devices import Invitation, Post, invite_device
from jobfair.core.actor import SYSTEM
from jobfair.core.clock import frozen
from jobfair.core.db import transaction
from jobfair.fairs.models import Fair
from tests import factories as make
from tests.web.api.phones import Phone, scan_of, stored

CODE = "ABCDE23456"  # of the shift that the factories make


@pytest.fixture
def shift(running: Fair) -> Shift:
    """A shift until three hours after the fair."""
    return make.make_shift(running)


def invite(running: Fair, shift: Shift, *, by_link: bool = False, **post: Any) -> Invitation:
    place = post or {"station_id": make.make_station(running, name="Eingang").id}
    wanted = Post(DeviceKind.STEWARD, **place)
    return invite_device(running, shift.id, wanted, SYSTEM, by_link=by_link, now=make.NOW)


def pair(app: Flask, code: Any, **more: Any) -> TestResponse:
    body = {"pairing_code": code, "name": "Handy", **more}
    return app.test_client().post("/api/v1/devices", json=body)


def code_of(response: TestResponse) -> tuple[int, str]:
    assert response.mimetype == "application/problem+json"
    return response.status_code, response.get_json()["code"]


def test_a_phone_becomes_a_device(app: Flask, running: Fair, shift: Shift) -> None:
    invitation = invite(running, shift)
    typed = f" {invitation.code[:4].lower()} {invitation.code[4:]} "
    answer = pair(app, typed).get_json()
    assert answer["fair"]["slug"] == running.slug
    assert answer["station"] == {"name": "Eingang", "kind": "entrance"}
    assert answer["departure"] is None
    assert answer["rights"] == ["scan", "search", "undo_own"]
    assert answer["expires_at"] == "2026-11-10T17:00:00Z"
    headers = {"Authorization": f"Bearer {answer['token']}"}
    roster = app.test_client().get(f"/api/v1/fairs/{running.slug}/roster", headers=headers)
    assert roster.status_code == 200
    assert answer["token"] not in str(stored(sa.select(Device.token_hash)))


def test_the_device_knows_by_itself_whether_a_shift_code_is_right(
    app: Flask, running: Fair, shift: Shift
) -> None:
    told = pair(app, invite(running, shift).code).get_json()["shift"]
    salt = bytes.fromhex(told["salt"]) + b"shift"
    derived = pbkdf2_hmac("sha256", CODE.encode(), salt, told["iterations"], 64)
    assert sha256(derived[32:]).hexdigest() == told["check"]


def test_a_code_pairs_once(app: Flask, running: Fair, shift: Shift) -> None:
    invitation = invite(running, shift)
    assert pair(app, invitation.code).status_code == 200
    assert code_of(pair(app, invitation.code)) == (404, "pairing_unknown")


def test_a_code_on_the_screen_is_good_for_a_quarter_of_an_hour(
    app: Flask, running: Fair, shift: Shift
) -> None:
    invitation = invite(running, shift)
    with frozen(make.NOW + timedelta(minutes=16)):
        assert code_of(pair(app, invitation.code)) == (404, "pairing_unknown")


def test_a_link_wants_its_pin(app: Flask, running: Fair, shift: Shift) -> None:
    invitation = invite(running, shift, by_link=True)
    assert code_of(pair(app, invitation.code)) == (422, "pin_needed")
    assert code_of(pair(app, invitation.code, pin="no")) == (403, "pin_wrong")
    assert pair(app, invitation.code, pin=invitation.pin).status_code == 200


def test_five_wrong_pins_are_the_end_of_a_link(app: Flask, running: Fair, shift: Shift) -> None:
    invitation = invite(running, shift, by_link=True)
    for _ in range(5):
        assert code_of(pair(app, invitation.code, pin="no")) == (403, "pin_wrong")
    assert code_of(pair(app, invitation.code, pin=invitation.pin)) == (404, "pairing_unknown")


def test_a_phone_on_a_bus_knows_its_departure(app: Flask, running: Fair, shift: Shift) -> None:
    bus = make.make_departure(running, [make.make_stop()])
    answer = pair(app, invite(running, shift, departure_id=bus.id).code).get_json()
    assert answer["station"] is None
    assert (answer["departure"]["id"], answer["departure"]["direction"]) == (bus.id, "out")


@pytest.mark.parametrize(
    "body", [[], {}, {"pairing_code": 1}, {"pairing_code": ""}, {"pairing_code": "x" * 301}]
)
def test_a_body_that_is_no_pairing_is_refused(app: Flask, body: Any) -> None:
    response = app.test_client().post("/api/v1/devices", json=body)
    assert code_of(response) == (422, "pairing_unreadable")


def test_a_device_is_handed_back(phone: Phone, badges: list[str]) -> None:
    assert phone.client.delete("/api/v1/devices/me", headers=phone.headers).status_code == 204
    assert phone.post("scans", {"scans": []}).status_code == 401
    assert phone.get("roster").status_code == 401
    assert stored(sa.select(Device.wiped_at)) == [make.NOW]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({}, "token_missing"),
        ({"Authorization": "Bearer "}, "token_missing"),
        ({"Authorization": "Basic x"}, "token_missing"),
        ({"Authorization": "Bearer nobody's"}, "token_unknown"),
        ({"Authorization": f"Bearer {'x' * 5000}"}, "token_unknown"),
        ({"Cookie": "jobfair=x"}, "token_missing"),
    ],
)
def test_whoever_has_no_token_learns_nothing(
    app: Flask, running: Fair, header: dict[str, str], code: str
) -> None:
    response = app.test_client().get(f"/api/v1/fairs/{running.slug}/roster", headers=header)
    assert code_of(response) == (401, code)
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("column", "at", "code"),
    [("revoked_at", make.NOW, "device_revoked"), (None, make.NOW, "device_expired")],
)
def test_a_device_that_is_off_duty_learns_nothing(
    phone: Phone, running: Fair, column: str | None, at: datetime, code: str
) -> None:
    with transaction() as current:
        if column:
            current.execute(sa.update(Device).values({column: at}))
        else:
            current.execute(sa.update(Shift).values(ends_at=at))
    assert code_of(phone.get("roster")) == (401, code)
    assert code_of(phone.post("scans", {"scans": [scan_of("X", make.NOW)]})) == (401, code)


def test_who_was_on_duty_a_moment_ago_learns_nothing(supervisor: Phone) -> None:
    assert supervisor.post("scans", {"scans": []}).status_code == 200
    with transaction() as current:
        current.execute(sa.update(Device).values(revoked_at=make.NOW))
    gone = (401, "device_revoked")
    assert code_of(supervisor.post("search", {"q": "Amal"})) == gone
    assert [code_of(supervisor.get(path)) for path in ("live", "conflicts")] == [gone, gone]


def test_the_phone_before_does_nothing_in_the_name_of_the_new_one(
    phone: Phone, badges: list[str]
) -> None:
    assert phone.post("scans", {"scans": []}).status_code == 200
    with transaction() as current:
        current.execute(sa.update(Device).values(token_hash="of another phone"))
    stranger = (401, "token_unknown")
    assert code_of(phone.post("scans", {"scans": [scan_of(badges[0], make.NOW)]})) == stranger
    assert code_of(phone.client.delete("/api/v1/devices/me", headers=phone.headers)) == stranger
    assert stored(sa.select(Device.wiped_at)) == [None]


def test_another_fair_is_none_of_its_business(phone: Phone) -> None:
    phone.slug = make.make_fair().slug
    assert code_of(phone.get("roster")) == (403, "not_allowed")
    phone.slug = "nowhere"
    assert code_of(phone.get("roster")) == (403, "not_allowed")
