"""What two organisers do at the same moment, or one with a double click, happens once."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee
from jobfair.checkin.models import Scan
from jobfair.core.actor import Role
from jobfair.core.db import session
from jobfair.fairs.rules import Phase
from jobfair.shuttle.fleet import SettingsInput
from jobfair.shuttle.models import Delay, Departure, ShuttlePlan, ShuttleSettings
from jobfair.shuttle.rules import RequestState
from jobfair.shuttle.service import day as days
from jobfair.shuttle.service import plans, publish, remove_departure
from jobfair.shuttle.service.settings import keep_settings
from tests import factories as make
from tests.races import together

NOW = make.NOW
HOURS = timedelta(hours=4)
CLICKS = 6


class Bus:
    """A bus on the fair's day on which three people ride, and what organisers do about it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.fair = make.make_fair(
            phase=Phase.RUNNING, starts_at=NOW, ends_at=NOW + 2 * HOURS, lat=52.25, lon=8.07
        )
        self.stops = [make.make_stop()]
        self.row = make.make_departure(self.fair, self.stops, line=4, fair_at=NOW + HOURS)
        household = make.make_household(self.fair, 3, 0)
        request = make.make_request(household, self.stops[0], state=RequestState.SEATED)
        make.make_ride(request, self.row)
        self.people = [*session().scalars(sa.select(Attendee.id).order_by(Attendee.id))]
        actor = make.actor_of(make.make_user(Role.ORGANISER), Role.ORGANISER)
        self.given: dict[str, Any] = {"actor": actor, "now": NOW + HOURS}

    def clicked(self, act: Callable[..., object], *words: Any, **more: Any) -> list[str]:
        """Do this several times at once."""
        return together(self.app, *[lambda: act(*words, **self.given, **more)] * CLICKS)

    def count(self, table: type[Any], *where: Any) -> int:
        query = sa.select(sa.func.count()).select_from(table)
        return session().scalar(query.where(table.fair_id == self.fair.id, *where)) or 0


@pytest.fixture
def bus(app: Flask) -> Bus:
    return Bus(app)


def test_a_bus_is_late_once(bus: Bus) -> None:
    assert bus.clicked(days.delay_bus, bus.fair, "4-out-0", 5, 0) == ["done"] * CLICKS
    assert bus.count(Delay) == 1
    assert bus.clicked(days.delay_bus, bus.fair, "4-out-0", 10, 0) == ["late_meanwhile"] * CLICKS


def test_a_list_from_paper_is_entered_once(bus: Bus) -> None:
    boxes = (bus.people, bus.people[:1], NOW)
    assert bus.clicked(days.tick, bus.fair, "4-out-0", *boxes) == ["done"] * CLICKS
    assert bus.count(Scan, Scan.undone_at.is_(None)) == len(bus.people) + 1


def test_a_bus_is_taken_out_once(bus: Bus) -> None:
    bus.given["now"] = NOW - HOURS
    clicked = bus.clicked(remove_departure, bus.row.id, people=3)
    assert clicked == ["done", *["not_found"] * (CLICKS - 1)]
    assert bus.count(Departure) == 0


def test_first_settings_are_kept_once(bus: Bus) -> None:
    clicked = bus.clicked(keep_settings, bus.fair.id, SettingsInput(km_cents=321))
    assert clicked == ["done"] * CLICKS
    assert bus.count(ShuttleSettings, ShuttleSettings.km_cents == 321) == 1


def test_a_draft_is_begun_once(bus: Bus) -> None:
    bus.clicked(plans.plan_from_timetable, bus.fair.id)
    (draft,) = session().scalars(sa.select(ShuttlePlan.id))
    bus.clicked(plans.copy_plan, bus.fair.id, draft)
    assert bus.count(ShuttlePlan) == 2
    bus.given["now"] += plans.DOUBLE_CLICK
    bus.clicked(plans.copy_plan, bus.fair.id, draft)
    assert bus.count(ShuttlePlan) == 3


def test_a_plan_that_is_being_deleted_is_not_published(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = plans.plan_from_timetable(bus.fair.id, **bus.given)
    seen, published = Event(), Event()

    def wait(*_words: Any, **_more: Any) -> None:
        seen.set()
        published.wait(1)

    def publish_it() -> None:
        seen.wait()
        publish.publish_plan(bus.fair.id, draft.id, draft.version, **bus.given)
        published.set()

    monkeypatch.setattr(plans, "record", wait)
    codes = together(
        bus.app, publish_it, lambda: plans.delete_plan(bus.fair.id, draft.id, **bus.given)
    )
    assert codes == ["done", "not_found"]
    assert bus.count(ShuttlePlan) == 0
