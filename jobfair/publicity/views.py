"""Public pictures: sponsors' logos, and the one that stands beside links to us."""

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue

from jobfair.booking.views.blueprint import visible_fair
from jobfair.fairs.rules import Phase
from jobfair.publicity.picture import preview_png
from jobfair.publicity.queries import get_sponsor
from jobfair.web.access import public

blueprint = Blueprint("publicity", __name__)
WEEK = 7 * 24 * 3600


@blueprint.get("/<fair:fair>/sponsors/<int:sponsor_id>")
@public
def logo(sponsor_id: int) -> ResponseReturnValue:
    """Send a sponsor's logo."""
    fair = visible_fair()
    sponsor = get_sponsor(fair.id, sponsor_id)
    return _picture(sponsor.logo, sponsor.media_type, shared=fair.phase is not Phase.DRAFT)


@blueprint.get("/preview.png")
@public
def preview_picture() -> ResponseReturnValue:
    """Send the picture that messengers show with a link."""
    return _picture(preview_png(), "image/png", shared=True)


def _picture(data: bytes, media_type: str, *, shared: bool) -> Response:
    """Return the picture, kept for a week; a draft's only by the browser of its organiser."""
    response = make_response(data)
    response.mimetype = media_type
    response.cache_control.max_age = WEEK
    if shared:
        response.cache_control.public = True
    else:
        response.cache_control.private = True
    response.headers["Content-Disposition"] = "inline"
    response.add_etag()
    response.make_conditional(request)
    return response
