"""How far a run of an optimiser is, on the pages that wait for it."""

from flask import jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from jobfair.shuttle.admin.plan_words import run_words
from jobfair.shuttle.models import ShuttleRun
from jobfair.shuttle.service import runs
from jobfair.web.forms import ActionForm


def run_values(latest: ShuttleRun | None, page: str) -> dict[str, object]:
    """Return what `shuttle/_run.html` shows of the run on the page of that endpoint."""
    return {
        "run": latest,
        "run_words": run_words(latest) if latest else "",
        "is_open": _is_open(latest),
        "action_form": ActionForm(formdata=None),
        "run_cancel": url_for(".cancel"),
        "run_again": url_for(page),
    }


def told_progress(latest: ShuttleRun | None, page: str) -> ResponseReturnValue:
    """Give the part of the page that changes; once the run is over, the address of the new page.

    The address differs from the page's own, so that browsers load it, and leads to the result.
    """
    if latest and not _is_open(latest):
        return jsonify(next=url_for(page, run=latest.id, _anchor="result"))
    values = run_values(latest, page)
    html = render_template("shuttle/_run.html", **values)
    return jsonify(html=html, said=values["run_words"])


def _is_open(run: ShuttleRun | None) -> bool:
    return run is not None and run.state in runs.OPEN
