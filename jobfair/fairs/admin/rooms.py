"""The organiser's pages about the rooms of a fair."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs import queries
from jobfair.fairs.admin.blueprint import attempt, blueprint, shown
from jobfair.fairs.context import current_fair
from jobfair.fairs.forms import RoomForm
from jobfair.fairs.models import Room
from jobfair.fairs.service import rooms
from jobfair.web.access import current_actor, requires


@blueprint.route("/<fair:fair>/settings/rooms", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def rooms_page() -> ResponseReturnValue:
    """Show the rooms of the fair and add one."""
    fair, form = current_fair(), RoomForm()
    actor, now = current_actor(), clock.now()

    def act() -> Room:
        return rooms.add_room(fair.id, form.text, form.capacity.data, actor=actor, now=now)

    if attempt(form, act):
        return redirect(url_for("fairs_admin.rooms_page"))
    return shown("fairs/rooms.html", form, rooms=queries.get_fair(fair.id).rooms)


@blueprint.route("/<fair:fair>/settings/rooms/<int:room_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def room(room_id: int) -> ResponseReturnValue:
    """Change or remove a room."""
    fair = current_fair()
    present = queries.get_room(fair.id, room_id)
    form = RoomForm(obj=present)
    actor, now = current_actor(), clock.now()

    def act() -> Room:
        if request.form.get("do") == "remove":
            return rooms.remove_room(fair.id, room_id, actor=actor, now=now)
        facts = (form.text, form.capacity.data)
        return rooms.edit_room(fair.id, room_id, *facts, actor=actor, now=now)

    if attempt(form, act):
        return redirect(url_for("fairs_admin.rooms_page"))
    return shown("fairs/room.html", form, room=present)
