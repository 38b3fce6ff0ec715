"""The ways in: partners to what is theirs, organisers at the desk to everybody's, and before."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobfair.accounts.queries import find_membership
from jobfair.core.actor import Actor, Permission
from jobfair.core.errors import Forbidden
from jobfair.fairs.context import current_fair
from jobfair.fairs.models import Fair
from jobfair.web.access import current_actor, requires

partner = Blueprint("partners", __name__, url_prefix="/partner/<fair:fair>")
partners_desk = Blueprint("partners_desk", __name__, url_prefix="/desk/<fair:fair>")
organisations = Blueprint("organisations", __name__, url_prefix="/desk/<fair:fair>/partners")
entrance = Blueprint("entrance", __name__)

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Workplace:
    """Where somebody works: the fair, and the partner whose people they see, None at the desk."""

    fair: Fair
    partner_id: int | None
    actor: Actor


def workplace() -> Workplace:
    """Return where this request works; raise Forbidden where a membership has ended."""
    fair, actor = current_fair(), current_actor()
    if request.blueprint == partners_desk.name:
        return Workplace(fair, None, actor)
    member = None if actor.id is None else find_membership(actor.id, fair.id)
    if member is None:
        raise Forbidden("not_allowed")
    return Workplace(fair, member.partner_id, actor)


def at_both(rule: str, *methods: str) -> Callable[[View], View]:
    """Serve the view under both; its links name endpoints as `.name` to stay where they are."""

    def register(view: View) -> View:
        for blueprint, permission in (
            (partner, Permission.HELP),
            (partners_desk, Permission.ORGANISE),
        ):
            guarded = requires(permission)(view)
            blueprint.add_url_rule(rule, view.__name__, guarded, methods=list(methods))
        return view

    return register
