"""The organiser's area of people: its blueprint, and the words of all its pages."""

from flask import Blueprint, current_app

from jobfair.attendees.words import (
    KIND_NAMES,
    STATE_NAMES,
    STATE_SIGNS,
    language_name,
    municipality_name,
    registrar_name,
    window_name,
)
from jobfair.core.codes import group_code

blueprint = Blueprint("attendees_admin", __name__, url_prefix="/desk/<fair:fair>/people")


def page_words() -> dict[str, object]:
    """Return the words for the templates of this room."""
    return {
        "KIND_NAMES": KIND_NAMES,
        "STATE_NAMES": STATE_NAMES,
        "STATE_SIGNS": STATE_SIGNS,
        "group_code": group_code,
        "language_name": language_name,
        "municipality_name": municipality_name,
        "registrar_name": registrar_name,
        "window_name": window_name,
    }


@blueprint.app_context_processor
def _pages() -> dict[str, object]:
    """Give every template the question whether a page of another room is there."""
    return {"has_page": lambda endpoint: endpoint in current_app.view_functions}


blueprint.context_processor(page_words)
