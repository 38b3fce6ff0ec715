"""Reads about groups of partners that wish to ride on one bus."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa

from jobfair.accounts.models import Partner, PartnerGroup
from jobfair.attendees.models import Household
from jobfair.core.db import session
from jobfair.shuttle.models import Departure, Ride, RideRequest
from jobfair.shuttle.rules import Direction, RequestState


@dataclass(frozen=True)
class GroupWish:
    """A group that wishes one bus: how many ride or wait, and on which buses there (line, time)."""

    name: str
    partner: str
    people: int
    waiting: int
    buses: tuple[tuple[int, datetime], ...]

    @property
    def is_fulfilled(self) -> bool:
        """Tell whether all who ride have seats on the same bus."""
        return len(self.buses) == 1 and not self.waiting


def group_wishes(fair_id: int) -> list[GroupWish]:
    """Return the groups of partners that wish one bus and have people who ride, by name."""
    outward = sa.and_(Ride.request_id == RideRequest.id, Ride.direction == Direction.OUT)
    query = (
        sa.select(
            PartnerGroup.id,
            PartnerGroup.name,
            Partner.name.label("partner"),
            RideRequest.people,
            RideRequest.state,
            Departure.line,
            Departure.fair_at,
        )
        .join(Partner, Partner.id == PartnerGroup.partner_id)
        .join(Household, Household.group_id == PartnerGroup.id)
        .join(RideRequest, RideRequest.household_id == Household.id)
        .outerjoin(Ride, outward)
        .outerjoin(Departure, Departure.id == Ride.departure_id)
        .where(
            PartnerGroup.fair_id == fair_id,
            PartnerGroup.same_bus.is_(True),
            RideRequest.state != RequestState.CANCELLED,
        )
        .order_by(sa.func.lower(PartnerGroup.name), PartnerGroup.id)
    )
    rows = session().execute(query).all()
    return [_wish(list(group)) for _id, group in groupby(rows, key=lambda row: row.id)]


def _wish(rows: "list[sa.Row[int, str, str, int, RequestState, int, datetime]]") -> GroupWish:
    buses = {(row.line, row.fair_at) for row in rows if row.line is not None}
    waits = [row.people for row in rows if row.state is not RequestState.SEATED]
    return GroupWish(
        name=rows[0].name,
        partner=rows[0].partner,
        people=sum(row.people for row in rows),
        waiting=sum(waits),
        buses=tuple(sorted(buses)),
    )
