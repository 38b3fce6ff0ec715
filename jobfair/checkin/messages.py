"""The wording of the door's refusals."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "departure_scanned": _l("Badges were scanned on this bus. It can't be taken out any more."),
    "departure_has_phones": _l(
        "A phone is set up for this bus. Please refuse it among the phones of the door first."
    ),
    "shift_over": _l("This shift is over. Please begin another."),
    "shift_under_way": _l("A shift is under way already. Please end it first."),
    "station_taken": _l("There is a station with this name already."),
    "station_used": _l(
        "Phones were paired for this station, so it stays. You can give it another name."
    ),
    "station_without_room": _l("Please choose the room whose door this is."),
    "conflict_unknown": _l("This conflict is not known here."),
}
