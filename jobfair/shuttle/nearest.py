"""The rule by which one household gets its seats while it waits for the answer."""

from collections.abc import Collection

from jobfair.shuttle.allocation.options import Choices, Option, rides_of
from jobfair.shuttle.allocation.problem import Ride, Rides
from jobfair.shuttle.allocation.room import Room


def seat_nearest(entry: Choices, room: Room, own: Collection[Ride] = ()) -> Rides | None:
    """Take the places nearest to the wish on every ride; None where one of them has no room.

    The nearest wave comes first, then the own stop, then a ride of one's own, then most room.
    """
    chosen = []
    for leg in entry.legs:
        fitting = [option for option in leg if room.fits(option, entry.request)]
        if not fitting:
            return None
        chosen.append(min(fitting, key=lambda option: _distance(option, room, own)))
    rides = rides_of(chosen)
    room.take(rides, entry.request)
    return rides


def _distance(option: Option, room: Room, own: Collection[Ride]) -> tuple[int, bool, int, int, str]:
    name = option.departure.id
    seats, wheelchairs = room.free[name]
    return option.deviation, option.ride not in own, -seats, -wheelchairs, name
