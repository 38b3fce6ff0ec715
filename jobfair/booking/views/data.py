"""What is stored about a household, in words and as a file."""

from flask import Response, json, render_template
from flask.typing import ResponseReturnValue

from jobfair.booking.disclosure import disclose
from jobfair.booking.views.blueprint import blueprint
from jobfair.booking.views.opened import opened
from jobfair.fairs.context import current_fair
from jobfair.privacy.service import export_household
from jobfair.web.access import public


@blueprint.get("/my/<token>/data")
@public
def data(token: str) -> ResponseReturnValue:
    """Show everything that is stored about the household, table by table."""
    household = opened(token)
    sections = disclose(export_household(household.id), current_fair().time_zone)
    return render_template("booking/data.html", token=token, sections=sections)


@blueprint.get("/my/<token>/data.json")
@public
def data_file(token: str) -> ResponseReturnValue:
    """Hand out the same as a file that programs read."""
    content = json.dumps(export_household(opened(token).id), indent=1, ensure_ascii=False)
    response = Response(content, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="registration.json"'
    return response
