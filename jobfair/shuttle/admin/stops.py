"""The organiser's pages about stops, which the buses of every fair use."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import DomainError
from jobfair.data.municipalities import municipality
from jobfair.shuttle import queries, service
from jobfair.shuttle.admin.pages import attempt, shown
from jobfair.shuttle.admin.stops_forms import FAULTS, StopListForm
from jobfair.shuttle.forms import StopForm
from jobfair.shuttle.models import Stop
from jobfair.shuttle.rules import StopInput
from jobfair.shuttle.stop_lists import COLUMNS, StopList, read_stops, write_rows
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm
from jobfair.web.problems import message_of
from jobfair.web.tables import csv_answer

blueprint = Blueprint("shuttle_stops", __name__, url_prefix="/desk/<fair:fair>/shuttle/stops")


@blueprint.get("")
@requires(Permission.ORGANISE)
def index() -> ResponseReturnValue:
    """Show all stops by municipality."""
    places = queries.stops_by_municipality()
    lost = [stop for _place, stops in places for stop in stops if stop.lat is None]
    return render_template("shuttle/stops.html", places=places, lost=lost)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def new() -> ResponseReturnValue:
    """Add a stop."""
    form = StopForm()
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: service.add_stop(form.plan(), actor=actor, now=now)):
        flash(_("The stop is added."))
        return redirect(url_for(".index"))
    return shown("shuttle/stop.html", form, stop=None)


@blueprint.route("/<int:stop_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def stop(stop_id: int) -> ResponseReturnValue:
    """Describe a stop anew."""
    found = queries.get_stop(stop_id)
    form = StopForm(found)
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: service.edit_stop(stop_id, form.plan(), actor=actor, now=now)):
        flash(_("Saved."))
        return redirect(url_for(".index"))
    return shown("shuttle/stop.html", form, stop=found, remove_form=ActionForm(formdata=None))


@blueprint.post("/<int:stop_id>/remove")
@requires(Permission.ORGANISE)
def remove(stop_id: int) -> ResponseReturnValue:
    """Take a stop out that nobody needs."""
    form, found = ActionForm(), queries.get_stop(stop_id)
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: service.remove_stop(found.id, actor=actor, now=now)):
        flash(_("The stop is taken out."))
        return redirect(url_for(".index"))
    for _target, fault in form.faults:
        flash(fault, "no")
    return redirect(url_for(".stop", stop_id=stop_id))


@blueprint.get("/stops.csv")
@requires(Permission.ORGANISE)
def file() -> Response:
    """Give all stops as a list for spreadsheets, which can be read again."""
    stops = [_described(stop) for stop in queries.list_stops()]
    decimal = "," if str(get_locale()) == "de" else "."
    return csv_answer("stops", COLUMNS, write_rows(stops, decimal))


@blueprint.route("/list", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def take_list() -> ResponseReturnValue:
    """Show what a list of stops holds, row by row, and take the good rows over."""
    form = StopListForm()
    found = _read(form) if form.validate_on_submit() else None
    if found is None:
        return shown("shuttle/stop_list.html", form, found=None)
    if not form.apply.data:
        return render_template("shuttle/stop_list.html", form=form, found=found, **_judged(found))
    added, changed = service.take_over_stops(found.stops, actor=current_actor(), now=clock.now())
    flash(
        ngettext(
            "The list is taken over: %(num)s new stop, %(changed)s changed.",
            "The list is taken over: %(num)s new stops, %(changed)s changed.",
            added,
            changed=changed,
        )
    )
    if not found.at_fault:
        return redirect(url_for(".index"))
    rest = _left_over(form, found)
    return shown("shuttle/stop_list.html", form, found=rest, **_judged(rest))


def _read(form: StopListForm) -> StopList | None:
    """Return the list that was sent; what makes it unreadable stands in the form."""
    try:
        return form.read()
    except DomainError as error:
        form.refuse(message_of(error), "text")
        return None


def _left_over(form: StopListForm, found: StopList) -> StopList:
    """Return the rows that were not taken over, and have them stand in the form to be mended."""
    form.text.data = found.text_of(found.at_fault)
    words = ngettext(
        "%(num)s row is not taken over. Please mend it.",
        "%(num)s rows are not taken over. Please mend them.",
        len(found.at_fault),
    )
    form.refuse(words, "text")
    return read_stops(form.text.data)


def _described(stop: Stop) -> StopInput:
    return StopInput(
        municipality=stop.municipality,
        name=stop.name,
        lat=stop.lat,
        lon=stop.lon,
        note=stop.note,
        step_free=stop.step_free,
    )


def _judged(found: StopList) -> dict[str, object]:
    """Return for each good row whether its stop is new, changed or as before; and the words."""
    known = {(one.municipality, one.name): _described(one) for one in queries.list_stops()}
    news = {
        row.number: _news(known.get((row.stop.municipality, row.stop.name)), row.stop)
        for row in found.rows
        if row.stop
    }
    return {"news": news, "faults": FAULTS, "municipality": municipality}


def _news(before: StopInput | None, after: StopInput) -> str:
    if before is None:
        return _("new")
    return _("unchanged") if before == after else _("changed")
