"""A household's own page behind its link: codes, journey, place in the line, offer, papers."""

from dataclasses import dataclass

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue
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
from jobfair.booking.views.bus import riding_of
from jobfair.booking.views.opened import can_change, coming, opened, own_page
from jobfair.booking.views.progress import known_by
from jobfair.core import clock
from jobfair.core.codes import group_code
from jobfair.fairs.context import current_fair
from jobfair.fairs.queries import list_windows
from jobfair.fairs.rules import Phase
from jobfair.places.queries import find_offer, standing
from jobfair.shuttle.queries import has_shuttle, journey_of
from jobfair.web.access import public
from jobfair.web.forms import ActionForm
from jobfair.web.links import absolute


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
    now = clock.now()
    offer, riding = find_offer(household.id, now), riding_of(fair, household.id, now)
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
        riding=riding,
        journey=riding.journey,
        shuttle=has_shuttle(fair.id),
        known_by=known_by(fair),
        now=now,
        meet_before=MEET_BEFORE,
        standing=None if registered else standing(fair, household.id),
        offer=offer,
        offered=next((one for one in windows if offer and one.id == offer.window_id), None),
        form=ActionForm(),
        can_change=can_change(household),
    )


@blueprint.get("/my/<token>/badges.pdf")
@public
def sheet(token: str) -> ResponseReturnValue:
    """Hand out the sheet with the badges of those who come."""
    household = opened(token)
    comes = household.state is HouseholdState.REGISTERED and bool(coming(household))
    if not comes or current_fair().phase is Phase.CANCELLED:
        return own_page(token)
    pdf = sheet_of(current_fair(), household, journey_of(household.id), clock.now())
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
