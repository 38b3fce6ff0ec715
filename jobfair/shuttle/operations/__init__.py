"""Steps of the shuttle in the caller's transaction."""

from jobfair.shuttle.operations.plans import (
    add_departures,
    add_stops,
    calls_of,
    copy_departures,
    move_departures,
)
from jobfair.shuttle.operations.seats import (
    RideWish,
    change_rides,
    enlarge,
    lock_departures,
    promote,
    release,
    request_rides,
    resize,
    wake,
)
from jobfair.shuttle.operations.settings import copy_settings, move_waves

__all__ = [
    "RideWish",
    "add_departures",
    "add_stops",
    "calls_of",
    "change_rides",
    "copy_departures",
    "copy_settings",
    "enlarge",
    "lock_departures",
    "move_departures",
    "move_waves",
    "promote",
    "release",
    "request_rides",
    "resize",
    "wake",
]
