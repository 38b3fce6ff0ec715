"""The organiser's pages about buses: all with their load, each to be changed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs.context import current_fair
from jobfair.shuttle import queries, service
from jobfair.shuttle.admin.pages import attempt, shown
from jobfair.shuttle.forms import DepartureForm, RemoveForm
from jobfair.shuttle.rules import Direction
from jobfair.shuttle.views import bus_of
from jobfair.shuttle.words import page_words
from jobfair.web.access import current_actor, requires

blueprint = Blueprint("shuttle_admin", __name__, url_prefix="/desk/<fair:fair>/shuttle")
blueprint.context_processor(page_words)


@blueprint.get("/")
@requires(Permission.ORGANISE)
def index() -> ResponseReturnValue:
    """Show the buses with their load."""
    fair_id = current_fair().id
    buses = [bus_of(departure) for departure in queries.list_departures(fair_id)]
    return render_template(
        "shuttle/index.html",
        counts=queries.counts(fair_id),
        buses={way: [bus for bus in buses if bus.departure.direction is way] for way in Direction},
        groups=queries.group_wishes(fair_id),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def new() -> ResponseReturnValue:
    """Add a bus."""
    fair = current_fair()
    form = DepartureForm(fair, queries.list_stops())
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: service.add_departure(fair.id, form.plan(), actor=actor, now=now)):
        flash(_("The bus is added."))
        return redirect(url_for("shuttle_admin.index"))
    return shown("shuttle/departure.html", form, departure=None)


@blueprint.route("/<key>", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def departure(key: str) -> ResponseReturnValue:
    """Change the seats, times and stops of a bus."""
    fair = current_fair()
    found = queries.get_departure(fair.id, key)
    form = DepartureForm(fair, queries.list_stops(), found)
    actor, now = current_actor(), clock.now()
    if attempt(
        form,
        lambda: service.edit_departure(
            found.id, form.plan(found), actor=actor, now=now, people=form.people.data or 0
        ),
    ):
        flash(_("Saved."))
        return redirect(url_for("shuttle_admin.index"))
    return shown("shuttle/departure.html", form, departure=found)


@blueprint.route("/<key>/remove", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def remove(key: str) -> ResponseReturnValue:
    """Take a bus out, after it was said how many ride on it."""
    found = queries.get_departure(current_fair().id, key)
    form = RemoveForm()
    actor, now = current_actor(), clock.now()
    if attempt(
        form,
        lambda: service.remove_departure(
            found.id, actor=actor, now=now, people=form.people.data or 0
        ),
    ):
        flash(_("The bus is taken out."))
        return redirect(url_for("shuttle_admin.index"))
    return shown("shuttle/remove.html", form, departure=found)
