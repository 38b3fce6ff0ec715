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
    lock_departures,
    promote,
    release,
    request_rides,
    resize,
)

__all__ = [
    "RideWish",
    "add_departures",
    "add_stops",
    "calls_of",
    "copy_departures",
    "lock_departures",
    "move_departures",
    "promote",
    "release",
    "request_rides",
    "resize",
]
