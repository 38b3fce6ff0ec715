"""Fixtures of tests about the API: a fair that is under way, with a family and its phones."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import BadgeCode, Household
from jobfair.checkin.service import WRITER, buses
from jobfair.checkin.writer import ScanWriter
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from tests import factories as make
from tests.web.api.phones import Phone


@pytest.fixture(autouse=True)
def _forgetful(app: Flask) -> None:
    """Have nothing be remembered of the rows of another test."""
    app.extensions[WRITER] = ScanWriter(app, buses())


@pytest.fixture
def running(app: Flask) -> Fair:
    """A fair that began an hour ago."""
    return make.make_fair(
        phase=Phase.RUNNING,
        starts_at=make.NOW - timedelta(hours=1),
        ends_at=make.NOW + timedelta(hours=5),
        capacity=100,
    )


@pytest.fixture
def new_phone(app: Flask, running: Fair) -> Callable[..., Phone]:
    """Make one more phone at the entrance."""
    shift, entrance = make.make_shift(running), make.make_station(running, name="Eingang")

    def made(**given: Any) -> Phone:
        place = {} if "departure_id" in given else {"station": entrance}
        return Phone(app, make.make_device(shift, **place, **given), running.slug)

    return made


@pytest.fixture
def phone(new_phone: Callable[..., Phone]) -> Phone:
    """A steward's phone at the entrance."""
    return new_phone()


@pytest.fixture
def supervisor(new_phone: Callable[..., Phone]) -> Phone:
    """A supervisor's phone at the entrance."""
    return new_phone(kind="supervisor")


@pytest.fixture
def family(running: Fair) -> Household:
    """A family of three."""
    return make.make_household(running, 2, 1, changed_at=make.NOW - timedelta(days=1))


@pytest.fixture
def badges(family: Household) -> list[str]:
    """The badges of the family."""
    held = BadgeCode.attendee_id.is_not(None)
    return list(
        session().scalars(sa.select(BadgeCode.code).where(held).order_by(BadgeCode.attendee_id))
    )
