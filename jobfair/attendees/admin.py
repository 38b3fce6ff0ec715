"""The organiser's pages about people: list, household, cancelling, forgetting, export."""

import io
from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees import queries
from jobfair.attendees.forms import FilterForm, HouseholdForm, done
from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.operations import coming
from jobfair.attendees.queries import SEARCH_MOST, Filters
from jobfair.attendees.rules import can_cancel
from jobfair.attendees.service import (
    Correction,
    cancel,
    cancel_one,
    correct,
    export_people,
    new_badge,
    renew_link,
)
from jobfair.attendees.spreadsheet import as_workbook, people_head, people_rows
from jobfair.attendees.words import (
    KIND_NAMES,
    STATE_NAMES,
    STATE_SIGNS,
    language_name,
    municipality_name,
    registrar_name,
    window_name,
)
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.codes import group_code
from jobfair.core.errors import NotFound
from jobfair.core.text import clean_line
from jobfair.fairs.context import current_fair
from jobfair.fairs.queries import list_windows
from jobfair.privacy.service import erase_household
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm, BaseForm
from jobfair.web.ids import row_id
from jobfair.web.links import token_for
from jobfair.web.tables import csv_answer

blueprint = Blueprint("attendees_admin", __name__, url_prefix="/desk/<fair:fair>/people")
ON_PAGE = 50
PAGES_MOST = 100_000
METHODS = ["GET", "POST"]
TEXT = "text"
FILTERS = (TEXT, "spoken", "municipality", "state", "kind", "window", "by", "bus")


@blueprint.app_context_processor
def _pages() -> dict[str, object]:
    return {"has_page": lambda endpoint: endpoint in current_app.view_functions}


@blueprint.context_processor
def _words() -> dict[str, object]:
    return {
        "KIND_NAMES": KIND_NAMES,
        "STATE_NAMES": STATE_NAMES,
        "STATE_SIGNS": STATE_SIGNS,
        "registrar_name": registrar_name,
        "window_name": window_name,
        "language_name": language_name,
        "municipality_name": municipality_name,
        "group_code": group_code,
    }


