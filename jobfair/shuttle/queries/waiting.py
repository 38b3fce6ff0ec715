"""Reads about those who wait for seats: in which order, why, and what is held for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from jobfair.attendees.models import Household
from jobfair.core.db import session
from jobfair.places.models import Offer
from jobfair.places.rules import UNANSWERED_MOST, OfferKind, OfferState
from jobfair.shuttle.models import Call, Departure, RideHold, RideRequest, Stop
from jobfair.shuttle.queries.departures import list_departures
from jobfair.shuttle.queries.journeys import RideView
from jobfair.shuttle.rules import Direction, RequestState, WaitReason
from jobfair.shuttle.seating import Seating, seat_request

IN_LINE = (
    RideRequest.displaced_at.is_(None),
    RideRequest.priority.desc(),
    RideRequest.requested_at,
    RideRequest.id,
)
"""Who comes first: whose bus was taken out, then who is invited, then who asked first."""


THEIRS = (Offer.household_id == RideRequest.household_id, Offer.kind == OfferKind.SEATS)


@dataclass(frozen=True)
class Waiting:
    """A household that waits: its place in line from 1, why, and what it has to answer."""

    request: RideRequest
    household: Household
    position: int
    reason: WaitReason
    offer: Offer | None


@dataclass(frozen=True)
class OpenOffer:
    """Seats that are held for a household until it answers; with a move it has others now."""

    offer: Offer
    out: RideView | None
    back: RideView | None

    @property
    def is_move(self) -> bool:
        """Tell whether the household rides already, otherwise."""
        return self.offer.kind is OfferKind.MOVE


def is_in_line() -> sa.ColumnElement[bool]:
    """Return what is true of a request that gets seats as soon as there are some.

    To be used where requests are joined with their households. Who is asked stands aside until
    it answers, and so does who let such offers pass without an answer time and again: then
    somebody has to call.
    """
    unanswered = sa.select(sa.func.count()).where(*THEIRS, Offer.state == OfferState.EXPIRED)
    answers = unanswered.correlate(RideRequest).scalar_subquery() < UNANSWERED_MOST
    waits = RideRequest.state == RequestState.WAITING
    return sa.and_(waits, ~is_asked(), sa.or_(Household.take_at_once, answers))


def is_asked() -> sa.ColumnElement[bool]:
    """Return what is true of a request that has an open offer of seats."""
    return sa.exists().where(*THEIRS, Offer.state == OfferState.OPEN)


def list_waiting(fair_id: int, now: datetime) -> list[Waiting]:
    """Return the households that wait for seats, with stop and people, first come first.

    Of the departures that have left, no seat is free any more.
    """
    query = (
        sa.select(RideRequest, Household, is_in_line())
        .join(Household, Household.id == RideRequest.household_id)
        .where(RideRequest.fair_id == fair_id, RideRequest.state == RequestState.WAITING)
        .order_by(*IN_LINE)
        .options(
            joinedload(RideRequest.stop),
            selectinload(RideRequest.alternatives),
            selectinload(Household.people),
        )
    )
    return _with_reasons(fair_id, session().execute(query).all(), now)


def position_of(request: RideRequest) -> int:
    """Return the place of a request that waits in its fair's line, from 1."""
    line = sa.select(RideRequest.id).where(
        RideRequest.fair_id == request.fair_id, RideRequest.state == RequestState.WAITING
    )
    ids = list(session().scalars(line.order_by(*IN_LINE)))
    return ids.index(request.id) + 1


def open_offer_of(household_id: int) -> OpenOffer | None:
    """Return the seats that are held for the household until it answers, if there are any."""
    query = sa.select(Offer).where(
        Offer.household_id == household_id,
        Offer.kind.in_((OfferKind.SEATS, OfferKind.MOVE)),
        Offer.state == OfferState.OPEN,
    )
    offer = session().scalar(query)
    return held_by(offer) if offer else None


def held_by(offer: Offer) -> OpenOffer:
    """Return the rides that the offer holds."""
    query = (
        sa.select(RideHold, Departure, Call, Stop)
        .join(Departure, Departure.id == RideHold.departure_id)
        .join(Call, sa.and_(Call.departure_id == Departure.id, Call.stop_id == RideHold.stop_id))
        .join(Stop, Stop.id == RideHold.stop_id)
        .where(RideHold.offer_id == offer.id)
    )
    rides = {
        held.direction: _view(departure, call, stop)
        for held, departure, call, stop in session().execute(query)
    }
    return OpenOffer(offer, rides.get(Direction.OUT), rides.get(Direction.BACK))


def _view(departure: Departure, call: Call, stop: Stop) -> RideView:
    leaves_at, arrives_at = sorted((departure.fair_at, call.at))
    return RideView(departure.line, leaves_at, arrives_at, stop.name, stop.note)


def _with_reasons(
    fair_id: int, rows: Sequence[sa.Row[RideRequest, Household, bool]], now: datetime
) -> list[Waiting]:
    seating = Seating(list_departures(fair_id), now)
    choices = seating.choices(seat_request(request) for request, _household, _in_line in rows)
    offers = _open_offers(fair_id)
    found = []
    for position, (request, household, in_line) in enumerate(rows, 1):
        reason = seating.reason(choices[str(request.id)], in_line=in_line)
        found.append(Waiting(request, household, position, reason, offers.get(household.id)))
    return found


def _open_offers(fair_id: int) -> Mapping[int, Offer]:
    query = sa.select(Offer).where(
        Offer.fair_id == fair_id, Offer.kind == OfferKind.SEATS, Offer.state == OfferState.OPEN
    )
    return {offer.household_id: offer for offer in session().scalars(query)}
