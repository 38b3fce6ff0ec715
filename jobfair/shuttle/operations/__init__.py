"""Steps of the shuttle in the caller's transaction."""

from jobfair.shuttle.operations.holding import lock_departures
from jobfair.shuttle.operations.line import promote
from jobfair.shuttle.operations.offers import KEEPERS, drop_offers
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
    release,
    request_rides,
    resize,
    set_priority,
    wake,
)
from jobfair.shuttle.operations.settings import copy_settings, move_waves

__all__ = [
    "KEEPERS",
    "RideWish",
    "add_departures",
    "add_stops",
    "calls_of",
    "change_rides",
    "copy_departures",
    "copy_settings",
    "drop_offers",
    "enlarge",
    "lock_departures",
    "move_departures",
    "move_waves",
    "promote",
    "release",
    "request_rides",
    "resize",
    "set_priority",
    "wake",
]
