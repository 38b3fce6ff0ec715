"""The organiser's page of publicity: paper to print, a text to send, sponsors."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask import request as current_request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import DomainError, NotFound
from jobfair.core.languages import LANGUAGES, UI_LANGUAGES
from jobfair.fairs.context import current_fair
from jobfair.publicity import service
from jobfair.publicity.forms import SponsorForm
from jobfair.publicity.material import flyer_of, poster_of, too_long_for_flyers
from jobfair.publicity.queries import list_sponsors
from jobfair.publicity.rules import BYTES_MOST
from jobfair.publicity.sharing import address_of, shares_of
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm
from jobfair.web.problems import message_of

blueprint = Blueprint("publicity_admin", __name__, url_prefix="/desk/<fair:fair>/publicity")
REQUEST_MOST = 2 * BYTES_MOST
"""Larger requests are not read; up to here the form itself says what is too large."""
FIELDS = {"sponsors_full": None}


@blueprint.before_request
def _take_pictures() -> None:
    current_request.max_content_length = REQUEST_MOST


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def index() -> ResponseReturnValue:
    """Show what tells people of the fair, and add a sponsor."""
    fair, form = current_fair(), SponsorForm()
    if form.validate_on_submit():
        try:
            service.add_sponsor(
                fair.id, form.name.data or "", form.picture, actor=current_actor(), now=clock.now()
            )
        except DomainError as error:
            form.refuse(message_of(error), FIELDS.get(error.code, "logo"))
        else:
            flash(_("The sponsor is added."))
            return redirect(url_for("publicity_admin.index"))
    page = render_template(
        "publicity/index.html",
        form=form,
        action=ActionForm(),
        languages=[LANGUAGES[code] for code in UI_LANGUAGES],
        too_long=too_long_for_flyers(fair),
        sponsors=list_sponsors(fair.id),
        address=address_of(fair),
        shares=shares_of(fair),
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/sponsors/<int:sponsor_id>/up")
@requires(Permission.ORGANISE)
def move_up(sponsor_id: int) -> ResponseReturnValue:
    """Put a sponsor before the one above."""
    fair_id = current_fair().id
    service.move_sponsor_up(fair_id, sponsor_id, actor=current_actor(), now=clock.now())
    return redirect(url_for("publicity_admin.index", _anchor="sponsors"))


@blueprint.post("/sponsors/<int:sponsor_id>/remove")
@requires(Permission.ORGANISE)
def remove(sponsor_id: int) -> ResponseReturnValue:
    """Remove a sponsor."""
    fair_id = current_fair().id
    sponsor = service.remove_sponsor(fair_id, sponsor_id, actor=current_actor(), now=clock.now())
    flash(_("%(name)s is removed.", name=sponsor.name))
    return redirect(url_for("publicity_admin.index", _anchor="sponsors"))


@blueprint.get("/poster.pdf")
@requires(Permission.ORGANISE)
def poster() -> ResponseReturnValue:
    """Send the poster."""
    fair = current_fair()
    return _pdf(poster_of(fair), f"{fair.slug}-poster")


@blueprint.get("/flyer-<lang>.pdf")
@requires(Permission.ORGANISE)
def flyer(lang: str) -> ResponseReturnValue:
    """Send the flyer in a language."""
    if lang not in UI_LANGUAGES:
        raise NotFound("not_found")
    fair = current_fair()
    return _pdf(flyer_of(fair, lang), f"{fair.slug}-flyer-{lang}")


def _pdf(document: bytes, name: str) -> Response:
    response = make_response(document)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
