"""Telling households about their seats, in the transaction of what happened."""

from collections.abc import Callable
from datetime import datetime

from flask import g

from jobfair.attendees.models import Household
from jobfair.attendees.queries import get_household
from jobfair.fairs.models import Fair
from jobfair.fairs.queries import get_fair
from jobfair.mail.rules import Letter
from jobfair.places.handlers import once_key
from jobfair.places.models import Offer
from jobfair.places.rules import OFFER_NOTICES, OfferKind, expiry
from jobfair.shuttle import letters
from jobfair.shuttle.queries import Journey, held_by, journey_of
from jobfair.telling.operations import EVERYTHING, set_told, tell
from jobfair.web.links import absolute, token_for

PAPERS = ("sheet", "calendar")
CALENDAR = ("calendar",)
SEATS_OFFERED, MOVE_PROPOSED = OFFER_NOTICES[OfferKind.SEATS], OFFER_NOTICES[OfferKind.MOVE]
NO_SEATS = "no_seats"
ABOUT_SEATS = (
    "seats_found",
    "seats_expired",
    SEATS_OFFERED,
    MOVE_PROPOSED,
    "bus_taken_out",
    NO_SEATS,
)
Write = Callable[[Fair, Journey, str], Letter]


def tell_seats_found(household_id: int, now: datetime) -> None:
    """Have a household that waited and rides now be told."""
    _tell(household_id, "seats_found", letters.seats_found, now, attachments=PAPERS)


def tell_seats_offered(offer: Offer, now: datetime) -> None:
    """Have the household be told which seats are held for it, once."""
    held = held_by(offer)

    def write(fair: Fair, _journey: Journey, url: str) -> Letter:
        return letters.seats_offered(fair, held, expiry(now, fair.starts_at) - now, url)

    _tell(offer.household_id, SEATS_OFFERED, write, now, once=once_key(offer.id))


def tell_move_proposed(offer: Offer, now: datetime) -> None:
    """Have the household be told which other seats are proposed to it, once."""
    held = held_by(offer)

    def write(fair: Fair, journey: Journey, url: str) -> Letter:
        left = expiry(now, fair.starts_at) - now
        return letters.move_proposed(fair, journey, held, left, url)

    _tell(offer.household_id, MOVE_PROPOSED, write, now, once=once_key(offer.id))


def tell_seats_expired(household_id: int, now: datetime) -> None:
    """Have a household that didn't answer in time be told that it waits on."""
    _tell(household_id, "seats_expired", letters.seats_expired, now)


def tell_bus_taken_out(household_id: int, now: datetime) -> None:
    """Have a household whose bus doesn't go as it did be told how it rides now, or that it waits.

    What it has on paper of the bus is replaced.
    """
    _tell(household_id, "bus_taken_out", letters.bus_taken_out, now, attachments=PAPERS)


def tell_no_seats(household_id: int, now: datetime) -> None:
    """Have a household that waits when the lists are fixed be told that it has no seats."""
    _tell(household_id, NO_SEATS, letters.no_seats, now)


def tell_no_seats_only_bus(household_id: int, now: datetime) -> None:
    """Have a household that comes only by bus be told that it got no seats and doesn't come."""
    household = get_household(household_id)
    fair, url = get_fair(household.fair_id), _address(household)
    tell(
        household,
        "no_seats_only_bus",
        lambda: letters.no_seats_only_bus(fair, url),
        now=now,
        attachments=CALENDAR,
        instead_of=EVERYTHING,
    )


def _tell(
    household_id: int,
    kind: str,
    write: Write,
    now: datetime,
    *,
    once: str = "",
    attachments: tuple[str, ...] = (),
) -> None:
    """Have the household be told with what is true now.

    What it does itself, on its own page, it sees there: without e-mail nobody needs to call.
    """
    household, journey = get_household(household_id), journey_of(household_id)
    if journey is None:
        return
    fair, url = get_fair(household.fair_id), _address(household)
    notice = tell(
        household,
        kind,
        lambda: write(fair, journey, url),
        now=now,
        once=once,
        attachments=attachments,
        instead_of=ABOUT_SEATS,
    )
    if notice is not None and notice.mail_id is None and g.get("own_household") == household_id:
        set_told(notice, by=None, now=now)


def _address(household: Household) -> str:
    token = token_for("my", household.id, household.link_version)
    return absolute("booking.my", token=token)
