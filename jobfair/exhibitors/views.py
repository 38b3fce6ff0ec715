"""Public pages: the exhibitors of a fair, and the application to be one."""

from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobfair.core import clock
from jobfair.core.errors import NotFound
from jobfair.exhibitors import queries, words
from jobfair.exhibitors.forms import ApplicationForm
from jobfair.exhibitors.pages import attempt, shown
from jobfair.exhibitors.rules import may_apply
from jobfair.exhibitors.service import applications
from jobfair.exhibitors.service.applications import Application
from jobfair.fairs.context import current_fair
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.web.access import public
from jobfair.web.limits import SHELTER, address_key, limiter, typed_address
from jobfair.web.locale import current_language

blueprint = Blueprint("exhibitors", __name__)


def contact_key() -> str:
    """Return the typed address, so that nobody's mailbox is filled from many places."""
    return f"exhibitor:{typed_address('contact_email')}"


def stored(answer: Response) -> bool:
    """Count what was stored, since each may send a mail to an address that was typed."""
    return answer.status_code == HTTPStatus.FOUND


def public_fair() -> Fair:
    """Return the fair in the URL; a draft is nobody's business."""
    fair = current_fair()
    if fair.phase is Phase.DRAFT:
        raise NotFound("fair_unknown")
    return fair


@blueprint.get("/<fair:fair>/exhibitors")
@public
def list_page() -> ResponseReturnValue:
    """Show who exhibits and what they offer."""
    fair = public_fair()
    return render_template(
        "exhibitors/list.html",
        exhibitors=queries.list_shown(fair.id),
        open_for_more=may_apply(fair.phase),
        words=words,
    )


@blueprint.route("/<fair:fair>/exhibit", methods=["GET", "POST"])
@limiter.limit("10 per hour", key_func=contact_key, methods=["POST"], deduct_when=stored)
@limiter.limit(SHELTER, key_func=address_key, methods=["POST"])
@public
def apply() -> ResponseReturnValue:
    """Apply to be an exhibitor."""
    fair = public_fair()
    if not may_apply(fair.phase):
        return render_template("exhibitors/closed.html"), 422 if request.method == "POST" else 200
    form, now = ApplicationForm(), clock.now()
    if attempt(form, lambda: applications.apply(fair.id, _sent(form), now=now)):
        return redirect(url_for("exhibitors.sent"))
    return shown("exhibitors/apply.html", form)


@blueprint.get("/<fair:fair>/exhibit/sent")
@public
def sent() -> ResponseReturnValue:
    """Say that a mail is on its way."""
    public_fair()
    return render_template("exhibitors/sent.html")


def _sent(form: ApplicationForm) -> Application:
    return Application(
        submission_key=form.submission_key.data or "",
        lang=current_language().code,
        organisation=form.said,
        posting=None if form.offer.is_empty else form.offer.said,
    )
