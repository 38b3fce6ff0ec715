"""What a household wants comes too late where it was forgotten or cancelled meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.attendees.operations import cancel_household, lock_household
from jobfair.attendees.rules import AttendeeKind, PersonInput
from jobfair.attendees.service import new_badge
from jobfair.booking.service import changes
from jobfair.core.actor import SYSTEM
from jobfair.core.db import db, session, transaction
from jobfair.core.errors import NotFound
from jobfair.privacy.service import erase_household
from tests.factories import NOW, make_fair, make_household, make_window

LATE: list[Callable[[int], None]] = [
    lambda one: changes.add_person(
        one, PersonInput(AttendeeKind.ADULT, "Zoryana"), actor=SYSTEM, now=NOW
    ),
    lambda one: changes.change_window(one, 1, actor=SYSTEM, now=NOW),
    lambda one: changes.change_ride(one, None, actor=SYSTEM, now=NOW),
    lambda one: new_badge(one, 0, actor=SYSTEM, now=NOW),
]


@pytest.mark.parametrize("change", LATE)
def test_a_forgotten_household_gets_nothing_new(app: Flask, change: Callable[[int], None]) -> None:
    fair = make_fair()
    make_window(fair)
    household_id = make_household(fair, 1, 0).id
    erase_household(household_id, SYSTEM, NOW)
    with pytest.raises(NotFound):
        change(household_id)
    assert session().scalars(sa.select(Attendee.given_name)).all() == [""]
    assert session().scalars(sa.select(BadgeCode).where(BadgeCode.voided_at.is_(None))).all() == []


def test_a_new_badge_waits_for_whoever_cancels(app: Flask) -> None:
    household_id = make_household(make_fair(), 1, 0).id

    def renew() -> Exception | None:
        with app.app_context():
            try:
                new_badge(household_id, 0, actor=SYSTEM, now=NOW)
            except Exception as error:
                return error
            finally:
                db.session.remove()
        return None

    with ThreadPoolExecutor(1) as pool:
        with transaction():
            lock_household(household_id)
            renewed = pool.submit(renew)
            sleep(0.3)
            cancel_household(household_id, now=NOW)
        assert isinstance(renewed.result(), NotFound)
