"""Sheets of paper: of one household, of a group, of all of a partner's, of chosen ones."""

from collections.abc import Sequence

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees.models import Household
from jobfair.booking.sheets import sheets_of
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs.context import current_fair
from jobfair.fairs.models import Fair
from jobfair.partners.blueprint import partner, partners_desk
from jobfair.partners.pages import mine
from jobfair.partners.queries import get_group, get_own, list_chosen, list_to_print
from jobfair.shuttle.queries import journeys_of
from jobfair.web.access import requires
from jobfair.web.ids import row_id

CHOSEN_MOST = 1000  # far more than the list shows on a page


@partner.get("/sheets.pdf")
@requires(Permission.HELP)
def sheets() -> ResponseReturnValue:
    """Hand out the sheets of all the partner's households that have places, by family."""
    own, group_id = mine(), request.args.get("group", type=row_id)
    if group_id is not None:
        get_group(own.fair.id, own.partner_id, group_id)
    found = list_to_print(own.fair.id, own.partner_id, group_id=group_id)
    return _pdf(own.fair, found) or _nobody(url_for("partners.overview"))


@partner.get("/people/<int:household_id>/sheet.pdf")
@requires(Permission.HELP)
def sheet(household_id: int) -> ResponseReturnValue:
    """Hand out the sheet of one household."""
    own = mine()
    get_own(own.fair.id, own.partner_id, household_id)
    home = url_for("partners.household", household_id=household_id)
    return _pdf(own.fair, list_chosen(own.fair.id, [household_id])) or _nobody(home)


@partners_desk.post("/sheets")
@requires(Permission.ORGANISE)
def print_sheets() -> ResponseReturnValue:
    """Hand out the sheets of the households that were chosen from the list."""
    fair = current_fair()
    chosen = request.form.getlist("household", type=row_id)[:CHOSEN_MOST]
    if not chosen:
        flash(_("Please choose first whose sheets you want to print."), "wait")
        return redirect(url_for("attendees_admin.people"))
    found = list_chosen(fair.id, set(chosen))
    return _pdf(fair, found) or _nobody(url_for("attendees_admin.people"))


def _pdf(fair: Fair, households: Sequence[Household]) -> ResponseReturnValue | None:
    if not households:
        return None
    journeys = journeys_of([one.id for one in households])
    title = _("Sheets for %(fair)s", fair=fair.name)
    pdf = sheets_of(fair, households, journeys, title, clock.now())
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="sheets.pdf"'
    return answer


def _nobody(home: str) -> ResponseReturnValue:
    flash(_("There is nothing to print: nobody chosen has places at the fair."), "wait")
    return redirect(home)
