"""What a household is offered, and its answers: places, seats on the bus, another bus."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobfair.attendees.rules import HouseholdState
from jobfair.booking.views.blueprint import blueprint
from jobfair.booking.views.opened import opened, own_page
from jobfair.core import clock
from jobfair.core.errors import Conflict
from jobfair.places.queries import find_offer, has_accepted
from jobfair.places.rules import OfferKind
from jobfair.places.service import accept_offer, decline_offer
from jobfair.web.access import current_actor, public
from jobfair.web.forms import ActionForm
from jobfair.web.problems import message_of

ACCEPT = "accept"
ANSWERED = {
    (OfferKind.SEATS, True): _l("The seats on the bus are yours."),
    (OfferKind.SEATS, False): _l("The seats go to others. You come without the bus."),
    (OfferKind.MOVE, True): _l("Thank you. You ride on the other bus now."),
    (OfferKind.MOVE, False): _l("You keep your seats."),
}


@blueprint.post("/my/<token>/offer/<any(accept,decline):answer>")
@public
def answer_offer(token: str, answer: str) -> ResponseReturnValue:
    """Take or let go what the page offered; what is no longer open is said."""
    household_id, accepts = opened(token).id, answer == ACCEPT
    seen = request.form.get("offer", "")
    try:
        if ActionForm().validate_on_submit():
            kind = _answer(household_id, seen, accepts=accepts)
            _say(token, kind, accepts=accepts)
    except Conflict as error:
        if not accepts or not has_accepted(household_id, seen):
            flash(message_of(error), "wait")
    return own_page(token)


def _answer(household_id: int, seen: str, *, accepts: bool) -> OfferKind:
    """Answer the offer that was seen, and no other one; raise Conflict("offer_gone")."""
    now = clock.now()
    for kind in OfferKind:
        offer = find_offer(household_id, now, kind)
        if offer is not None and str(offer.id) == seen:
            act = accept_offer if accepts else decline_offer
            act(household_id, kind, actor=current_actor(), now=now)
            return kind
    raise Conflict("offer_gone")


def _say(token: str, kind: OfferKind, *, accepts: bool) -> None:
    """Say what is true now, unless the page itself shows it."""
    if words := ANSWERED.get((kind, accepts)):
        flash(words)
    elif not accepts and opened(token).state is HouseholdState.WAITLISTED:
        flash(_("The places go to others. You wait on."))
