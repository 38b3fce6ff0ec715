"""The organiser's pages about fairs: the list, a new one, facts, phases."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs import queries, service
from jobfair.fairs.admin.blueprint import attempt, blueprint, shown
from jobfair.fairs.context import current_fair
from jobfair.fairs.forms import CopyForm, FairForm, MoveForm, typed_values
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import NEWS_PHASES
from jobfair.fairs.words import PHASES, moves_from
from jobfair.web.access import current_actor, requires


@blueprint.get("/")
@requires(Permission.MAKE_FAIRS)
def index() -> ResponseReturnValue:
    """Show the fairs that the organiser may work on."""
    fairs = queries.organised_by(current_actor())
    return render_template("fairs/desk_index.html", fairs=fairs, phases=PHASES)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.MAKE_FAIRS)
def new() -> ResponseReturnValue:
    """Make a fair from nothing."""
    form = FairForm()
    actor, now = current_actor(), clock.now()
    if fair := attempt(form, lambda: service.create_fair(form.facts(), actor=actor, now=now)):
        return _made(fair)
    return shown("fairs/new.html", form, fairs=queries.organised_by(actor))


@blueprint.route("/<fair:fair>/copy", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def copy() -> ResponseReturnValue:
    """Make a fair from this one."""
    earlier = current_fair()
    form = CopyForm(data={"name": earlier.name})
    actor, now = current_actor(), clock.now()

    def make() -> Fair:
        return service.copy_fair(earlier.id, form.facts(earlier.facts), actor=actor, now=now)

    fair = attempt(form, make)
    return _made(fair) if fair else shown("fairs/copy.html", form)


def _made(fair: Fair) -> ResponseReturnValue:
    flash(gettext("The fair is made. It is a draft: only its team sees it."))
    return redirect(url_for("fairs_admin.settings", fair=fair.slug))


@blueprint.route("/<fair:fair>/settings", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def settings() -> ResponseReturnValue:
    """Change the facts of the fair."""
    fair = current_fair()
    form = FairForm(data=typed_values(fair.facts), zone=fair.time_zone)
    actor, now = current_actor(), clock.now()

    def edit() -> Fair:
        return service.edit_fair(fair.id, form.facts(fair.facts), actor=actor, now=now)

    if edited := attempt(form, edit):
        flash(gettext("Saved."))
        return redirect(url_for("fairs_admin.settings", fair=edited.slug))
    return shown(
        "fairs/settings.html",
        form,
        phases=PHASES,
        move=MoveForm(),
        moves=moves_from(fair.phase),
        has_news=fair.phase in NEWS_PHASES,
    )


@blueprint.post("/<fair:fair>/phase")
@requires(Permission.ORGANISE)
def move() -> ResponseReturnValue:
    """Move the fair on."""
    fair, form = current_fair(), MoveForm()
    actor, now = current_actor(), clock.now()
    moved = attempt(form, lambda: service.move_phase(fair.id, form.after, actor=actor, now=now))
    if moved:
        flash(str(PHASES[moved.phase]))
    for _target, fault in form.faults:
        flash(fault, "no")
    return redirect(url_for("desk.today"))
