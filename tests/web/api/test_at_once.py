"""Scans of known devices go the short way; whatever else they might be, the application refuses."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import orjson
import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import Client

from jobfair.api import BODY_MOST
from jobfair.api.at_once import AtOnce
from jobfair.attendees.models import BadgeCode
from jobfair.checkin.models import Device
from jobfair.core.clock import now
from jobfair.core.db import session, transaction
from jobfair.fairs.rules import Phase
from tests import factories as make
from tests.web.api.phones import Phone, scan_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NOW = make.NOW


@pytest.fixture
def phone(app: Flask) -> Phone:
    """A phone that the application knows already, at a fair under way."""
    fair = make.make_fair(phase=Phase.RUNNING, starts_at=NOW, capacity=100)
    make.make_household(fair, 1, 0)
    device = make.make_device(make.make_shift(fair), make.make_station(fair, name="Eingang"))
    known = Phone(app, device, fair.slug)
    assert known.post("scans", {"scans": []}).status_code == 200
    return known


def _code() -> str:
    return session().scalars(sa.select(BadgeCode.code)).one()


def _further(_environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
    start("418 I'm a teapot", [])
    return [b""]


def test_a_known_device_never_reaches_the_application(app: Flask, phone: Phone) -> None:
    short = Client(AtOnce(_further, app, BODY_MOST))
    path, one = f"/fairs/{phone.slug}/scans", {"scans": [scan_of(_code(), NOW)]}
    first = short.post(path, json=one, headers=phone.headers)
    assert first.status_code == 200
    app.extensions["duties"]._kept.clear()
    again = phone.post("scans", one)  # the long way: the device is read anew
    assert orjson.loads(again.data)["results"] == orjson.loads(first.data)["results"]
    assert sorted(again.headers) == sorted(first.headers)


@pytest.mark.parametrize("path", ["/fairs/other/scans", "/fairs/{}/roster", "/fairs/{}/scans/"])
def test_everything_else_goes_on(app: Flask, phone: Phone, path: str) -> None:
    short = Client(AtOnce(_further, app, BODY_MOST))
    there = path.format(phone.slug)
    assert short.post(there, json={"scans": []}, headers=phone.headers).status_code == 418
    assert short.get(f"/fairs/{phone.slug}/scans", headers=phone.headers).status_code == 418
    assert short.post(f"/fairs/{phone.slug}/scans", json={"scans": []}).status_code == 418


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "bad_request"),
        (b"[]", 422, "scans_unreadable"),
        (b" " * (BODY_MOST + 1), 413, "too_large"),
    ],
)
def test_refusals_are_the_applications(phone: Phone, body: bytes, status: int, code: str) -> None:
    path = f"/api/v1/fairs/{phone.slug}/scans"
    response = phone.client.post(path, data=body, headers=phone.headers)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.get_json()["code"] == code


def test_a_revoked_device_is_refused_at_its_next_call(phone: Phone) -> None:
    with transaction() as current:
        current.get_one(Device, phone.device_id).revoked_at = now()
    response = phone.post("scans", {"scans": [scan_of(_code(), NOW)]})
    assert (response.status_code, response.get_json()["code"]) == (401, "device_revoked")
    assert response.headers["WWW-Authenticate"] == "Bearer"
