"""Public pages of those who want to register people for others."""

from http import HTTPStatus

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobfair.attendees.forms import done
from jobfair.booking.views.blueprint import visible_fair
from jobfair.core import clock
from jobfair.fairs.rules import Phase
from jobfair.partners.blueprint import entrance
from jobfair.partners.forms.asking import HelpForm
from jobfair.partners.service.access import ask
from jobfair.web.access import public
from jobfair.web.limits import SHELTER, address_key, email_key, limiter
from jobfair.web.locale import current_language

OPEN_IN = (Phase.OPEN, Phase.CLOSED, Phase.RUNNING)


def _taken(answer: Response) -> bool:
    """Count what was taken, since it may send a mail to the address that was typed."""
    return answer.status_code == HTTPStatus.FOUND


@entrance.route("/<fair:fair>/help-people", methods=["GET", "POST"])
@limiter.limit("10 per hour", key_func=email_key, methods=["POST"], deduct_when=_taken)
@limiter.limit(SHELTER, key_func=address_key, methods=["POST"])
@public
def help_people() -> ResponseReturnValue:
    """Ask for access to register people for others."""
    fair, form = visible_fair(), HelpForm()
    if fair.phase not in OPEN_IN:
        status = 409 if request.method == "POST" else 200
        return render_template("partners/help_closed.html"), status
    if done(form, lambda: ask(fair, form.wish(current_language().code), now=clock.now())):
        return redirect(url_for("entrance.help_asked"))
    return render_template("partners/help.html", form=form), 422 if form.faults else 200


@entrance.get("/<fair:fair>/help-people/sent")
@public
def help_asked() -> ResponseReturnValue:
    """Say that the organiser looks at it, and nothing about who is known."""
    visible_fair()
    return render_template("partners/help_sent.html")
