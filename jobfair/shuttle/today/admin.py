"""The desk's pages of the buses on the day: each bus now, the way home, lists from paper."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.checkin.ports import BusNow
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import DomainError, NotFound
from jobfair.fairs.context import current_fair
from jobfair.shuttle import queries
from jobfair.shuttle.queries.home import WayHome, way_home
from jobfair.shuttle.queries.live import BusesNow, buses_now
from jobfair.shuttle.queries.ticks import tick_list
from jobfair.shuttle.service import day as service
from jobfair.shuttle.sightings import Answer
from jobfair.shuttle.today.admin_forms import AnswerForm, LateForm, TicksForm
from jobfair.shuttle.today.admin_words import ANSWERS
from jobfair.shuttle.views import bus_of
from jobfair.shuttle.words import page_words
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm, BaseForm
from jobfair.web.problems import message_of

blueprint = Blueprint("shuttle_day", __name__, url_prefix="/desk/<fair:fair>/shuttle")
blueprint.context_processor(page_words)


@blueprint.get("/live")
@requires(Permission.ORGANISE)
def live() -> ResponseReturnValue:
    """Show each bus as it stands: who is on board, how late it is, what needs somebody."""
    found = buses_now(current_fair(), clock.now())
    return render_template("shuttle/live.html", said=_said_of(found.leaving), **_live(found))


@blueprint.get("/live/part")
@requires(Permission.ORGANISE)
def live_part() -> ResponseReturnValue:
    """Give the part of the page that changes, and what is worth being said aloud."""
    found = buses_now(current_fair(), clock.now())
    html = render_template("shuttle/_live.html", **_live(found))
    return jsonify(html=html, said=_said_of(found.leaving))


@blueprint.post("/<key>/late")
@requires(Permission.ORGANISE)
def late(key: str) -> ResponseReturnValue:
    """Have a bus be later than was known."""
    form, fair, now = LateForm(), current_fair(), clock.now()
    actor, minutes, reports = current_actor(), form.minutes.data or 0, form.reports.data or 0
    _act(form, lambda: service.delay_bus(fair, key, minutes, reports, actor=actor, now=now))
    return redirect(url_for("shuttle_day.live", _anchor=f"bus-{key}"))


@blueprint.post("/<key>/left")
@requires(Permission.ORGANISE)
def left(key: str) -> ResponseReturnValue:
    """Have a return be closed, as its driver says on the phone."""
    fair, actor, now = current_fair(), current_actor(), clock.now()
    _act(ActionForm(), lambda: service.close_bus(fair, key, actor=actor, now=now))
    return redirect(url_for("shuttle_day.home", _anchor=f"bus-{key}"))


@blueprint.get("/home")
@requires(Permission.ORGANISE)
def home() -> ResponseReturnValue:
    """Show who is missing on which return, and whom somebody has to reach."""
    found = way_home(current_fair(), clock.now())
    return render_template("shuttle/home.html", said=_said(found), **_home(found))


@blueprint.get("/home/part")
@requires(Permission.ORGANISE)
def home_part() -> ResponseReturnValue:
    """Give the part of the page that changes, and what is worth being said aloud."""
    found = way_home(current_fair(), clock.now())
    return jsonify(html=render_template("shuttle/_home.html", **_home(found)), said=_said(found))


@blueprint.post("/<key>/answer")
@requires(Permission.ORGANISE)
def answer(key: str) -> ResponseReturnValue:
    """Have it be known what becomes of somebody who was missing."""
    form, fair, now = AnswerForm(), current_fair(), clock.now()
    actor, person, given = current_actor(), form.person.data or 0, form.answer.data
    _act(form, lambda: service.answer_for(fair, key, person, given, actor=actor, now=now))
    return redirect(url_for("shuttle_day.home", _anchor=f"bus-{key}"))


@blueprint.route("/<key>/ticks", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def ticks(key: str) -> ResponseReturnValue:
    """Enter the boxes that were ticked on paper."""
    fair, actor, now = current_fair(), current_actor(), clock.now()
    found = tick_list(queries.get_manifest(fair.id, key))
    form = TicksForm(fair, found.departure, [row.person.id for row in found.rows], now)
    if form.validate_on_submit():
        boarded, alighted = form.boarded.data or (), form.alighted.data or ()
        try:
            at, also = form.ticked_at, form.also
            service.tick(fair, key, boarded, alighted, at, also=also, actor=actor, now=now)
        except DomainError as refusal:
            form.refuse(message_of(refusal))
        else:
            flash(_("Saved."))
            return redirect(url_for("shuttle_day.ticks", key=key))
    status = 422 if form.is_submitted() else 200
    bus = bus_of(found.departure)
    return render_template("shuttle/ticks.html", form=form, found=found, bus=bus), status


def _act(form: BaseForm, act: Callable[[], object]) -> None:
    """Do what a button stands for; what refuses it is said on the next page."""
    if form.validate_on_submit():
        try:
            act()
        except NotFound:
            raise
        except DomainError as refusal:
            form.refuse(message_of(refusal))
    for _target, fault in form.faults:
        flash(fault, "no")


def _live(found: BusesNow) -> dict[str, Any]:
    return {"found": found, "form": LateForm(formdata=None)}


def _home(found: WayHome) -> dict[str, Any]:
    words = {"ANSWERS": ANSWERS, "Answer": Answer}
    return {"found": found, "form": ActionForm(formdata=None), **words}


def _said(found: WayHome) -> str:
    """Return what somebody who doesn't see the page must be told when it changes."""
    number = len(found.last_call) + len(found.to_reach)
    leaving = _said_of([one.now for one in found.returns if one.soon])
    if not number:
        return leaving
    reach = ngettext(
        "%(num)s person has to be reached.", "%(num)s people have to be reached.", number
    )
    return f"{leaving} {reach}".strip()


def _said_of(leaving: Sequence[BusNow]) -> str:
    """Return how many people are missing on the returns that leave soon."""
    number = sum(bus.missing for bus in leaving)
    if not number:
        return ""
    return ngettext(
        "%(num)s person is missing on a bus.", "%(num)s people are missing on buses.", number
    )
