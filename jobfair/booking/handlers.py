"""What households are told when something happens to them; after all counters are right."""

from jobfair.attendees.events import (
    HouseholdCancelled,
    HouseholdChanged,
    LinkRenewed,
    PersonAdded,
    PersonCancelled,
)
from jobfair.booking import tidings
from jobfair.booking.service.rounds import NEWS_JOB
from jobfair.core.db import assert_writing
from jobfair.fairs.events import FairCancelled, FairPostponed
from jobfair.jobs.runner import look_after_commit
from jobfair.places.events import OfferExpired, OfferMade, PlacesFound
from jobfair.places.models import Offer
from jobfair.places.rules import OfferKind

NAMES = ("given_name", "family_name", "own_given_name", "own_family_name")
TOLD_FIELDS = frozenset({"email", "phone", "lang", "window", "ride", *NAMES})


def on_household_cancelled(event: HouseholdCancelled) -> None:
    """Have the household be told that it does not come any more, unless others say why."""
    if not event.by_us:
        tidings.tell_cancelled(event.household_id, event.now)


def on_link_renewed(event: LinkRenewed) -> None:
    """Have nobody be told a link that opens nothing."""
    tidings.put_link_right(event.household_id)


def on_person_cancelled(event: PersonCancelled) -> None:
    """Have the household be told who still comes."""
    tidings.tell_changed(event.household_id, event.now)


def on_person_added(event: PersonAdded) -> None:
    """Have the household be told who comes now."""
    tidings.tell_changed(event.household_id, event.now)


def on_household_changed(event: HouseholdChanged) -> None:
    """Have the household be told what is true now, where it matters to it."""
    if TOLD_FIELDS & set(event.fields):
        tidings.tell_changed(event.household_id, event.now, event.fields)


def on_places_found(event: PlacesFound) -> None:
    """Have the household be told that it has places."""
    tidings.tell_places_found(event.household_id, event.now)


def on_offer_made(event: OfferMade) -> None:
    """Have the household be told which places it is offered."""
    if event.kind is not OfferKind.PLACES:
        return
    offer = assert_writing().get_one(Offer, event.offer_id)
    tidings.tell_offer(event.household_id, offer, event.now)


def on_offer_expired(event: OfferExpired) -> None:
    """Have the household be told that it waits on."""
    if event.kind is OfferKind.PLACES:
        tidings.tell_offer_expired(event.household_id, event.now)


def on_fair_news(_event: FairCancelled | FairPostponed) -> None:
    """Have everybody be told soon after the commit; the rows of the fair say what."""
    look_after_commit(NEWS_JOB)
