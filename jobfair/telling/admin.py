"""The organiser's page of whom somebody must tell something."""

from flask import Blueprint

from jobfair.core.actor import Permission
from jobfair.fairs.context import current_fair
from jobfair.telling.views import Board, mount

blueprint = Blueprint("telling_admin", __name__, url_prefix="/desk/<fair:fair>")


def _board() -> Board:
    return Board(current_fair().id, "desk/base.html", "attendees_admin.household")


mount(blueprint, Permission.ORGANISE, _board)
