"""The desk's page of the door as it stands now."""

from typing import Any

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from jobfair.checkin.admin.blueprint import blueprint
from jobfair.checkin.crew import find_shift
from jobfair.checkin.live import Live, live_counts, on_duty
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs.context import current_fair
from jobfair.web.access import requires
from jobfair.web.chart import bar_chart


@blueprint.get("")
@requires(Permission.ORGANISE)
def live() -> ResponseReturnValue:
    """Show who came and is inside, by five minutes, room, station and device."""
    fair, now = current_fair(), clock.now()
    counts = live_counts(fair, now)
    shift = find_shift(fair.id, now)
    return render_template(
        "checkin/desk/live.html", shift=shift, said=_said(counts), **_figures(counts)
    )


@blueprint.get("/live")
@requires(Permission.ORGANISE)
def live_part() -> ResponseReturnValue:
    """Give the part of the page that changes, and what is worth being said aloud."""
    counts = live_counts(current_fair(), clock.now())
    html = render_template("checkin/desk/_live.html", **_figures(counts))
    return jsonify(html=html, said=_said(counts))


def _figures(live: Live) -> dict[str, Any]:
    devices = on_duty(live)
    return {
        "live": live,
        "chart": bar_chart(live.arrivals, live.forecast, live.at),
        "devices": devices,
        "unsent": sum(device.unsent for device in devices),
    }


def _said(live: Live) -> str:
    """Return what somebody who doesn't see the page must be told when it changes."""
    missing = sum(bus.missing for bus in live.leaving)
    silent = sum(device.silent for device in live.devices)
    return " ".join(
        [
            ngettext("%(num)s open conflict.", "%(num)s open conflicts.", live.conflicts)
            if live.conflicts
            else "",
            ngettext(
                "%(num)s phone keeps scans and is silent.",
                "%(num)s phones keep scans and are silent.",
                silent,
            )
            if silent
            else "",
            ngettext(
                "%(num)s person is missing on a bus.",
                "%(num)s people are missing on buses.",
                missing,
            )
            if missing
            else "",
        ]
    ).strip()
