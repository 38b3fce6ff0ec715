"""A household's own page behind its link: codes, journey, place in the line, offer, papers."""

from dataclasses import dataclass

from flask import Response, current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from jobfair.attendees.badges.qr import badge_url, qr_svg
from jobfair.attendees.models import Attendee
from jobfair.attendees.rules import HouseholdState
from jobfair.attendees.words import municipality_name
from jobfair.booking.calendar import MEDIA_TYPE, NAME, calendar_of
from jobfair.booking.household import said_of
from jobfair.booking.outlook import places_of
from jobfair.booking.rules import MEET_BEFORE
from jobfair.booking.sheets import sheet_of
from jobfair.booking.views.blueprint import blueprint
from jobfair.booking.views.opened import can_change, coming, opened, own_page
from jobfair.core import clock
from jobfair.core.codes import group_code
from jobfair.core.errors import Conflict
from jobfair.fairs.context import current_fair
from jobfair.fairs.queries import list_windows
from jobfair.fairs.rules import Phase
from jobfair.places.queries import find_offer, standing
from jobfair.places.rules import OfferKind
from jobfair.places.service import accept_offer, decline_offer
from jobfair.shuttle.queries import has_shuttle, journey_of
from jobfair.shuttle.rules import shuttle_answer_by
from jobfair.web.access import current_actor, public
from jobfair.web.forms import ActionForm
from jobfair.web.links import absolute
from jobfair.web.problems import message_of


@dataclass(frozen=True)
class Ticket:
    """A person's badge code, to be shown at the door."""

    person: Attendee
    code: str
    picture: Markup


@blueprint.get("/my/<token>")
@public
def my(token: str) -> ResponseReturnValue:
    """Show the household what it has: places with codes and journey, or a place in the line."""
    household, fair = opened(token), current_fair()
    people = coming(household)
    registered = household.state is HouseholdState.REGISTERED
    windows = list_windows(fair.id)
    offer = find_offer(household.id, clock.now())
    return render_template(
        "booking/my.html",
        token=token,
        household=household,
        state=household.state.value,
        people=[said_of(one) for one in people],
        coming=people,
        home=municipality_name(household.municipality),
        windows=windows,
        places=places_of(fair, windows),
        tickets=[_ticket(person) for person in people if registered],
        journey=journey_of(household.id),
        shuttle=has_shuttle(fair.id),
        answer_by=shuttle_answer_by(fair.shuttle_decided_by, fair.starts_at),
        meet_before=MEET_BEFORE,
        standing=None if registered else standing(fair, household.id),
        offer=offer,
        offered=next((one for one in windows if offer and one.id == offer.window_id), None),
        form=ActionForm(),
        can_change=can_change(household),
    )


@blueprint.post("/my/<token>/offer/<any(accept,decline):answer>")
@public
def answer_offer(token: str, answer: str) -> ResponseReturnValue:
    """Take or let go what the page offered; what is no longer open is said."""
    household_id, form = opened(token).id, ActionForm()
    try:
        if form.validate_on_submit():
            _answer(household_id, answer, request.form.get("offer", ""))
    except Conflict as error:
        if answer == "decline" or opened(token).state is not HouseholdState.REGISTERED:
            flash(message_of(error), "wait")
        return own_page(token)
    waits = opened(token).state is HouseholdState.WAITLISTED
    if answer == "decline" and waits and not form.faults:
        flash(_("The places go to others. You wait on."))
    return own_page(token)


def _answer(household_id: int, answer: str, seen: str) -> None:
    """Answer the offer that was seen, and no other one; raise Conflict("offer_gone")."""
    now = clock.now()
    offer = find_offer(household_id, now)
    if offer is None or str(offer.id) != seen:
        raise Conflict("offer_gone")
    act = accept_offer if answer == "accept" else decline_offer
    act(household_id, OfferKind.PLACES, actor=current_actor(), now=now)


@blueprint.get("/my/<token>/badges.pdf")
@public
def sheet(token: str) -> ResponseReturnValue:
    """Hand out the sheet with the badges of those who come."""
    household = opened(token)
    comes = household.state is HouseholdState.REGISTERED and bool(coming(household))
    if not comes or current_fair().phase is Phase.CANCELLED:
        return own_page(token)
    pdf = sheet_of(current_fair(), household, journey_of(household.id))
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="badges.pdf"'
    return response


@blueprint.get("/my/<token>/calendar.ics")
@public
def calendar(token: str) -> ResponseReturnValue:
    """Hand out the fair and the rides for the calendar of a telephone."""
    household = opened(token)
    if household.state is not HouseholdState.REGISTERED:
        return own_page(token)
    content = calendar_of(
        current_fair(),
        household,
        journey_of(household.id),
        absolute("booking.my", token=token),
        now=clock.now(),
        window=household.window,
    )
    response = Response(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


def _ticket(person: Attendee) -> Ticket:
    code = person.badge.code if person.badge else ""
    shown = group_code(code)
    address = badge_url(current_app.config["JOBFAIR"].base_url, code)
    picture = Markup(qr_svg(address, f"QR {shown}"))  # noqa: S704  # drawn by us, the label escaped
    return Ticket(person, shown, picture)
