"""The desk's page of the sample badges."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from jobfair.attendees.badges.qr import badge_url, qr_svg
from jobfair.checkin.admin.blueprint import blueprint
from jobfair.checkin.crew import find_shift
from jobfair.checkin.samples import SAMPLE_OUTCOMES
from jobfair.checkin.verdicts import VERDICTS
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.codes import group_code
from jobfair.fairs.context import current_fair
from jobfair.web.access import requires


@blueprint.get("/samples")
@requires(Permission.ORGANISE)
def samples() -> ResponseReturnValue:
    """Show three badges with which every phone is tried, and what it must answer."""
    shift = find_shift(current_fair().id, clock.now())
    base_url = current_app.config["JOBFAIR"].base_url
    cards = [
        (
            VERDICTS[outcome],
            code,
            Markup(qr_svg(badge_url(base_url, code), group_code(code))),  # noqa: S704  # drawn by us
        )
        for outcome, code in zip(SAMPLE_OUTCOMES, shift.samples if shift else (), strict=False)
    ]
    return render_template("checkin/desk/samples.html", cards=cards)
