"""What a household's page says of the bus, and the page that gives the seats back."""

from dataclasses import dataclass
from datetime import datetime

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees.forms import done
from jobfair.attendees.rules import HouseholdState
from jobfair.booking.service import changes
from jobfair.booking.views.blueprint import blueprint
from jobfair.booking.views.gates import METHODS
from jobfair.booking.views.opened import can_change, opened, own_page
from jobfair.core import clock
from jobfair.fairs.models import Fair, FairText
from jobfair.fairs.queries import find_text
from jobfair.fairs.rules import TextKey
from jobfair.shuttle.prospects import Prospect, standing_of
from jobfair.shuttle.queries import Journey, OpenOffer, journey_of, open_offer_of
from jobfair.web.access import current_actor, public
from jobfair.web.forms import ActionForm
from jobfair.web.locale import current_language


@dataclass(frozen=True)
class Riding:
    """A household's journey, or where it stands in the line for it; what it has to answer.

    `missed` is what the organiser says about a bus that was missed.
    """

    journey: Journey | None
    standing: Prospect | None
    offer: OpenOffer | None
    missed: FairText | None


def riding_of(fair: Fair, household_id: int, now: datetime) -> Riding:
    """Return what there is to say of the bus."""
    journey = journey_of(household_id)
    if journey is None:
        return Riding(None, None, None, None)
    open_offer = open_offer_of(household_id)
    ended = open_offer and open_offer.offer.expires_at and open_offer.offer.expires_at <= now
    return Riding(
        journey,
        standing_of(household_id, now),
        None if ended else open_offer,
        find_text(fair.id, TextKey.MISSED_BUS, current_language().code),
    )


@blueprint.route("/my/<token>/bus/cancel", methods=METHODS)
@public
def cancel_bus(token: str) -> ResponseReturnValue:
    """Ask whether the household does without the bus, and have its seats be free."""
    household, form = opened(token), ActionForm()
    household_id, journey = household.id, journey_of(household.id)
    waits = household.state is HouseholdState.WAITLISTED
    if journey is None or not can_change(household):
        return own_page(token)
    actor, now = current_actor(), clock.now()
    if done(form, lambda: changes.change_ride(household_id, None, actor=actor, now=now)):
        gone = _("You do not ride with the bus any more. Your places at the fair stay yours.")
        flash(_("Your change is stored.") if waits else gone)
        return own_page(token)
    page = render_template(
        "booking/cancel_bus.html", form=form, token=token, journey=journey, waits=waits
    )
    return page, 422 if form.faults else 200
