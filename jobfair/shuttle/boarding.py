"""What the door asks of the shuttle: which buses there are, and who has a seat on them."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session, selectinload

from jobfair.attendees.models import Attendee
from jobfair.attendees.rules import AttendeeState
from jobfair.checkin.ports import BusPlan, Halt, Rider
from jobfair.core.errors import NotFound
from jobfair.fairs.models import Fair
from jobfair.shuttle.models import Call, Departure, Ride, RideRequest
from jobfair.shuttle.rules import RequestState
from jobfair.shuttle.words import DIRECTIONS
from jobfair.web.filters import local

RIDERS = (
    sa.select(Ride.departure_id, Attendee.id, Ride.stop_id, Ride.people)
    .join(RideRequest, RideRequest.id == Ride.request_id)
    .join(Attendee, Attendee.household_id == RideRequest.household_id)
    .where(RideRequest.state == RequestState.SEATED, Attendee.state == AttendeeState.REGISTERED)
)
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
        query = RIDERS.where(
            Ride.departure_id.in_(set(departure_ids)), Attendee.id.in_(set(attendee_ids))
        )
        return {(bus_id, person_id) for bus_id, person_id, *_ride in connection.execute(query)}

    def plan(self, session: Session, departure_id: int) -> BusPlan:
        """Return the departure with its halts in their order; raise NotFound."""
        found = session.execute(PLANS.where(Departure.id == departure_id)).one_or_none()
        if found is None:
            raise NotFound("not_found")
        departure, time_zone = found
        return BusPlan(
            departure_id=departure.id,
            direction=departure.direction.value,
            line=departure.line,
            wave=departure.wave,
            name=f"Bus {departure.line} · {local(_sets_off(departure), time_zone):%H:%M}",
            fair_at=departure.fair_at,
            seats=departure.seats,
            wheelchairs=departure.wheelchairs,
            halts=tuple(Halt(call.stop_id, call.stop.name, call.at) for call in departure.calls),
        )

    def riders(self, session: Session, departure_id: int) -> list[Rider]:
        """Return who has a seat on the departure, households together."""
        query = RIDERS.where(Ride.departure_id == departure_id)
        rows = session.execute(query.order_by(Attendee.household_id, Attendee.position))
        return [Rider(person_id, stop_id, people) for _id, person_id, stop_id, people in rows]

    def choices(self, session: Session, fair_id: int) -> list[tuple[int, str]]:
        """Return the departures of the fair with words for a form, those to the fair first."""
        rows = session.execute(PLANS.where(Departure.fair_id == fair_id))
        return [(departure.id, _words(departure, zone)) for departure, zone in rows]


def _words(departure: Departure, time_zone: str) -> str:
    return _(
        "Line %(line)s, %(time)s: %(way)s",
        line=departure.line,
        time=f"{local(_sets_off(departure), time_zone):%H:%M}",
        way=DIRECTIONS[departure.direction],
    )


def _sets_off(departure: Departure) -> datetime:
    """Return when the bus leaves: its first stop on the way out, the fair on the way back."""
    return min([departure.fair_at, *(call.at for call in departure.calls)])
