"""Use cases of the shuttle."""

from jobfair.shuttle.service.departures import add_departure, edit_departure, remove_departure
from jobfair.shuttle.service.stops import add_stop, edit_stop, remove_stop, take_over_stops

__all__ = [
    "add_departure",
    "add_stop",
    "edit_departure",
    "edit_stop",
    "remove_departure",
    "remove_stop",
    "take_over_stops",
]
