"""The household behind a link: found for every page of its own, shown in its language."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.queries import get_whole_household
from jobfair.attendees.rules import AttendeeState, HouseholdState, can_cancel
from jobfair.booking.queries import household_behind
from jobfair.core import clock
from jobfair.core.languages import ui_language_for
from jobfair.fairs.context import current_fair
from jobfair.fairs.queries import get_fair
from jobfair.fairs.rules import Phase
from jobfair.web.locale import use_page_language


def opened(token: str) -> Household:
    """Return the household of the link; the page is its own, in its language."""
    g.private = True
    household = household_behind(token)
    g.fair = get_fair(household.fair_id)
    g.fair_id = household.fair_id
    g.own_household = household.id
    use_page_language(ui_language_for(household.lang))
    return get_whole_household(household.id)


def coming(household: Household) -> list[Attendee]:
    """Return those of the household who have not cancelled."""
    return [one for one in household.people if one.state is AttendeeState.REGISTERED]


def can_change(household: Household) -> bool:
    """Tell whether the household comes or waits, and the fair takes place and isn't over."""
    fair = current_fair()
    takes_place = fair.phase is not Phase.CANCELLED
    before = can_cancel(fair.phase, fair.ends_at, clock.now())
    return takes_place and before and household.state is not HouseholdState.CANCELLED


def own_page(token: str) -> ResponseReturnValue:
    """Lead to the household's page."""
    return redirect(url_for("booking.my", token=token))
