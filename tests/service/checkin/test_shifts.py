"""Shifts: one at a time, over at their time, and then nothing is left that opens a phone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.audit.models import AuditEntry
from jobfair.checkin.crew import Standing, find_shift, list_devices
from jobfair.checkin.models import Shift
from jobfair.checkin.service import devices
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session
from jobfair.core.errors import Conflict, Invalid
from jobfair.fairs.models import Fair
from tests import factories as make

NOW = make.NOW
LATER = NOW + timedelta(hours=4)


def begun(fair: Fair) -> Shift:
    return devices.begin_shift(fair, SYSTEM, ends_at=LATER, phone="0541 501 0", now=NOW)


def test_there_is_one_shift_at_a_time(app: Flask) -> None:
    fair = make.make_fair()
    first = begun(fair)
    begun(make.make_fair())
    with pytest.raises(Conflict) as refused:
        begun(fair)
    assert refused.value.code == "shift_under_way"
    devices.end_shift(fair, first.id, SYSTEM, now=NOW + timedelta(hours=1))
    assert begun(fair).code not in (None, first.code)


def test_a_shift_can_not_end_before_it_begins(app: Flask) -> None:
    with pytest.raises(Invalid):
        devices.begin_shift(make.make_fair(), SYSTEM, ends_at=NOW, phone="", now=NOW)


def test_a_shift_is_over_at_its_time_and_forgets_its_code(app: Flask) -> None:
    fair = make.make_fair()
    shift = begun(fair)
    make.make_device(shift, make.make_station(fair), name="Karin")
    assert devices.end_due_shifts(now=LATER - timedelta(seconds=1)) == 0
    assert devices.end_due_shifts(now=LATER) == 1
    assert devices.end_due_shifts(now=LATER) == 0
    session().expire_all()
    kept = session().get_one(Shift, shift.id)
    assert (kept.code, kept.proof, kept.samples, kept.ended_at) == (None, None, [], LATER)
    assert find_shift(fair.id, LATER) is None
    assert [one.name for one in list_devices(fair.id, shift.id, LATER)] == [""]
    done = sa.select(AuditEntry.action).where(AuditEntry.subject_kind == "shift")
    assert list(session().scalars(done.order_by(AuditEntry.id))) == ["shift.begun", "shift.ended"]


def test_a_shift_past_its_end_is_not_under_way_though_the_job_has_not_run(app: Flask) -> None:
    fair = make.make_fair()
    begun(fair)
    assert find_shift(fair.id, LATER) is None


@pytest.mark.parametrize(
    ("given", "standing"),
    [
        ({}, Standing.PAIRED),
        ({"revoked_at": NOW}, Standing.REVOKED),
        ({"revoked_at": NOW, "wiped_at": NOW}, Standing.WIPED),
        ({"paired_at": None, "pairing_until": NOW + timedelta(minutes=1)}, Standing.AWAITED),
        ({"paired_at": None, "pairing_until": NOW}, Standing.LAPSED),
        (
            {"paired_at": None, "pairing_until": NOW + timedelta(minutes=1), "pin_tries": 5},
            Standing.LAPSED,
        ),
    ],
)
def test_the_desk_sees_how_a_phone_stands(
    app: Flask, given: dict[str, object], standing: Standing
) -> None:
    fair = make.make_fair()
    shift = make.make_shift(fair)
    make.make_device(shift, make.make_station(fair), **given)
    assert [one.standing for one in list_devices(fair.id, shift.id, NOW)] == [standing]


def test_a_phone_whose_clock_is_wrong_or_that_is_silent_is_pointed_out(app: Flask) -> None:
    fair = make.make_fair()
    shift, station = make.make_shift(fair), make.make_station(fair, name="Eingang")
    make.make_device(shift, station, offset_ms=-121_000, unsent=0, seen_at=NOW)
    make.make_device(shift, station, offset_ms=120_000, unsent=4, seen_at=NOW)
    make.make_device(shift, station, unsent=4, seen_at=NOW - timedelta(minutes=11))
    seen = list_devices(fair.id, shift.id, NOW)
    assert [(one.clock_off, one.silent) for one in seen] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert {one.place for one in seen} == {"Eingang"}


def test_a_phone_in_a_bus_is_named_after_it(app: Flask) -> None:
    fair = make.make_fair()
    shift = make.make_shift(fair)
    bus = make.make_departure(fair, [make.make_stop()], line=4)
    make.make_device(shift, departure_id=bus.id)
    assert [one.place for one in list_devices(fair.id, shift.id, NOW)] == ["Bus 4 · 09:50"]
