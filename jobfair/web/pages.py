"""Pages that belong to the house: imprint, privacy, accessibility, health."""

import sqlalchemy as sa
from flask import Blueprint, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from jobfair.core.db import session
from jobfair.web.access import public

blueprint = Blueprint("pages", __name__)


@blueprint.get("/imprint")
@public
def imprint() -> str:
    """Show who runs this."""
    return render_template("pages/imprint.html")


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """Show what is stored, why and for how long."""
    return render_template("pages/privacy.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """Show how accessible this is and whom to tell about barriers."""
    return render_template("pages/accessibility.html")


@blueprint.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Say that the database answers too."""
    session().execute(sa.select(1))
    return jsonify(status="ok")


@blueprint.app_context_processor
def _operator() -> dict[str, object]:
    config = current_app.config["JOBFAIR"]
    return {"operator": config}
