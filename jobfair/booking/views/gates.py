"""Who may go on registering: how often, while the fair takes registrations, and at which step."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobfair.attendees.queries import get_household
from jobfair.booking.queries import token_of
from jobfair.booking.rules import Step
from jobfair.booking.views.progress import Progress
from jobfair.core import clock
from jobfair.fairs.rules import RegistrationState
from jobfair.web.limits import address_key, limiter

VISITOR = "300 per 10 minutes"
ADDRESS = "2000 per 10 minutes"  # a shelter or a hall is one address, a family a dozen requests
MAILBOX = "100 per hour"  # more than one helper registers, less than fills a stranger's mailbox
METHODS = ["GET", "POST"]

by_visitor = limiter.limit(VISITOR, methods=["POST"])
by_address = limiter.limit(ADDRESS, key_func=address_key, methods=["POST"])


def led_on(answer: Response) -> bool:
    """Count what was taken, since it may send a mail to the address that was typed."""
    return answer.location is not None


def closed_page(progress: Progress) -> ResponseReturnValue | None:
    """Return the page that says why nobody can register or wait now."""
    if progress.state is RegistrationState.OPEN or progress.only_waits:
        return None
    status = 409 if request.method == "POST" else 200
    page = render_template("booking/closed.html", state=progress.state, now=clock.now())
    return page, status


def elsewhere(progress: Progress, step: Step) -> ResponseReturnValue | None:
    """Return where a browser belongs that can't be on this step."""
    if progress.household_id is not None:
        household = get_household(progress.household_id)
        return redirect(url_for("booking.my", token=token_of(household)))
    if closed := closed_page(progress):
        return closed
    if step not in progress.steps or not progress.is_reached(step):
        return progress.lead_to_first_open()
    return None
