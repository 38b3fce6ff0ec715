"""Walk-ins: each household once, whoever sends it how often at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.operations import set_codes_aside
from jobfair.attendees.rules import AttendeeKind, HouseholdState, PersonInput
from jobfair.checkin.duty import Duty
from jobfair.checkin.items import WalkIn
from jobfair.checkin.models import Device
from jobfair.checkin.service import duties
from jobfair.checkin.service.walk_ins import register_walk_in
from jobfair.core.db import db, session, transaction
from jobfair.core.errors import DomainError
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from tests import factories as make

TRIES = 5


@pytest.fixture
def fair(app: Flask) -> Fair:
    """A fair that is under way, with places for twenty."""
    return make.make_fair(
        phase=Phase.RUNNING,
        starts_at=make.NOW,
        ends_at=make.NOW + timedelta(hours=6),
        capacity=20,
    )


@pytest.fixture
def duty(fair: Fair) -> Duty:
    """A supervisor's device."""
    device = make.make_device(make.make_shift(fair), make.make_station(fair), kind="supervisor")
    return duties().read(make.token_of(device), make.NOW)


@pytest.fixture
def codes(fair: Fair, duty: Duty) -> list[str]:
    """The codes of its block."""
    with transaction():
        set_codes_aside(fair.id, duty.device_id, 30)
    return list(session().scalars(sa.select(BadgeCode.code).order_by(BadgeCode.code)))


def walk_in(*codes: str, **more: Any) -> WalkIn:
    said: dict[str, Any] = {
        "id": uuid4(),
        "digest": "d" * 64,
        "people": tuple(PersonInput(AttendeeKind.ADULT, "Amal", code=code) for code in codes),
        "lang": "ar",
        "municipality": "03459014",
        "registered_at": make.NOW,
    }
    return WalkIn(**(said | more))


def together(app: Flask, duty: Duty, *walk_ins: WalkIn) -> list[str]:
    """Send them at the same moment; return states, and the codes of refusals."""
    barrier = Barrier(len(walk_ins))

    def send(one: WalkIn) -> str:
        with app.app_context():
            barrier.wait()
            try:
                return str(register_walk_in(duty, one, now=make.NOW)["state"])
            except DomainError as error:
                return error.code
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(walk_ins)) as pool:
        found = sorted(pool.map(send, walk_ins))
    db.session.rollback()
    return found


def test_the_same_household_is_registered_once(app: Flask, duty: Duty, codes: list[str]) -> None:
    for code in codes[:TRIES]:
        one = walk_in(code)
        assert together(app, duty, one, one, one) == ["registered"] * 3
    assert len(session().scalars(sa.select(Household.id)).all()) == TRIES


def test_a_badge_has_one_holder(app: Flask, duty: Duty, codes: list[str]) -> None:
    for code in codes[:TRIES]:
        assert together(app, duty, walk_in(code), walk_in(code)) == ["code_taken", "registered"]
    held = sa.select(BadgeCode.code).where(BadgeCode.attendee_id.is_not(None))
    assert sorted(session().scalars(held)) == codes[:TRIES]


def test_the_last_place_is_taken_once(app: Flask, duty: Duty, codes: list[str]) -> None:
    with transaction() as current:
        current.execute(sa.update(Fair).values(places_taken=19))
    states = together(app, duty, *(walk_in(code) for code in codes[:3]))
    assert states == ["registered", "waitlisted", "waitlisted"]
    query = sa.select(Household).where(Household.state == HouseholdState.WAITLISTED)
    assert all(home.waiting_since == make.NOW for home in session().scalars(query))


def test_what_was_refused_can_be_sent_again(duty: Duty, codes: list[str]) -> None:
    one = walk_in("UNKNOWN12345")
    with pytest.raises(DomainError, match="code_unknown"):
        register_walk_in(duty, one, now=make.NOW)
    assert register_walk_in(duty, walk_in(codes[0], id=one.id), now=make.NOW) == {
        "state": "registered"
    }


def test_codes_of_another_block_are_not_given(fair: Fair, duty: Duty, codes: list[str]) -> None:
    other = session().scalars(sa.select(Device)).one()
    pooled = make.make_code(fair.id).code
    with pytest.raises(DomainError, match="code_unknown"):
        register_walk_in(duty, walk_in(codes[0], pooled), now=make.NOW)
    assert session().scalars(sa.select(Attendee.id)).all() == []
    assert other.id == duty.device_id
