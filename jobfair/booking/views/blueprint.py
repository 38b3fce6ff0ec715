"""The blueprint that the visitor's pages belong to, and which fairs they show."""

from typing import Any

from flask import Blueprint

from jobfair.attendees.words import LEVEL_NAMES, LICENCE_NAMES, NEED_NAMES
from jobfair.booking.rules import may_wait, suits
from jobfair.core.actor import Permission
from jobfair.core.errors import NotFound
from jobfair.core.languages import LANGUAGES
from jobfair.data.work_words import WORK_NAMES
from jobfair.fairs.context import current_fair
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.web.access import current_actor

blueprint = Blueprint("booking", __name__)
WORDS = {
    "level": LEVEL_NAMES,
    "licence": LICENCE_NAMES,
    "need": NEED_NAMES,
    "work": WORK_NAMES,
}


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"languages": LANGUAGES, "words": WORDS, "may_wait": may_wait, "suits": suits}


def visible_fair() -> Fair:
    """Return the fair in the URL; a draft exists for its organisers only."""
    fair = current_fair()
    if fair.phase is Phase.DRAFT and not current_actor().may(Permission.ORGANISE, fair.id):
        raise NotFound("fair_unknown")
    return fair
