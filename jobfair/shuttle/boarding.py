"""What the door asks of the shuttle: which buses there are, who rides, and how the day goes."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session, aliased, selectinload

from jobfair.attendees.models import Attendee
from jobfair.checkin.ports import BusList, BusNow, BusPlan, Closing, Halt, Lateness
from jobfair.core.actor import Actor
from jobfair.core.errors import NotFound
from jobfair.fairs.models import Fair
from jobfair.shuttle import homeward
from jobfair.shuttle.day import BusDay
from jobfair.shuttle.models import Call, Departure, Ride
from jobfair.shuttle.names import bus_name, sets_off
from jobfair.shuttle.operations.day import close_return, report_delay
from jobfair.shuttle.queries.coming import list_coming
from jobfair.shuttle.queries.day import SEATED, read_day
from jobfair.shuttle.rules import Direction
from jobfair.shuttle.words import DIRECTIONS
from jobfair.web.filters import local

COMING = timedelta(hours=2)
ARRIVED = timedelta(minutes=10)
LATE_MOST = timedelta(hours=3)
PLANS = (
    sa.select(Departure, Fair.time_zone)
    .join(Fair, Fair.id == Departure.fair_id)
    .order_by(Departure.direction.desc(), Departure.line, Departure.wave)
    .options(selectinload(Departure.calls).joinedload(Call.stop))
)


class Buses:
    """Fills the door's port with the shuttle's departures and seats."""

    def seated(
        self,
        connection: sa.Connection,
        departure_ids: Collection[int],
        attendee_ids: Collection[int],
    ) -> set[tuple[int, int]]:
        """Return the pairs of departure and attendee that have a seat, in one statement."""
        query = SEATED.where(
            Ride.departure_id.in_(set(departure_ids)), Attendee.id.in_(set(attendee_ids))
        )
        return {(bus_id, person_id) for person_id, bus_id, *_ride in connection.execute(query)}

    def room(self, connection: sa.Connection, departure_id: int) -> int:
        """Return how many seats of the departure are free for people added on the spot."""
        with Session(bind=connection) as session:
            departure = session.get_one(Departure, departure_id)
            day = read_day(session, departure.fair_id, [departure_id])
            return day.room(day.departures[departure_id])

    def plan(self, session: Session, departure_id: int) -> BusPlan:
        """Return the departure with its halts in their order; raise NotFound."""
        found = session.execute(PLANS.where(Departure.id == departure_id)).one_or_none()
        if found is None:
            raise NotFound("not_found")
        return _plan(*found)

    def rounds(self, session: Session, departure_id: int) -> tuple[int, ...]:
        """Return the departures of the same block, or without one of the same line, by time."""
        one, other = aliased(Departure), aliased(Departure)
        same_block = sa.and_(one.block.is_not(None), other.block == one.block)
        same_line = sa.and_(one.block.is_(None), other.block.is_(None), other.line == one.line)
        query = (
            sa.select(other.id)
            .join(one, other.fair_id == one.fair_id)
            .where(one.id == departure_id, sa.or_(same_block, same_line))
        )
        return tuple(session.scalars(query.order_by(other.fair_at, other.id)))

    def lists(self, session: Session, fair_id: int, departure_ids: Sequence[int]) -> list[BusList]:
        """Return the departures with everybody who is on their lists, households together."""
        day = read_day(session, fair_id, departure_ids)
        zone = session.get_one(Fair, fair_id).time_zone
        buses = (day.departures[one] for one in departure_ids)
        return [_list(day, bus, zone) for bus in buses]

    def choices(self, session: Session, fair_id: int) -> list[tuple[int, str]]:
        """Return the departures of the fair with words for a form, those to the fair first."""
        rows = session.execute(PLANS.where(Departure.fair_id == fair_id))
        return [(departure.id, _words(departure, zone)) for departure, zone in rows]

    def coming(self, session: Session, fair_id: int, now: datetime) -> list[BusNow]:
        """Return the buses that are about to arrive at the fair, the next first."""
        soon = Departure.fair_at.between(now - LATE_MOST, now + COMING)
        ids = _ids(session, fair_id, Departure.direction == Direction.OUT, soon)
        if not ids:
            return []
        coming = list_coming(session, fair_id, ids)
        return [bus for bus in coming if bus.due_at >= now - ARRIVED]

    def leaving(self, session: Session, fair_id: int, now: datetime) -> list[BusNow]:
        """Return the returns that leave soon, or have, while somebody is missing on them."""
        due = (Departure.fair_at <= now + homeward.SOON, Departure.closed_at.is_(None))
        ids = _ids(session, fair_id, Departure.direction == Direction.BACK, *due)
        if not ids:
            return []
        zone, day = session.get_one(Fair, fair_id).time_zone, read_day(session, fair_id, ids)
        return [
            bus_now(day, day.departures[one.departure], zone, len(one.missing))
            for one in day.warnings(now).soon
            if one.departure in ids
        ]

    def delay(self, fair_id: int, late: Lateness, actor: Actor, now: datetime) -> None:
        """Have the bus be later than was known; raise Invalid("bad_stop")."""
        report_delay(fair_id, late, actor, now=now)

    def close(self, fair_id: int, closing: Closing, actor: Actor, now: datetime) -> None:
        """Have the return be closed; raise Invalid("bad_departure") where it is none."""
        close_return(fair_id, closing, actor, now=now)


def _ids(session: Session, fair_id: int, *wanted: sa.ColumnElement[bool]) -> list[int]:
    query = sa.select(Departure.id).where(Departure.fair_id == fair_id, *wanted)
    return list(session.scalars(query))


def _list(day: BusDay, departure: Departure, zone: str) -> BusList:
    return BusList(
        _plan(departure, zone, day),
        tuple(day.riders(departure)),
        day.expected(departure),
        day.room(departure),
    )


def _plan(departure: Departure, zone: str, day: BusDay | None = None) -> BusPlan:
    """Return the departure as those who go along need it; late where its day is known."""
    lates = day.late_at_calls(departure) if day else [0] * len(departure.calls)
    return BusPlan(
        departure_id=departure.id,
        direction=departure.direction.value,
        line=departure.line,
        wave=departure.wave,
        name=bus_name(departure, zone),
        fair_at=departure.fair_at,
        seats=departure.seats,
        wheelchairs=departure.wheelchairs,
        halts=tuple(
            Halt(call.stop_id, call.stop.name, call.at, call.stop.note, late)
            for call, late in zip(departure.calls, lates, strict=True)
        ),
        late=day.late_at_fair(departure) if day else 0,
        closed_at=departure.closed_at,
    )


def bus_now(day: BusDay, departure: Departure, zone: str, missing: int = 0) -> BusNow:
    """Return the bus as it stands at this moment."""
    return BusNow(
        departure_id=departure.id,
        direction=departure.direction.value,
        line=departure.line,
        name=bus_name(departure, zone),
        fair_at=departure.fair_at,
        late=day.late_at_fair(departure),
        expected=day.expected(departure),
        on_board=len(day.aboard.get(departure.id, ())),
        missing=missing,
    )


def _words(departure: Departure, time_zone: str) -> str:
    return _(
        "Line %(line)s, %(time)s: %(way)s",
        line=departure.line,
        time=f"{local(sets_off(departure), time_zone):%H:%M}",
        way=DIRECTIONS[departure.direction],
    )
