"""The wording of refusals about the shuttle."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext


def _riders_affected(people: int, waiting: int) -> str:
    """Return how many people would lose their seats, and how many of them would wait."""
    lose = ngettext(
        "%(num)s person would lose the seat on the bus, and is told.",
        "%(num)s people would lose the seats that they have, and are told.",
        people,
    )
    wait = ngettext(
        "%(num)s of them would find no other seat at once and wait as the first in line.",
        "%(num)s of them would find no other seats at once and wait as the first in line.",
        waiting,
    )
    return " ".join((lose, wait, _("If you want that, please confirm it below.")))


MESSAGES = {
    "not_the_day": _l("This counts on the day of the fair only."),
    "late_in_all": _l("All reports together make this bus more than %(most)s minutes late."),
    "late_meanwhile": _l("Somebody has just said how late this bus is. Please look again."),
    "minutes_late": _l("A bus can be at most %(most)s minutes later than was known."),
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
    "riders_affected": _riders_affected,
    "departures_gone": _l(
        "Buses of these lines have left already: %(lines)s. They can't be taken out any more, and "
        "nobody can lose a seat there."
    ),
    "stop_exists": _l("There is a stop with this name in this municipality already."),
    "stop_used": _l("Buses halt at %(stop)s, or people want to board there. Please keep it."),
    "stop_list_bytes": _l("The list is too large. It may have %(most)s kB."),
    "stop_list_encoding": _l("The letters of this file can't be read. Please save it as CSV."),
    "stop_list_empty": _l("There is nothing in the list. Please choose a file or paste one."),
    "stop_list_columns": _l("The first row must name the columns, for example: %(columns)s."),
    "stop_list_rows": _l("The list may have %(most)s stops. Please divide it."),
    "bus_type_exists": _l("There is a kind of bus with this name already."),
    "wave_exists": _l("Somebody has just added a wave. Please look again."),
    "waves_full": _l("A fair can have %(most)s waves. Please take one out first."),
    "wave_without_time": _l("Please say when the buses arrive, when they leave, or both."),
    "wave_leaves_early": _l("The buses leave for home before they have arrived."),
    "wave_in_use": _l("Buses go in this wave, or people want to ride then. Please keep it."),
    "shuttle_settings": _l(
        "Please write a speed, a detour of at least 1 and a cost per kilometre."
    ),
    "run_open": _l("This is being worked out already. Please wait for it, or cancel it."),
    "interrupted": _l("The work was interrupted. Please begin again."),
    "optimiser_failed": _l("The optimiser ended without a result. Please begin again."),
    "no_optimiser": _l("The optimiser is not installed on this server."),
    "run_failed": _l("Something went wrong. Please begin again, or tell whoever runs the server."),
    "calls_twice": _l("The bus calls at %(stop)s already."),
    "shift_most": _l("A bus can be moved by %(most)s minutes at most."),
    "lines_full": _l("A plan can have %(most)s lines. Please take one out first."),
    "plan_changed": _l("Somebody else has changed this plan meanwhile. Please look again."),
    "plan_published": _l("This plan is the timetable, or was it. Please change a draft."),
    "plan_without_buses": _l("Please say first which buses can be had."),
    "plan_without_waves": _l("Please say first when the buses arrive and leave."),
    "plan_without_stops": _l("Please give the stops their places on the map first."),
    "plan_without_fair_place": _l("Please give the fair its place on the map first."),
    "plan_without_riders": _l("Nobody wants to ride, and no riders are expected."),
    "plan_unsound": _l(
        "Some buses of this plan can't be driven like this. Please mend them first."
    ),
    "plan_bus_used": _l(
        "These lines would not go any more, but phones are on duty there, or people were scanned: "
        "%(lines)s. Please end that first, or keep these lines."
    ),
    "plan_without_timetable": _l("There is no timetable that could become a plan."),
}
