"""Reads of a fair's day: what is recorded of the buses, with few statements."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from jobfair.attendees.models import Attendee, Need
from jobfair.attendees.rules import AttendeeState, NeedKind
from jobfair.checkin.lookup import Moved, find_moves
from jobfair.checkin.models import Scan
from jobfair.shuttle.day import BusDay, Seat, seen_of
from jobfair.shuttle.lateness import Late, fair_position, late_at
from jobfair.shuttle.models import BusAnswer, Call, Departure, Ride, RideRequest
from jobfair.shuttle.queries.delays import delays_of
from jobfair.shuttle.rules import Direction, RequestState
from jobfair.shuttle.sightings import Answered, Booked, Day, Return

SEATED = (
    sa.select(
        Attendee.id,
        Ride.departure_id,
        Ride.direction,
        Ride.stop_id,
        Ride.people,
        RideRequest.prams,
        RideRequest.wheelchairs,
        RideRequest.id,
    )
    .join(RideRequest, RideRequest.id == Ride.request_id)
    .join(Attendee, Attendee.household_id == RideRequest.household_id)
    .where(RideRequest.state == RequestState.SEATED, Attendee.state == AttendeeState.REGISTERED)
    .order_by(Attendee.household_id, Attendee.position)
)


def read_day(
    session: Session, fair_id: int, departure_ids: Collection[int] | None = None
) -> BusDay:
    """Return what is recorded of the fair's buses, or of those alone that are asked for.

    Of these it is complete: with everybody who comes from a closed return or was answered for.
    """
    query = sa.select(Departure).where(Departure.fair_id == fair_id)
    calls = selectinload(Departure.calls).joinedload(Call.stop)
    departures = {bus.id: bus for bus in session.scalars(query.options(calls))}
    lates = delays_of(session, fair_id)
    answers = _answers(session, fair_id)
    seats = _seats(session, fair_id, _concerned(fair_id, departure_ids, departures))
    people = {seat.person for seat in seats} | {given.person for given in answers}
    people |= _scanned(session, fair_id, departure_ids)
    moves = _moves(session, people)
    facts = Day(
        returns=[_return(bus, lates) for bus in departures.values() if _goes_home(bus)],
        booked=_booked(seats),
        seen=seen_of(moves, departures),
        answered=answers,
    )
    wheelchairs = _wheelchairs(seats, _in_need(session, people))
    return BusDay(departures, lates, seats, wheelchairs, moves, facts)


def _goes_home(departure: Departure) -> bool:
    return departure.direction is Direction.BACK


def _concerned(
    fair_id: int, departure_ids: Collection[int] | None, departures: Mapping[int, Departure]
) -> sa.ColumnElement[bool]:
    """Return whether a household rides on one of the departures, or on a return that was closed."""
    if departure_ids is None:
        return sa.true()
    closed = {bus.id for bus in departures.values() if bus.closed_at is not None}
    rides = sa.select(RideRequest.household_id).join(Ride, Ride.request_id == RideRequest.id)
    wanted = (RideRequest.fair_id == fair_id, Ride.departure_id.in_(closed.union(departure_ids)))
    answered = sa.select(Attendee.household_id).join(
        BusAnswer, BusAnswer.attendee_id == Attendee.id
    )
    return sa.or_(
        RideRequest.household_id.in_(rides.where(*wanted)),
        RideRequest.household_id.in_(answered.where(BusAnswer.fair_id == fair_id)),
    )


def _seats(session: Session, fair_id: int, concerned: sa.ColumnElement[bool]) -> list[Seat]:
    rows = session.execute(SEATED.where(RideRequest.fair_id == fair_id, concerned))
    return [Seat(*row) for row in rows]


def _answers(session: Session, fair_id: int) -> list[Answered]:
    query = sa.select(
        BusAnswer.attendee_id, BusAnswer.departure_id, BusAnswer.made_at, BusAnswer.answer
    )
    return [Answered(*row) for row in session.execute(query.where(BusAnswer.fair_id == fair_id))]


def _scanned(session: Session, fair_id: int, departure_ids: Collection[int] | None) -> set[int]:
    """Return whose badges were scanned at the departures."""
    query = sa.select(Scan.attendee_id).where(
        Scan.fair_id == fair_id, Scan.departure_id.is_not(None), Scan.passed, Scan.counts
    )
    if departure_ids is not None:
        query = query.where(Scan.departure_id.in_(departure_ids))
    return {person for person in session.scalars(query.distinct()) if person is not None}


def _moves(session: Session, people: Collection[int]) -> dict[int, list[Moved]]:
    found = find_moves(session.connection(), people)
    return {person: [one for one in theirs if one.counts] for person, theirs in found.items()}


def _in_need(session: Session, people: Collection[int]) -> set[int]:
    query = sa.select(Need.attendee_id).where(Need.kind == NeedKind.WHEELCHAIR)
    return set(session.scalars(query.where(Need.attendee_id.in_(people))))


def _wheelchairs(seats: Sequence[Seat], in_need: Collection[int]) -> set[int]:
    """Return who comes in a wheelchair: who needs one, and as many as the household asked for."""
    found = set(in_need)
    for request in {seat.request: seat for seat in seats if seat.wheelchairs}.values():
        household = dict.fromkeys(seat.person for seat in seats if seat.request == request.request)
        others = [person for person in household if person not in found]
        found.update(others[: request.wheelchairs - (len(household) - len(others))])
    return found


def _return(departure: Departure, lates: Mapping[int, Sequence[Late]]) -> Return:
    position = fair_position(departure.direction, len(departure.calls))
    return Return(
        departure.id,
        departure.fair_at,
        frozenset(call.stop_id for call in departure.calls),
        timedelta(minutes=late_at(lates.get(departure.id, ()), position)),
        departure.closed_at,
    )


def _booked(seats: Sequence[Seat]) -> list[Booked]:
    """Return the seats of each person; where they live is where they get off, else get on."""
    out = {seat.person: seat for seat in seats if seat.direction is Direction.OUT}
    back = {seat.person: seat for seat in seats if seat.direction is Direction.BACK}
    return [
        Booked(
            person,
            _bus_of(out.get(person)),
            _bus_of(back.get(person)),
            (back.get(person) or out[person]).stop,
        )
        for person in out.keys() | back.keys()
    ]


def _bus_of(seat: Seat | None) -> int | None:
    return seat.departure if seat else None
