"""Steps of the shuttle in the caller's transaction."""

from jobfair.shuttle.operations.displacing import (
    GONE,
    Shape,
    displace,
    place_displaced,
    tell_new_times,
)
from jobfair.shuttle.operations.holding import lock_departures
from jobfair.shuttle.operations.line import list_line, promote, serve
from jobfair.shuttle.operations.offers import KEEPERS, drop_offers, propose_move
from jobfair.shuttle.operations.plans import (
    add_departures,
    add_stops,
    calls_of,
    copy_departures,
    move_departures,
    remove_departures,
)
from jobfair.shuttle.operations.seats import (
    RideWish,
    change_rides,
    enlarge,
    release,
    request_rides,
    resize,
    set_priority,
    wake,
)
from jobfair.shuttle.operations.settings import copy_settings, move_waves
from jobfair.shuttle.operations.tidings import NO_SEATS, tell_no_seats, tell_no_seats_only_bus

__all__ = [
    "GONE",
    "KEEPERS",
    "NO_SEATS",
    "RideWish",
    "Shape",
    "add_departures",
    "add_stops",
    "calls_of",
    "change_rides",
    "copy_departures",
    "copy_settings",
    "displace",
    "drop_offers",
    "enlarge",
    "list_line",
    "lock_departures",
    "move_departures",
    "move_waves",
    "place_displaced",
    "promote",
    "propose_move",
    "release",
    "remove_departures",
    "request_rides",
    "resize",
    "serve",
    "set_priority",
    "tell_new_times",
    "tell_no_seats",
    "tell_no_seats_only_bus",
    "wake",
]
