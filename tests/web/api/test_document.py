"""The API's document says what it does: every operation, called with what the document allows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
)

from jobfair.attendees.models import Household
from jobfair.checkin.rules import DeviceKind
from jobfair.checkin.service.devices import Post, invite_device
from jobfair.core.actor import SYSTEM
from jobfair.fairs.models import Fair
from jobfair.shuttle.rules import RequestState
from tests import factories as make
from tests.web.api.phones import Phone

OPERATIONS = (
    "POST /devices",
    "DELETE /devices/me",
    "GET /fairs/{fair}/roster",
    "POST /fairs/{fair}/search",
    "POST /fairs/{fair}/scans",
    "POST /fairs/{fair}/walk-ins",
    "POST /fairs/{fair}/actions",
    "POST /fairs/{fair}/last-scan",
    "GET /fairs/{fair}/departures",
    "GET /fairs/{fair}/conflicts",
    "GET /fairs/{fair}/live",
)
ALWAYS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
# Nothing but what can't be seen in a word, or a bus where there is none: no schema says that.
MAY_BE = (None, "bad_reason", "bad_station", "id_reused", "bad_departure", "bad_direction")
# Nor does it say that no clock, however wrong, is centuries away.
CLOCKS = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # the zone is given beside
schemathesis.openapi.format("date-time", CLOCKS.map(datetime.isoformat))
FEW = settings(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def document(app: Flask) -> schemathesis.BaseSchema:
    """The API as its document describes it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


@pytest.fixture
def on_bus(new_phone: Callable[..., Phone], running: Fair, family: Household) -> Phone:
    """A phone on a bus on which the family rides."""
    stop = make.make_stop()
    bus = make.make_departure(running, [stop])
    make.make_ride(make.make_request(family, stop, state=RequestState.SEATED), bus)
    return new_phone(kind="attendant", departure_id=bus.id)


@pytest.fixture
def busy(supervisor: Phone, badges: list[str]) -> Phone:
    """A supervisor's phone at a fair with scans and a conflict."""
    shown: dict[str, Any] = {"offline": True, "decided": "admitted"}
    for minutes in (1, 2):
        supervisor.scan(badges[0], make.NOW - timedelta(minutes=minutes), **shown)
    return supervisor


def test_every_operation_is_in_the_document(document: schemathesis.BaseSchema) -> None:
    found = [one.ok().label for one in document.get_all_operations() if isinstance(one, Ok)]
    assert sorted(found) == sorted(OPERATIONS)


def call_often(
    document: schemathesis.BaseSchema, phone: Phone, label: str, mode: GenerationMode
) -> None:
    """Call the operation with what the document allows, or with what it does not."""
    method, path = label.split()
    operation = document[path][method]
    checks = (*ALWAYS, positive_data_acceptance) if mode is GenerationMode.POSITIVE else ALWAYS

    @FEW
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        if case.path_parameters:
            case.path_parameters["fair"] = phone.slug
        case.headers.update({**phone.headers, "Accept-Encoding": "identity"})
        case.call_and_validate(checks=list(checks))

    call()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("label", OPERATIONS)
def test_an_operation_does_what_the_document_says(
    document: schemathesis.BaseSchema, busy: Phone, label: str, mode: GenerationMode
) -> None:
    call_often(document, busy, label, mode)


@pytest.mark.parametrize("label", ["GET /fairs/{fair}/roster", "GET /fairs/{fair}/departures"])
def test_phones_on_a_bus_get_what_the_document_says(
    document: schemathesis.BaseSchema, on_bus: Phone, label: str
) -> None:
    call_often(document, on_bus, label, GenerationMode.POSITIVE)


def test_a_pairing_is_answered_as_the_document_says(
    document: schemathesis.BaseSchema, app: Flask, running: Fair
) -> None:
    post = Post(DeviceKind.STEWARD, station_id=make.make_station(running).id)
    shift = make.make_shift(running)
    invitation = invite_device(running, shift.id, post, SYSTEM, by_link=False, now=make.NOW)
    operation = document["/devices"]["POST"]
    case = operation.Case(body={"pairing_code": invitation.code, "name": "Handy"})
    assert case.call_and_validate(checks=list(ALWAYS)).status_code == 200


def test_a_scan_that_the_document_allows_has_no_fault(
    document: schemathesis.BaseSchema, busy: Phone
) -> None:
    operation = document["/fairs/{fair}/scans"]["POST"]
    errors: list[str] = []

    @FEW
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def call(case: Any) -> None:
        sent = [{"badge": "x", **scan} for scan in case.body["scans"]]
        answers = busy.results("scans", "scans", *sent)
        errors.extend(one["error"] for one in answers if one["error"] not in MAY_BE)

    call()
    assert errors == []
