"""Steps about what households ask of the shuttle: seats for all of them on every ride, or none."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from jobfair.core.db import assert_writing
from jobfair.core.errors import Conflict, Invalid
from jobfair.places.offers import find_open
from jobfair.shuttle.allocation.problem import Rides, SeatRequest
from jobfair.shuttle.models import Ride, RideAlternative, RideRequest, Stop, Wave
from jobfair.shuttle.operations.holding import (
    Departures,
    find_request,
    fit_to,
    give_back,
    has_now,
    lock_departures,
    lock_request,
    rides_of,
    sit,
)
from jobfair.shuttle.operations.line import promote
from jobfair.shuttle.operations.offers import KEEPERS, drop_offers
from jobfair.shuttle.rules import Direction, RequestState, Ways, directions
from jobfair.shuttle.seating import Seating, seat_request


@dataclass(frozen=True)
class RideWish:
    """A household's wish for the shuttle; a wave is None where it doesn't ride that way.

    `people` counts all of them, `wheelchairs` those who take a wheelchair place and no seat.
    `flexibility` is how many waves earlier or later would do, `alternatives` are other stops
    that would. Who comes `only_by_bus` doesn't come where there are no seats.
    """

    fair_id: int
    household_id: int
    ways: Ways
    stop_id: int
    out_wave: int | None
    back_wave: int | None
    people: int
    wheelchairs: int = 0
    prams: int = 0
    flexibility: int = 0
    alternatives: tuple[int, ...] = ()
    only_by_bus: bool = False


def request_rides(wish: RideWish, *, now: datetime, resting: bool = False) -> RideRequest:
    """Have the household hold seats on all rides that it wishes, or wait for all of them.

    A resting wish takes none until it is woken. Raises Invalid("no_departure") where no bus could
    ever carry the household; before there is a timetable every wish for a wave is taken.
    """
    departures = lock_departures(wish.fair_id)
    seating = Seating(departures.values(), now)
    _assert_possible(wish, seating)
    request = _request_row(wish, now)
    if resting:
        request.state = RequestState.RESTING
    else:
        _seat(request, seating, departures)
    assert_writing().flush()
    return request


def wake(household_id: int, *, now: datetime) -> None:
    """Have a wish that rested hold seats, or wait for them behind those who asked before."""
    held = lock_request(household_id)
    if held is None or held[0].state is not RequestState.RESTING:
        return
    request, departures = held
    request.state, request.requested_at = RequestState.WAITING, now
    _seat(request, Seating(departures.values(), now), departures)


def change_rides(
    wish: RideWish | None, household_id: int, *, now: datetime, resting: bool = False
) -> None:
    """Have the household ride as it wishes now; None gives all seats back.

    Seats that it holds stay until the others are sure: raises Conflict("seats_not_free").
    """
    held = lock_request(household_id)
    if wish is None:
        release(household_id, now=now)
    elif held is None or held[0].state is RequestState.CANCELLED:
        request_rides(wish, now=now, resting=resting)
    else:
        _wish_anew(*held, wish, now)


def enlarge(household_id: int, people: int, *, now: datetime, in_wheelchair: bool = False) -> None:
    """Have so many of the household ride: on the same buses if they fit, else all of them wait.

    `in_wheelchair` says that the one who is new uses a wheelchair.
    """
    held = lock_request(household_id)
    if held is None or held[0].state is RequestState.CANCELLED or people <= held[0].people:
        return
    request, departures = held
    before, rides = request.state, rides_of(request)
    drop_offers(household_id, now=now)
    give_back(rides, departures)
    request.people = people
    request.wheelchairs += in_wheelchair
    if before is RequestState.SEATED:
        request.state = RequestState.WAITING
        _sit_again(request, has_now(rides), departures, now)
    promote(departures, now=now)


def release(household_id: int, *, now: datetime) -> None:
    """Have the household neither ride nor wait; those who wait and fit now are served."""
    held = lock_request(household_id)
    if held is None:
        return
    request, departures = held
    drop_offers(household_id, now=now)
    give_back(rides_of(request), departures)
    request.state, request.displaced_at = RequestState.CANCELLED, None
    promote(departures, now=now)


def resize(household_id: int, people: int, *, now: datetime, in_wheelchair: bool = False) -> None:
    """Have no more than so many of the household ride, or wait; the other seats are free.

    `in_wheelchair` says that the one who left uses a wheelchair.
    """
    if people < 1:
        release(household_id, now=now)
        return
    held = lock_request(household_id)
    if held is None or people >= held[0].people:
        return
    request, departures = held
    left = max(0, request.wheelchairs - in_wheelchair)
    request.people, request.wheelchairs = people, min(left, people)
    offers = [offer for kind in KEEPERS if (offer := find_open(household_id, kind))]
    fit_to(request, offers, departures)
    promote(departures, now=now)


def set_priority(household_id: int, priority: int) -> bool:
    """Have the household stand in line as invited (1) or with an interview (2); tell if it didn't.

    Who has no wish for the shuttle has no place in its line.
    """
    held = lock_request(household_id)
    if held is None or held[0].priority == priority:
        return False
    held[0].priority = priority
    assert_writing().flush()
    return True


def _wish_anew(request: RideRequest, departures: Departures, wish: RideWish, now: datetime) -> None:
    before, rides = request.state, rides_of(request)
    drop_offers(wish.household_id, now=now)
    give_back(rides, departures)
    seating = Seating(departures.values(), now, _kept(request, rides, wish))
    _assert_possible(wish, seating)
    _write(request, wish)
    if before is RequestState.RESTING:
        return
    request.state = RequestState.WAITING
    seated = _seat(request, seating, departures, has_now(rides))
    if not seated and before is RequestState.SEATED:
        raise Conflict("seats_not_free")
    promote(departures, now=now)


def _kept(request: RideRequest, rides: Iterable[Ride], wish: RideWish) -> set[int]:
    """Return the departures of the ways that are wished as before: they count though they left."""
    before = dict(zip(Direction, (request.out_wave, request.back_wave), strict=True))
    then = dict(zip(Direction, _waves(wish), strict=True))
    here = request.stop_id == wish.stop_id
    same = {way for way in Direction if here and before[way] == then[way]}
    return {ride.departure_id for ride in rides if ride.direction in same}


def _request_row(wish: RideWish, now: datetime) -> RideRequest:
    """Return the household's request, waiting; an earlier cancelled one is used again."""
    session = assert_writing()
    request = find_request(wish.household_id)
    if request is None:
        request = RideRequest(fair_id=wish.fair_id, household_id=wish.household_id, alternatives=[])
        session.add(request)
    elif request.state is not RequestState.CANCELLED:
        raise Conflict("rides_requested")
    request.state, request.requested_at = RequestState.WAITING, now
    _write(request, wish)
    return request


