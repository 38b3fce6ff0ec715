"""The organiser's pages about fairs: the list, a new one, facts, rooms, texts, phases."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.errors import DomainError
from jobfair.core.languages import DEFAULT_LANGUAGE, LANGUAGES, UI_LANGUAGES
from jobfair.fairs import queries, service
from jobfair.fairs.context import current_fair
from jobfair.fairs.forms import CopyForm, FairForm, MoveForm, RoomForm, TextsForm, typed_values
from jobfair.fairs.models import Fair, Room
from jobfair.fairs.rules import TextKey
from jobfair.fairs.service import rooms
from jobfair.fairs.words import OURS, PHASES, moves_from
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import BaseForm
from jobfair.web.problems import message_of

blueprint = Blueprint("fairs_admin", __name__, url_prefix="/desk")
T = TypeVar("T")
FIELDS = {"slug_taken": "slug", "capacity_below_taken": "capacity", "room_taken": "name"}


def attempt(form: BaseForm, act: Callable[[], T]) -> T | None:
    """Return what the act gives if the form was sent; what refuses it stands in the form."""
    if not form.validate_on_submit():
        return None
    try:
        return act()
    except DomainError as error:
        field = FIELDS.get(error.code, "")
        form.refuse(message_of(error), field if field in form else None)
        return None


def shown(template: str, form: BaseForm, **values: object) -> ResponseReturnValue:
    """Return the page of the form, which was refused if it has been sent."""
    return render_template(template, form=form, **values), 422 if form.is_submitted() else 200


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
        "fairs/settings.html", form, phases=PHASES, move=MoveForm(), moves=moves_from(fair.phase)
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


@blueprint.route("/<fair:fair>/settings/rooms", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def rooms_page() -> ResponseReturnValue:
    """Show the rooms of the fair and add one."""
    fair, form = current_fair(), RoomForm()
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: rooms.add_room(fair.id, form.text, actor=actor, now=now)):
        return redirect(url_for("fairs_admin.rooms_page"))
    return shown("fairs/rooms.html", form, rooms=queries.get_fair(fair.id).rooms)


@blueprint.route("/<fair:fair>/settings/rooms/<int:room_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def room(room_id: int) -> ResponseReturnValue:
    """Rename or remove a room."""
    fair = current_fair()
    present = queries.get_room(fair.id, room_id)
    form = RoomForm(data={"name": present.name})
    actor, now = current_actor(), clock.now()

    def act() -> Room:
        if request.form.get("do") == "remove":
            return rooms.remove_room(fair.id, room_id, actor=actor, now=now)
        return rooms.rename_room(fair.id, room_id, form.text, actor=actor, now=now)

    if attempt(form, act):
        return redirect(url_for("fairs_admin.rooms_page"))
    return shown("fairs/room.html", form, room=present)


@blueprint.route("/<fair:fair>/settings/texts", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def texts() -> ResponseReturnValue:
    """Write the texts of the fair in one language."""
    fair = current_fair()
    wanted = request.args.get("text_lang")
    lang = wanted if wanted in UI_LANGUAGES else DEFAULT_LANGUAGE
    form = TextsForm(data=queries.own_texts(fair.id, lang))
    actor, now = current_actor(), clock.now()

    def write() -> Fair:
        return service.write_texts(fair.id, lang, form.words(), actor=actor, now=now)

    if attempt(form, write):
        flash(gettext("Saved."))
        return redirect(url_for("fairs_admin.texts", text_lang=lang))
    return shown(
        "fairs/texts.html",
        form,
        text_language=LANGUAGES[lang],
        languages=[LANGUAGES[code] for code in UI_LANGUAGES],
        ours=_ours(lang),
    )


def _ours(lang: str) -> dict[TextKey, str]:
    """Return our wording, which stands where the organiser wrote nothing."""
    with force_locale(lang):
        return {key: str(words) for key, words in OURS.items()}
