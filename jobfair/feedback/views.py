"""The exhibitor's questionnaire, found by the link in the mail."""

from datetime import datetime

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobfair.core import clock
from jobfair.core.errors import NotFound
from jobfair.exhibitors.pages import attempt, shown
from jobfair.fairs.queries import get_fair
from jobfair.feedback import queries, service
from jobfair.feedback.forms import AnswerForm
from jobfair.feedback.queries import Asked
from jobfair.feedback.service import LINK
from jobfair.web.access import public
from jobfair.web.links import proves, row_of
from jobfair.web.locale import use_page_language

blueprint = Blueprint("feedback", __name__, url_prefix="/feedback")


def open_asked(token: str, now: datetime) -> Asked:
    """Return the exhibitor that the link belongs to, and show its fair and language.

    Raises NotFound("link_invalid") alike for links that are unknown, forged, or too old to answer.
    """
    invitation_id = row_of(LINK, token)
    asked = queries.find_asked(invitation_id) if invitation_id else None
    if asked is None:
        raise NotFound("link_invalid")
    invitation = asked.invitation
    genuine = proves(LINK, token, invitation.id, invitation.link_version)
    if not genuine or now >= invitation.answer_until:
        raise NotFound("link_invalid")
    g.private = True
    g.fair = get_fair(invitation.fair_id)
    use_page_language(asked.exhibitor.lang)
    return asked


@blueprint.route("/<token>", methods=["GET", "POST"])
@public
def answer(token: str) -> ResponseReturnValue:
    """Show the five questions with the answers given before, and take new ones."""
    now = clock.now()
    asked = open_asked(token, now)
    invitation = asked.invitation
    form = AnswerForm(data=asked.answer.said.values() if asked.answer else None)
    if attempt(form, lambda: service.answer(invitation.id, form.said, now=now)):
        return redirect(url_for("feedback.thanks", token=token))
    return shown("feedback/answer.html", form, asked=asked)


@blueprint.get("/<token>/thanks")
@public
def thanks(token: str) -> ResponseReturnValue:
    """Say thank you, and how long answers can be changed."""
    return render_template(
        "feedback/thanks.html", asked=open_asked(token, clock.now()), token=token
    )
