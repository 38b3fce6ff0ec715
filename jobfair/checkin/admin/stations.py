"""The desk's pages of the stations of a fair."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.checkin.admin.blueprint import attempt, blueprint, shown
from jobfair.checkin.crew import get_station, list_stations
from jobfair.checkin.forms import StationForm
from jobfair.checkin.models import Station
from jobfair.checkin.service import stations as service
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs.context import current_fair
from jobfair.fairs.queries import get_fair
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm

FIELDS = {"station_taken": "name", "station_without_room": "room_id"}


@blueprint.route("/stations", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def stations() -> ResponseReturnValue:
    """Show the stations of the fair and add one."""
    fair, actor, now = get_fair(current_fair().id), current_actor(), clock.now()
    form = StationForm(fair.rooms)
    if attempt(
        form, lambda: service.add_station(fair.id, form.facts, actor=actor, now=now), FIELDS
    ):
        flash(_("The station is added."))
        return redirect(url_for("door_desk.stations"))
    return shown("checkin/desk/stations.html", form, stations=list_stations(fair.id))


@blueprint.route("/stations/<int:station_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def station(station_id: int) -> ResponseReturnValue:
    """Change a station."""
    fair, actor, now = get_fair(current_fair().id), current_actor(), clock.now()
    present = get_station(fair.id, station_id)
    form = StationForm(fair.rooms, present)

    def act() -> Station:
        return service.edit_station(fair.id, station_id, form.facts, actor=actor, now=now)

    if attempt(form, act, FIELDS):
        flash(_("Saved."))
        return redirect(url_for("door_desk.stations"))
    remove = ActionForm(formdata=None)
    return shown("checkin/desk/station.html", form, station=present, remove=remove)


@blueprint.post("/stations/<int:station_id>/remove")
@requires(Permission.ORGANISE)
def remove_station(station_id: int) -> ResponseReturnValue:
    """Remove a station for which no phone was ever paired."""
    fair, form = current_fair(), ActionForm()
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: service.remove_station(fair.id, station_id, actor=actor, now=now)):
        flash(_("The station is removed."))
        return redirect(url_for("door_desk.stations"))
    for _target, fault in form.faults:
        flash(fault, "no")
    return redirect(url_for("door_desk.station", station_id=station_id))