def _write(request: RideRequest, wish: RideWish) -> None:
    """Have the request say what is wished."""
    request.ways, request.stop_id = wish.ways, wish.stop_id
    request.out_wave, request.back_wave = _waves(wish)
    request.people, request.wheelchairs, request.prams = wish.people, wish.wheelchairs, wish.prams
    request.flexibility, request.only_by_bus = wish.flexibility, wish.only_by_bus
    _write_alternatives(request, wish)
    assert_writing().flush()


def _waves(wish: RideWish) -> tuple[int | None, int | None]:
    """Return the wave of each way, None where the household doesn't ride it."""
    out = None if wish.ways is Ways.BACK else wish.out_wave
    back = None if wish.ways is Ways.OUT else wish.back_wave
    return out, back


def _write_alternatives(request: RideRequest, wish: RideWish) -> None:
    wanted = [stop for stop in dict.fromkeys(wish.alternatives) if stop != wish.stop_id]
    if [one.stop_id for one in request.alternatives] == wanted:
        return
    session = assert_writing()
    session.flush()
    session.execute(sa.delete(RideAlternative).where(RideAlternative.request_id == request.id))
    session.add_all(
        RideAlternative(
            fair_id=request.fair_id, request_id=request.id, stop_id=stop_id, position=position
        )
        for position, stop_id in enumerate(wanted)
    )
    session.flush()
    session.refresh(request, ["alternatives"])


def asked_of(wish: RideWish) -> SeatRequest:
    """Return the wish as the allocation sees it."""
    out, back = _waves(wish)
    return SeatRequest(
        id="",
        stop=str(wish.stop_id),
        alternatives=tuple(map(str, wish.alternatives)),
        seats=wish.people - wish.wheelchairs,
        wheelchairs=wish.wheelchairs,
        priority=0,
        municipality="",
        requested=0,
        out_wave=out,
        back_wave=back,
        flexibility=wish.flexibility,
    )


def _assert_possible(wish: RideWish, seating: Seating) -> None:
    """Raise Invalid("no_departure") where no bus could ever carry the household."""
    asked = asked_of(wish)
    possible = len(asked.directions) == len(directions(wish.ways)) and (
        seating.choices_of(asked).reachable if seating.is_planned else _is_promised(wish)
    )
    if not possible:
        raise Invalid("no_departure")


def _is_promised(wish: RideWish) -> bool:
    """Tell whether the fair will have buses at these times, once there is a timetable."""
    session = assert_writing()
    waves = list(session.scalars(sa.select(Wave).where(Wave.fair_id == wish.fair_id)))
    arrivals = {None, *(wave.number for wave in waves if wave.arrives_at)}
    returns = {None, *(wave.number for wave in waves if wave.returns_at)}
    out, back = _waves(wish)
    return out in arrivals and back in returns and session.get(Stop, wish.stop_id) is not None


def _seat(
    request: RideRequest, seating: Seating, departures: Departures, before: Rides | None = None
) -> bool:
    """Have the waiting request hold its seats, if all of its rides fit."""
    given = seating.seat(seating.choices_of(seat_request(request)), before)
    if given is not None:
        sit(request, given, departures)
    return given is not None


def _sit_again(request: RideRequest, before: Rides, departures: Departures, now: datetime) -> None:
    """Have the request ride as before, else on what else suits it, else wait behind the others."""
    seating = Seating(departures.values())
    same = replace(seat_request(request), confirmed=before)
    if given := seating.seat(seating.choices_of(same)):
        sit(request, given, departures)
    elif not _seat(request, Seating(departures.values(), now), departures):
        request.requested_at = now
