"""What the devices of a bus are told of those who ride on it, and no other device."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from jobfair.attendees.models import Need
from jobfair.attendees.rules import NeedKind
from jobfair.checkin.ports import BoardingPort, BusPlan
from jobfair.checkin.roster.people import Entry

WHEELCHAIR = "wheelchair"


def list_riders(session: Session, buses: BoardingPort, plan: BusPlan) -> dict[int, Entry]:
    """Return for each person with a seat their stop, and whether they come in a wheelchair."""
    riders = buses.riders(session, plan.departure_id)
    stops = {halt.stop_id: halt.name for halt in plan.halts}
    query = sa.select(Need.attendee_id).where(
        Need.attendee_id.in_([rider.attendee_id for rider in riders]),
        Need.kind == NeedKind.WHEELCHAIR,
    )
    in_wheelchairs = set(session.scalars(query))
    return {
        rider.attendee_id: {
            "stop": stops.get(rider.stop_id, ""),
            **({"hint": WHEELCHAIR} if rider.attendee_id in in_wheelchairs else {}),
        }
        for rider in riders
    }
