"""Freed seats that are offered: held until they are answered, then given or offered to the next."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Household
from jobfair.attendees.operations import cancel_household, cancel_person
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict
from jobfair.fairs.models import Fair
from jobfair.mail.models import OutboxMail
from jobfair.places.handlers import once_key
from jobfair.places.models import Offer
from jobfair.places.offers import make_offer, note_told
from jobfair.places.queries import find_offer
from jobfair.places.rules import OFFER_LIFE, OfferKind, OfferState
from jobfair.places.service import accept_offer, decline_offer, expire_offers
from jobfair.shuttle.allocation.problem import Ride, Rides
from jobfair.shuttle.models import Departure, RideHold, RideRequest, Stop
from jobfair.shuttle.operations import RideWish, change_rides, lock_departures, release
from jobfair.shuttle.operations.holding import find_request, hold
from jobfair.shuttle.queries import journey_of, list_departures, list_waiting, open_offer_of
from jobfair.shuttle.rules import Direction, RequestState, Ways
from jobfair.telling.models import Notice
from tests.factories import (
    NOW,
    make_departure,
    make_fair,
    make_household,
    make_request,
    make_ride,
    make_stop,
)

SEATS = OfferKind.SEATS


def shuttle(seats: int = 3) -> tuple[Fair, Stop, Departure]:
    """Make a fair with one bus each way, the one home large; return it, the stop and the bus."""
    fair, stop = make_fair(), make_stop()
    out = make_departure(fair, [stop], seats=seats)
    make_departure(fair, [stop], direction=Direction.BACK, fair_at=fair.ends_at)
    return fair, stop, out


def riding(fair: Fair, stop: Stop, people: int = 3) -> Household:
    """Make a household that rides both ways."""
    household = make_household(fair, people, 0)
    request = make_request(household, stop, people=people, state=RequestState.SEATED)
    for departure in list_departures(fair.id):
        make_ride(request, departure)
    return household


def waiting(fair: Fair, stop: Stop, people: int = 3, **given: Any) -> Household:
    """Make a household that waits and wants to be asked, unless said otherwise."""
    household = make_household(fair, people, 0, **{"take_at_once": False, **given})
    make_request(household, stop, people=people)
    return household


def free(household: Household) -> None:
    """Have the household ride no more."""
    with transaction():
        release(household.id, now=NOW)


def offer_to(household: Household) -> Offer:
    """Return the open offer of seats."""
    found = find_offer(household.id, NOW, SEATS)
    assert found is not None
    return found


def state_of(household: Household) -> RequestState:
    """Return how the household's request stands."""
    return (
        session().scalars(sa.select(RideRequest.state).filter_by(household_id=household.id)).one()
    )


def taken(departure: Departure) -> int:
    """Return how many seats of the departure are held now."""
    return session().scalars(sa.select(Departure.taken).filter_by(id=departure.id)).one()


def kinds(household: Household) -> list[str]:
    """Return what the household was told, in order."""
    query = sa.select(Notice.kind).where(Notice.household_id == household.id)
    return list(session().scalars(query.order_by(Notice.id)))


def test_freed_seats_are_held_for_the_first_in_line_who_wants_to_be_asked(app: Flask) -> None:
    fair, stop, out = shuttle()
    leaving, asked, late = riding(fair, stop), waiting(fair, stop), waiting(fair, stop)
    free(leaving)
    offer = offer_to(asked)
    assert (offer.kind, offer.people, offer.window_id) == (SEATS, 3, None)
    assert taken(out) == 3
    assert (state_of(asked), find_offer(late.id, NOW, SEATS)) == (RequestState.WAITING, None)
    shown = open_offer_of(asked.id)
    assert shown is not None
    assert shown.out is not None
    assert (shown.out.line, shown.out.stop_name, shown.is_move) == (out.line, stop.name, False)
    assert shown.back is not None
    assert [(one.household.id, one.offer is not None) for one in list_waiting(fair.id, NOW)] == [
        (asked.id, True),
        (late.id, False),
    ]
    mail = session().scalars(sa.select(OutboxMail).where(OutboxMail.kind == "seats_offered")).one()
    assert mail.recipient == asked.email
    assert stop.name in mail.text


def test_accepted_seats_are_rides(app: Flask) -> None:
    fair, stop, out = shuttle()
    leaving, asked = riding(fair, stop), waiting(fair, stop)
    free(leaving)
    accept_offer(asked.id, SEATS, actor=SYSTEM, now=NOW)
    assert (state_of(asked), taken(out)) == (RequestState.SEATED, 3)
    journey = journey_of(asked.id)
    assert journey is not None
    assert journey.out is not None
    assert journey.back is not None
    assert session().scalar(sa.select(sa.func.count()).select_from(RideHold)) == 0
    assert kinds(asked) == ["seats_offered", "seats_found"]
    with pytest.raises(Conflict, match="offer_gone"):
        accept_offer(asked.id, SEATS, actor=SYSTEM, now=NOW)


