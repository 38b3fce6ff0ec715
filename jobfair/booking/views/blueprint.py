"""The blueprint that the visitor's pages belong to, and which fairs they show."""

from flask import Blueprint

from jobfair.core.actor import Permission
from jobfair.core.errors import NotFound
from jobfair.fairs.context import current_fair
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.web.access import current_actor

blueprint = Blueprint("booking", __name__)


def visible_fair() -> Fair:
    """Return the fair in the URL; a draft exists for its organisers only."""
    fair = current_fair()
    if fair.phase is Phase.DRAFT and not current_actor().may(Permission.ORGANISE, fair.id):
        raise NotFound("fair_unknown")
    return fair
