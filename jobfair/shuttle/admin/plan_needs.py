"""What a plan can't do without, and where it is said."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.fairs.models import Fair
from jobfair.shuttle import queries
from jobfair.shuttle.queries.departures import people_asking


@dataclass(frozen=True)
class Need:
    """One of the things, how it stands with it, and the page that mends it."""

    words: str
    state: str
    is_met: bool
    url: str


def needs_of(fair: Fair) -> list[Need]:
    """Return all that a plan of the fair begins with."""
    return [_place(fair), _buses(fair), _waves(fair), _stops(), _people(fair)]


def _place(fair: Fair) -> Need:
    is_met = fair.lat is not None
    state = _("known") if is_met else _("The fair has no place on the map yet.")
    return Need(_("Place of the fair"), state, is_met, url_for("fairs_admin.settings"))


def _buses(fair: Fair) -> Need:
    buses = sum(kind.count for kind in queries.list_bus_types(fair.id))
    state = ngettext("%(num)s bus", "%(num)s buses", buses)
    return Need(_("Buses that can be had"), state, buses > 0, url_for("shuttle_fleet.index"))


def _waves(fair: Fair) -> Need:
    waves = queries.list_waves(fair.id)
    there = sum(wave.arrives_at is not None for wave in waves)
    back = sum(wave.returns_at is not None for wave in waves)
    ways = [
        ngettext("%(num)s ride there", "%(num)s rides there", there),
        ngettext("%(num)s ride back", "%(num)s rides back", back),
    ]
    return Need(
        _("Times of the buses"), " · ".join(ways), bool(waves), url_for("shuttle_fleet.index")
    )


def _stops() -> Need:
    stops = queries.list_stops()
    lost = sum(stop.lat is None for stop in stops)
    state = ngettext("%(num)s stop", "%(num)s stops", len(stops))
    if lost:
        state = _(
            "%(stops)s stops; %(lost)s of them have no place on the map and are left out.",
            stops=len(stops),
            lost=lost,
        )
    return Need(_("Stops"), state, len(stops) > lost, url_for("shuttle_stops.index"))


def _people(fair: Fair) -> Need:
    people = people_asking(fair.id)
    expected = queries.settings_of(fair.id).riders
    if people:
        state = ngettext("%(num)s person has asked", "%(num)s people have asked", people)
    elif expected:
        state = _("Nobody has asked yet; you expect %(riders)s.", riders=expected)
    else:
        state = _("Nobody has asked yet; as many as last time are expected.")
    return Need(_("People who want to ride"), state, True, url_for("shuttle_fleet.limits"))
