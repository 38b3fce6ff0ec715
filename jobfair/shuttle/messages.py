"""The wording of refusals about the shuttle."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "seats_not_free": _l(
        "There are not enough free seats for that. You keep the seats that you have."
    ),
    "no_departure": _l("No bus serves this stop at that time. Please choose again."),
    "rides_requested": _l("You have asked for the bus already."),
    "departure_exists": _l("This line has a bus with this number in this direction already."),
    "departure_calls": _l("A bus needs at least one stop, and not more than %(most)s."),
    "departure_calls_twice": _l("Two rows have the same stop or the same time. Please change one."),
    "departure_late": _l("The bus reaches the fair before it has left the last stop."),
    "departure_early": _l("The bus reaches a stop before it has left the fair."),
    "departure_in_use": _l("%(people)s people ride on this bus. It can't be taken out."),
    "seats_below_taken": _l("%(taken)s seats are taken already. Please keep at least as many."),
    "stop_in_use": _l("People board or alight at %(stop)s. Please keep it among the stops."),
    "stop_exists": _l("There is a stop with this name in this municipality already."),
}
