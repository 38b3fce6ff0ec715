"""The words for directions and ways, as pages and papers use them."""

from flask_babel import lazy_gettext as _l

from jobfair.shuttle.rules import Direction, Ways

DIRECTIONS = {
    Direction.OUT: _l("To the fair"),
    Direction.BACK: _l("Back home"),
}
WAYS = {
    Ways.BOTH: _l("There and back"),
    Ways.OUT: _l("Only to the fair"),
    Ways.BACK: _l("Only back home"),
}


def page_words() -> dict[str, object]:
    """Return these words for the templates of this room."""
    return {"DIRECTIONS": DIRECTIONS, "WAYS": WAYS, "Direction": Direction}