@blueprint.get("")
@requires(Permission.ORGANISE)
def people() -> ResponseReturnValue:
    """Show who is registered, as searched and narrowed."""
    fair = current_fair()
    number = min(max(request.args.get("page", 1, type=int), 1), PAGES_MOST)
    total, found = queries.list_people(
        fair.id, _filters(), limit=ON_PAGE, offset=(number - 1) * ON_PAGE
    )
    kept: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    if number > 1 and not found:
        return redirect(url_for("attendees_admin.people", **kept))
    return render_template(
        "attendees/people.html",
        form=FilterForm(fair, queries.filter_choices(fair.id), request.args),
        print_form=ActionForm(),
        people=found,
        total=total,
        totals=queries.totals(fair.id),
        number=number,
        pages=max(-(-total // ON_PAGE), 1),
        kept=kept,
    )


@blueprint.get("/people.<any(csv, xlsx):suffix>")
@requires(Permission.ORGANISE)
def export(suffix: str) -> ResponseReturnValue:
    """Hand out the list as it is narrowed."""
    fair = current_fair()
    found = export_people(fair.id, _filters(), actor=current_actor(), now=clock.now())
    name, head, rows = f"{fair.slug}-people", people_head(), people_rows(found, fair.time_zone)
    if suffix == "csv":
        return csv_answer(name, head, rows)
    book = io.BytesIO(as_workbook(_("People"), head, rows))
    return send_file(book, download_name=f"{name}.xlsx", as_attachment=True)


@blueprint.route("/<int:household_id>", methods=METHODS)
@requires(Permission.ORGANISE)
def household(household_id: int) -> ResponseReturnValue:
    """Show a household and take corrections."""
    found, fair = _household(household_id), current_fair()
    form = HouseholdForm(found, list_windows(fair.id), fair.time_zone)
    if done(form, lambda: _correct(found, form)):
        flash(_("The changes are stored."))
        return redirect(url_for("attendees_admin.household", household_id=household_id))
    found = _household(household_id)
    return _show(
        "attendees/household.html",
        form,
        household=found,
        token=token_for("my", found.id, found.link_version),
        coming=coming(found),
        can_cancel=can_cancel(fair.phase, fair.ends_at, clock.now()),
    )


@blueprint.route("/<int:household_id>/link", methods=METHODS)
@requires(Permission.ORGANISE)
def link(household_id: int) -> ResponseReturnValue:
    """Ask whether the link on the printed sheet is to die, and have another one."""
    found, form = _household(household_id), ActionForm()
    if done(form, lambda: renew_link(household_id, actor=current_actor(), now=clock.now())):
        flash(_("There is a new link. Please print the sheet again."))
        return redirect(url_for("attendees_admin.household", household_id=household_id))
    return _show("attendees/link.html", form, household=found)


@blueprint.route("/<int:household_id>/badge/<int:number>", methods=METHODS)
@requires(Permission.ORGANISE)
def badge(household_id: int, number: int) -> ResponseReturnValue:
    """Ask whether a person's badge is to be replaced, and do it; `number` counts from 1."""
    person, form = _coming_person(household_id, number), ActionForm()
    name = person.latin_name
    if done(
        form, lambda: new_badge(household_id, number - 1, actor=current_actor(), now=clock.now())
    ):
        flash(_("%(name)s has a new badge. Please print the sheet again.", name=name))
        return redirect(url_for("attendees_admin.household", household_id=household_id))
    return _show("attendees/badge.html", form, household=_household(household_id), person=person)


@blueprint.route("/<int:household_id>/cancel", methods=METHODS)
@requires(Permission.ORGANISE)
def cancel_household(household_id: int) -> ResponseReturnValue:
    """Ask whether the household doesn't come any more, and do it."""
    _household(household_id)
    form = ActionForm()
    if done(form, lambda: cancel(household_id, actor=current_actor(), now=clock.now())):
        flash(_("The household is cancelled."))
        return redirect(url_for("attendees_admin.household", household_id=household_id))
    found = _household(household_id)
    return _show("attendees/cancel.html", form, household=found, leaving=coming(found))


@blueprint.route("/<int:household_id>/cancel/<int:number>", methods=METHODS)
@requires(Permission.ORGANISE)
def cancel_person(household_id: int, number: int) -> ResponseReturnValue:
    """Ask whether a person doesn't come any more, and do it; `number` counts from 1."""
    person, form = _coming_person(household_id, number), ActionForm()
    name = person.latin_name
    if done(
        form, lambda: cancel_one(household_id, number - 1, actor=current_actor(), now=clock.now())
    ):
        flash(_("%(name)s does not come any more.", name=name))
        return redirect(url_for("attendees_admin.household", household_id=household_id))
    leaving = [_coming_person(household_id, number)]
    return _show("attendees/cancel.html", form, household=_household(household_id), leaving=leaving)


@blueprint.route("/<int:household_id>/forget", methods=METHODS)
@requires(Permission.ORGANISE)
def forget(household_id: int) -> ResponseReturnValue:
    """Ask whether all that is known of the household is to be deleted, and do it."""
    _household(household_id)
    form = ActionForm()
    if done(form, lambda: erase_household(household_id, current_actor(), clock.now())):
        flash(_("The household is forgotten. The counts stay."))
        return redirect(url_for("attendees_admin.people"))
    found = _household(household_id)
    return _show("attendees/forget.html", form, household=found, coming=coming(found))


def _household(household_id: int) -> Household:
    """Return the household of this fair; raise NotFound."""
    found = queries.get_whole_household(household_id)
    if found.fair_id != current_fair().id or found.erased_at is not None:
        raise NotFound("not_found")
    return found


def _coming_person(household_id: int, number: int) -> Attendee:
    """Return the person of the household that still comes; raise NotFound."""
    for person in coming(_household(household_id)):
        if person.position == number - 1:
            return person
    raise NotFound("not_found")


def _correct(found: Household, form: HouseholdForm) -> None:
    correct(
        found.id,
        Correction(
            lang=form.lang.data,
            municipality=form.municipality.data,
            email=form.email.data or "",
            phone=form.phone.data or "",
            people=form.corrected(found.people),
            window_id=form.chosen_window,
        ),
        actor=current_actor(),
        now=clock.now(),
    )


def _filters() -> Filters:
    """Return what was asked for; a text of invisible characters finds nobody, so it stays."""
    said = {
        name: clean_line(request.args.get(name, ""), SEARCH_MOST)
        for name in FILTERS
        if name != TEXT
    }
    return Filters(
        text=request.args.get(TEXT, ""),
        spoken=said["spoken"],
        municipality=said["municipality"],
        state=said["state"],
        kind=said["kind"],
        window_id=request.args.get("window", type=row_id),
        by=said["by"],
        partner_id=request.args.get("by", type=row_id),
        bus=said["bus"],
    )


def _show(template: str, form: BaseForm, **values: object) -> ResponseReturnValue:
    return render_template(template, form=form, **values), 422 if form.faults else 200
