"""What a badge's QR code opens: the same page for every code."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobfair.booking.views.blueprint import blueprint
from jobfair.core.actor import Permission
from jobfair.web.access import current_actor, public


@blueprint.get("/B/<code>")
@blueprint.get("/b/<code>")
@public
def badge(code: str) -> ResponseReturnValue:  # noqa: ARG001  # every code has the same answer
    """Say what a badge is; lead those on door duty to the scanner."""
    actor = current_actor()
    if actor.may(Permission.CHECK_IN) or actor.may(Permission.BOARD):
        return redirect(url_for("checkin.index"))
    return render_template("booking/badge.html")