def test_refused_seats_go_to_the_next_and_the_fair_places_stay(app: Flask) -> None:
    fair, stop, out = shuttle()
    leaving, asked, late = riding(fair, stop), waiting(fair, stop), waiting(fair, stop)
    free(leaving)
    places = fair.places_taken
    decline_offer(asked.id, SEATS, actor=SYSTEM, now=NOW)
    assert (state_of(asked), taken(out)) == (RequestState.CANCELLED, 3)
    assert offer_to(late)
    assert session().scalars(sa.select(Fair.places_taken).filter_by(id=fair.id)).one() == places


def test_who_does_not_answer_waits_behind_the_others_and_is_asked_twice_at_most(
    app: Flask,
) -> None:
    fair, stop, out = shuttle()
    leaving, asked, late = riding(fair, stop), waiting(fair, stop), waiting(fair, stop)
    free(leaving)
    at = NOW
    for household in (asked, late, asked, late):
        offer = session().scalars(sa.select(Offer).filter_by(state=OfferState.OPEN)).one()
        assert offer.household_id == household.id
        with transaction():
            note_told(offer.id, now=at)
        assert expire_offers(now=at + OFFER_LIFE - timedelta(minutes=1)) == 0
        at += OFFER_LIFE
        assert expire_offers(now=at) == 1
    assert session().scalars(sa.select(Offer).filter_by(state=OfferState.OPEN)).all() == []
    assert taken(out) == 0
    assert kinds(asked) == ["seats_offered", "seats_expired"] * 2
    with transaction():
        wish = RideWish(fair.id, asked.id, Ways.OUT, stop.id, 0, None, 3)
        change_rides(wish, asked.id, now=at)
    assert state_of(asked) is RequestState.SEATED


def test_a_call_about_an_offer_starts_its_clock_and_is_dropped_when_it_ends(app: Flask) -> None:
    fair, stop, out = shuttle()
    leaving, asked = riding(fair, stop), waiting(fair, stop, email="")
    free(leaving)
    notice = session().scalars(sa.select(Notice).filter_by(household_id=asked.id)).one()
    assert (notice.kind, notice.once_key) == ("seats_offered", once_key(offer_to(asked).id))
    assert all(words in notice.german for words in (f"Linie {out.line}, 09:50", stop.name))
    decline_offer(asked.id, SEATS, actor=SYSTEM, now=NOW)
    session().refresh(notice)
    assert notice.text == ""


def test_who_leaves_while_asked_frees_what_was_held(app: Flask) -> None:
    fair, stop, out = shuttle()
    leaving, asked, late = riding(fair, stop), waiting(fair, stop), waiting(fair, stop)
    free(leaving)
    with transaction():
        cancel_household(asked.id, now=NOW)
    assert offer_to(late).people == 3
    assert taken(out) == 3
    with transaction() as current:
        person = current.scalars(
            sa.text("SELECT min(id) FROM attendee WHERE household_id = :id").bindparams(id=late.id)
        ).one()
        cancel_person(person, now=NOW)
    assert (offer_to(late).people, taken(out)) == (2, 2)
    accept_offer(late.id, SEATS, actor=SYSTEM, now=NOW)
    assert taken(out) == 2


def test_an_accepted_move_frees_the_old_seats_for_those_who_wait(app: Flask) -> None:
    fair, stop, out = shuttle(seats=3)
    other = make_stop()
    moving, late = riding(fair, stop, 2), waiting(fair, stop, 3, take_at_once=True)
    second = make_departure(fair, [stop, other], seats=2)
    for answer, bus in ((decline_offer, out), (accept_offer, second)):
        with transaction():
            departures = lock_departures(fair.id)
            request = find_request(moving.id)
            assert request is not None
            offer = make_offer(moving, None, 2, now=NOW, kind=OfferKind.MOVE)
            home = next(one for one in departures.values() if one.direction is Direction.BACK)
            stay = Ride(str(home.id), str(stop.id))
            hold(offer, request, Rides(Ride(str(second.id), str(stop.id)), stay), departures)
        assert taken(second) == 2
        answer(moving.id, OfferKind.MOVE, actor=SYSTEM, now=NOW)
        journey = journey_of(moving.id)
        assert journey is not None
        assert journey.out is not None
        assert journey.out.line == bus.line
    assert (state_of(late), taken(out), taken(second)) == (RequestState.SEATED, 3, 2)
    assert kinds(moving) == ["changed"]
    assert kinds(late) == ["seats_found"]
