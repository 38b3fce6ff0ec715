"""The words of the desk's pages of the day."""

from flask_babel import lazy_gettext as _l

from jobfair.shuttle.sightings import Answer

ANSWERS = {
    Answer.LATER_BUS: _l("Takes a later bus"),
    Answer.OTHERWISE: _l("Goes home otherwise"),
    Answer.REACHED: _l("Reached by phone"),
    Answer.NOT_FOUND: _l("Not found"),
}
