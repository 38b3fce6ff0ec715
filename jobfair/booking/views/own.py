"""A household's own page behind its link: codes, journey, sheet, cancelling."""

from dataclasses import dataclass

from flask import Response, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from jobfair.attendees.badges.qr import badge_url, qr_svg
from jobfair.attendees.forms import done
from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.rules import AttendeeState, can_cancel
from jobfair.attendees.service import cancel, cancel_one
from jobfair.booking.queries import household_behind
from jobfair.booking.rules import MEET_BEFORE, shuttle_answer_by
from jobfair.booking.sheets import sheet_of
from jobfair.booking.views.blueprint import blueprint
from jobfair.core import clock
from jobfair.core.codes import group_code
from jobfair.core.errors import NotFound
from jobfair.core.languages import ui_language_for
from jobfair.fairs.context import current_fair
from jobfair.fairs.queries import get_fair
from jobfair.shuttle.queries import journey_of
from jobfair.web.access import current_actor, public
from jobfair.web.forms import ActionForm
from jobfair.web.locale import use_page_language


@dataclass(frozen=True)
class Ticket:
    """A person's badge code, to be shown at the door."""

    person: Attendee
    code: str
    picture: Markup


@blueprint.get("/my/<token>")
@public
def my(token: str) -> ResponseReturnValue:
    """Show the household its codes and its journey."""
    household = _open(token)
    fair = current_fair()
    coming = _coming(household)
    return render_template(
        "booking/my.html",
        token=token,
        household=household,
        tickets=[_ticket(person) for person in coming],
        journey=journey_of(household.id),
        answer_by=shuttle_answer_by(fair.shuttle_decided_by, fair.starts_at),
        meet_before=MEET_BEFORE,
        can_cancel=can_cancel(fair.phase, fair.ends_at, clock.now()),
    )


@blueprint.get("/my/<token>/badges.pdf")
@public
def sheet(token: str) -> ResponseReturnValue:
    """Hand out the sheet with the badges of those who come."""
    household = _open(token)
    if not _coming(household):
        return redirect(url_for("booking.my", token=token))
    pdf = sheet_of(current_fair(), household, journey_of(household.id))
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="badges.pdf"'
    return response


@blueprint.route("/my/<token>/cancel", methods=["GET", "POST"])
@public
def cancel_all(token: str) -> ResponseReturnValue:
    """Ask whether nobody comes any more, and do it."""
    household, form = _open(token), ActionForm()
    coming, household_id = _coming(household), household.id
    if not coming or done(
        form, lambda: cancel(household_id, actor=current_actor(), now=clock.now())
    ):
        return redirect(url_for("booking.my", token=token))
    return _ask(form, token)


@blueprint.route("/my/<token>/cancel/<int:number>", methods=["GET", "POST"])
@public
def cancel_person(token: str, number: int) -> ResponseReturnValue:
    """Ask whether one person doesn't come, and do it; `number` counts the household from 1."""
    household, form = _open(token), ActionForm()
    coming, household_id = _coming(household), household.id
    names = {one.position: one.given_name for one in coming}
    if number - 1 not in names:
        raise NotFound("not_found")
    if len(coming) == 1:
        return redirect(url_for("booking.cancel_all", token=token))
    if done(
        form, lambda: cancel_one(household_id, number - 1, actor=current_actor(), now=clock.now())
    ):
        flash(_("%(name)s does not come any more.", name=names[number - 1]))
        return redirect(url_for("booking.my", token=token))
    return _ask(form, token, number - 1)


def _open(token: str) -> Household:
    """Return the household of the link; the page is its own, in its language."""
    g.private = True
    household = household_behind(token)
    g.fair = get_fair(household.fair_id)
    g.fair_id = household.fair_id
    use_page_language(ui_language_for(household.lang))
    return household


def _ask(form: ActionForm, token: str, position: int | None = None) -> ResponseReturnValue:
    """Show the question, with the household as it is after whatever was refused."""
    household = _open(token)
    coming = _coming(household)
    leaving = [one for one in coming if position in (None, one.position)]
    page = render_template(
        "booking/cancel.html",
        form=form,
        token=token,
        leaving=leaving,
        whole=len(leaving) == len(coming),
        journey=journey_of(household.id),
    )
    return page, 422 if form.faults else 200


def _coming(household: Household) -> list[Attendee]:
    return [one for one in household.people if one.state is AttendeeState.REGISTERED]


def _ticket(person: Attendee) -> Ticket:
    code = person.badge.code if person.badge else ""
    shown = group_code(code)
    address = badge_url(current_app.config["JOBFAIR"].base_url, code)
    picture = Markup(qr_svg(address, f"QR {shown}"))  # noqa: S704  # drawn by us, the label escaped
    return Ticket(person, shown, picture)
