"""What the shuttle forgets: who needed room for a wheelchair or a pram."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from jobfair.core.actor import SYSTEM
from jobfair.core.db import session, transaction
from jobfair.privacy.service import erase_household
from jobfair.shuttle.models import Departure, Ride, RideRequest
from jobfair.shuttle.privacy import HOLDERS
from jobfair.shuttle.rules import RequestState
from tests import factories as make

DAY = timedelta(days=1)


@pytest.fixture
def rider(app: Flask) -> RideRequest:
    fair, stop = make.make_fair(), make.make_stop()
    bus = make.make_departure(fair, [stop], wheelchairs=2)
    request = make.make_request(
        make.make_household(fair), stop, people=3, wheelchairs=1, prams=1, state=RequestState.SEATED
    )
    make.make_ride(request, bus)
    return request


def room_of(request: RideRequest) -> tuple[int, int, int, int, int]:
    session().expire_all()
    request = session().get_one(RideRequest, request.id)
    ride = session().query(Ride).filter_by(request_id=request.id).one()
    bus = session().get_one(Departure, ride.departure_id)
    return request.wheelchairs, request.prams, ride.wheelchairs, bus.taken, bus.wheelchairs_taken


def forget(now: datetime) -> None:
    (holder,) = (one for one in HOLDERS if one.table == "ride_request")
    assert holder.retention is not None
    with transaction():
        holder.retention.expire(now - holder.retention.keep, now)


def test_a_week_after_the_fair_nobody_knows_of_the_wheelchair(rider: RideRequest) -> None:
    forget(make.FAIR_STARTS + 6 * DAY)
    assert room_of(rider) == (1, 1, 1, 2, 1)
    forget(make.FAIR_STARTS + 9 * DAY)
    assert room_of(rider) == (0, 0, 0, 2, 1)


def test_whoever_is_erased_after_the_fair_leaves_no_wheelchair(rider: RideRequest) -> None:
    erase_household(rider.household_id, SYSTEM, make.FAIR_STARTS + 2 * DAY)
    assert room_of(rider) == (0, 0, 0, 2, 1)
