"""Public pages of fairs: the list of those to come."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from jobfair.core import clock
from jobfair.fairs import queries
from jobfair.web.access import public

blueprint = Blueprint("fairs", __name__)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Show the fairs to come."""
    return render_template("fairs/index.html", fairs=queries.list_public_fairs(clock.now()))
