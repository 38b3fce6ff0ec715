"""The nightly allocation, and those who come only by bus when the lists are fixed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Household
from jobfair.attendees.rules import HouseholdState
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.mail.models import OutboxMail
from jobfair.shuttle.models import RideRequest, ShuttleRun
from jobfair.shuttle.rules import RequestState, RunKind, RunState
from jobfair.shuttle.service.rounds import allocate_nightly, fix_lists
from tests.factories import NOW, make_departure, make_fair, make_household, make_request, make_stop

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Make a fair with a full bus and somebody who waits for it."""
    fair, stop = make_fair(), make_stop()
    make_departure(fair, [stop], seats=2)
    make_request(make_household(fair), stop)
    return fair


def tonight(fair: Fair) -> datetime:
    """Return half past two of the fair's clock, on the day after now."""
    zone = ZoneInfo(fair.time_zone)
    day = (NOW + DAY).astimezone(zone).date()
    return datetime(day.year, day.month, day.day, 2, 30, tzinfo=zone)


def test_seats_are_allocated_once_a_night(fair: Fair) -> None:
    at = tonight(fair)
    assert allocate_nightly(now=at - timedelta(minutes=1)) == 0
    assert allocate_nightly(now=at) == 1
    run = session().scalars(sa.select(ShuttleRun)).one()
    assert (run.fair_id, run.kind, run.state) == (fair.id, RunKind.SEATS, RunState.QUEUED)
    with transaction() as current:
        current.get_one(ShuttleRun, run.id).state = RunState.DONE
    assert allocate_nightly(now=at + HOUR) == 0
    assert allocate_nightly(now=at + DAY) == 1


def test_nothing_is_allocated_when_lists_are_fixed_or_nobody_waits(fair: Fair) -> None:
    at = tonight(fair)
    with transaction() as current:
        current.get_one(Fair, fair.id).shuttle_decided_by = at - HOUR
    assert allocate_nightly(now=at) == 0
    with transaction() as current:
        current.get_one(Fair, fair.id).shuttle_decided_by = at + HOUR
        current.execute(sa.update(RideRequest).values(state=RequestState.RESTING))
    assert allocate_nightly(now=at) == 0


def test_who_waits_is_told_when_lists_are_fixed_and_comes_unless_only_by_bus(fair: Fair) -> None:
    stop, kept = make_stop(), session().scalars(sa.select(Household)).one()
    only = make_household(fair)
    make_request(only, stop, only_by_bus=True)
    displaced = make_household(fair)
    make_request(displaced, stop, only_by_bus=True, displaced_at=NOW)
    fixed = fair.starts_at - 3 * DAY
    late = make_household(fair)
    make_request(late, stop, only_by_bus=True, requested_at=fixed + HOUR / 2)
    lost = make_household(fair)
    make_request(lost, stop, displaced_at=fixed + HOUR / 2)
    places = fair.places_taken
    assert fix_lists(now=fixed - HOUR) == 0
    assert fix_lists(now=fixed) == 3
    assert fix_lists(now=fixed + HOUR) == 0
    states = dict(session().execute(sa.select(Household.id, Household.state)).all())
    assert states[only.id] is HouseholdState.CANCELLED
    assert [*states.values()].count(HouseholdState.REGISTERED) == 4
    session().refresh(fair)
    assert fair.places_taken == places - 3
    mails = session().execute(sa.select(OutboxMail.kind, OutboxMail.recipient)).all()
    assert set(mails) == {
        ("no_seats", kept.email),
        ("no_seats_only_bus", only.email),
        ("no_seats", displaced.email),
    }


def test_who_is_told_of_no_seats_is_told_again_where_the_lists_are_fixed_anew(fair: Fair) -> None:
    fixed = fair.starts_at - 3 * DAY
    assert fix_lists(now=fixed) == 1
    with transaction() as current:
        moved = current.get_one(Fair, fair.id)
        moved.starts_at, moved.ends_at = fair.starts_at + 7 * DAY, fair.ends_at + 7 * DAY
    assert fix_lists(now=fixed + HOUR) == 0
    assert fix_lists(now=fixed + 7 * DAY) == 1


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.RUNNING, Phase.CANCELLED])
def test_other_fairs_are_left_alone(fair: Fair, phase: Phase) -> None:
    with transaction() as current:
        current.get_one(Fair, fair.id).phase = phase
        current.execute(sa.update(RideRequest).values(only_by_bus=True))
    assert allocate_nightly(now=tonight(fair)) == 0
    assert fix_lists(now=fair.starts_at - HOUR) == 0
