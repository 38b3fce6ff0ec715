"""The public timetable, and the lists of those who go along on the buses."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import NotFound
from jobfair.fairs.context import current_fair
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.shuttle import gtfs, paper, queries
from jobfair.shuttle import map as maps
from jobfair.shuttle.models import Departure
from jobfair.shuttle.rules import Direction, departure_key
from jobfair.shuttle.words import page_words
from jobfair.web.access import current_actor, public, requires
from jobfair.web.links import absolute

blueprint = Blueprint("shuttle", __name__)
blueprint.context_processor(page_words)
blueprint.add_app_template_filter(paper.listed_name)
blueprint.add_app_template_filter(maps.stroke_of, "line_stroke")
COLOURS = 8


@dataclass(frozen=True)
class Bus:
    """A departure as a list shows it: when it leaves where, and when it arrives."""

    departure: Departure
    leaves_at: datetime
    arrives_at: datetime


@blueprint.app_template_filter()
def line_class(line: int) -> str:
    """Return the class that gives a line its colour; the number stays its name."""
    return f"l{(line - 1) % COLOURS + 1}"


@blueprint.app_template_filter()
def bus_key(departure: Departure) -> str:
    """Return what names the departure in an address."""
    return departure_key(departure.direction, departure.line, departure.wave)


@blueprint.get("/<fair:fair>/shuttle")
@public
def timetable_page() -> ResponseReturnValue:
    """Show all lines with their stops and times."""
    fair = current_fair()
    if fair.phase is Phase.DRAFT and not current_actor().may(Permission.ORGANISE, fair.id):
        raise NotFound("fair_unknown")
    lines = queries.timetable(fair.id)
    stops = [stop for line in lines for stop in line.stops]
    places = sorted({(stop.municipality_name, stop.municipality) for stop in stops})
    return render_template(
        "shuttle/timetable.html",
        lines=lines,
        places=places,
        drawing=_drawing(fair, lines),
        now=clock.now(),
    )


@blueprint.get("/<fair:fair>/shuttle/gtfs.zip")
@public
def gtfs_feed() -> ResponseReturnValue:
    """Give the timetable to journey planners, where there is one."""
    fair = current_fair()
    departures = queries.list_departures(fair.id)
    if fair.phase is Phase.DRAFT or not departures or fair.lat is None or fair.lon is None:
        raise NotFound("not_found")
    operator = current_app.config["JOBFAIR"]
    phone, email = fair.phone or operator.operator_phone, fair.email or operator.operator_email
    address = absolute("shuttle.timetable_page", fair=fair.slug)
    publisher = gtfs.Publisher(operator.operator_name, address, phone, email)
    venue = gtfs.Venue(fair.slug, fair.venue, fair.lat, fair.lon, fair.time_zone)
    response = Response(gtfs.feed(publisher, venue, departures), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{fair.slug}-gtfs.zip"'
    return response


def _drawing(fair: Fair, lines: list[queries.LineTimes]) -> maps.Drawing | None:
    """Return the map of the timetable; None where nobody has said where the fair is."""
    if fair.lat is None or fair.lon is None:
        return None
    drawn = [
        maps.Line(
            line.line,
            tuple(maps.Halt(stop.name, *stop.place) for stop in line.stops if stop.place),
        )
        for line in lines
    ]
    return maps.draw(drawn, maps.Halt(fair.venue, fair.lat, fair.lon))


@blueprint.get("/door/<fair:fair>/buses")
@requires(Permission.BOARD)
def departures() -> ResponseReturnValue:
    """Show the buses, those that leave next first, then those that have left."""
    buses = sorted(map(bus_of, queries.list_departures(current_fair().id)), key=_leaving)
    now = clock.now()
    coming = [bus for bus in buses if bus.leaves_at >= now]
    gone = [bus for bus in buses if bus.leaves_at < now]
    organises = current_actor().may(Permission.ORGANISE, current_fair().id)
    return render_template("shuttle/departures.html", coming=coming, gone=gone, organises=organises)


@blueprint.get("/door/<fair:fair>/buses/<key>")
@requires(Permission.BOARD)
def manifest(key: str) -> ResponseReturnValue:
    """Show who rides on a bus, stop by stop."""
    found = queries.get_manifest(current_fair().id, key)
    return render_template("shuttle/manifest.html", manifest=found, bus=bus_of(found.departure))


@blueprint.get("/door/<fair:fair>/buses/<key>/manifest.pdf")
@requires(Permission.BOARD)
def manifest_pdf(key: str) -> ResponseReturnValue:
    """Give the same list as paper."""
    fair = current_fair()
    found = queries.get_manifest(fair.id, key)
    document = paper.manifest_paper(fair, found, clock.now())
    response = Response(document, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="bus-{key}.pdf"'
    return response


def bus_of(departure: Departure) -> Bus:
    """Return when the departure leaves its first stop and arrives at its last."""
    if departure.direction is Direction.OUT:
        return Bus(departure, departure.calls[0].at, departure.fair_at)
    return Bus(departure, departure.fair_at, departure.calls[-1].at)


def _leaving(bus: Bus) -> tuple[datetime, int]:
    return (bus.leaves_at, bus.departure.line)
