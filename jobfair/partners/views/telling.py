"""Whom a partner must tell something: the desk's list, of their own people only."""

from jobfair.core.actor import Permission
from jobfair.partners.blueprint import partner
from jobfair.partners.pages import mine
from jobfair.telling.views import Board, mount


def _board() -> Board:
    own = mine()
    return Board(own.fair.id, "desk/base.html", "partners.household", own.partner_id)


mount(partner, Permission.HELP, _board)
