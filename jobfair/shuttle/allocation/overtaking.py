"""Who may take the places of others: nobody waits for somebody of lower standing.

An exact solution never needs this; the greedy and a solution that was cut off may.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from jobfair.shuttle.allocation.options import Choices, Option, holds
from jobfair.shuttle.allocation.problem import Rides
from jobfair.shuttle.allocation.room import Room

Riders = Mapping[str, list[Choices]]


def overtake(
    order: Iterable[Choices],
    choices: Mapping[str, Choices],
    room: Room,
    seated: dict[str, Rides],
) -> bool:
    """Seat who fits in place of unconfirmed riders of lower standing; tell if there were any."""
    riders, found = _riders(choices, seated), False
    for entry in order:
        if entry.request.id not in seated and max(entry.standing) > 0:
            found = _try(entry, room, seated, riders) or found
    return found


def _riders(choices: Mapping[str, Choices], seated: Mapping[str, Rides]) -> Riders:
    """Return who rides on each departure, those of the lowest standing first."""
    riders = defaultdict(list)
    for entry in sorted((choices[name] for name in seated), key=lambda entry: entry.rank)[::-1]:
        for ride in seated[entry.request.id].all():
            riders[ride.departure].append(entry)
    return riders


def _try(entry: Choices, room: Room, seated: dict[str, Rides], riders: Riders) -> bool:
    """Seat the request by removing as few people as can be from each bus; change nothing if not."""
    removed: dict[str, Rides] = {}
    losers: list[Choices] = []
    for leg in entry.legs:
        ways = [_in_the_way(entry, option, room, seated, riders) for option in leg]
        best = min((way for way in ways if way is not None), key=_people, default=None)
        if best is None:
            break
        for loser in best:
            removed[loser.request.id] = seated.pop(loser.request.id)
            room.give_back(removed[loser.request.id], loser.request)
        losers += best
    else:
        rides = room.seat(entry)
        if rides:
            seated[entry.request.id] = rides
            return True
    for loser in losers:
        room.take(removed[loser.request.id], loser.request)
    seated |= removed
    return False


def _in_the_way(
    entry: Choices, option: Option, room: Room, seated: Mapping[str, Rides], riders: Riders
) -> list[Choices] | None:
    """Return who would have to leave this bus for the request to fit; None where it wouldn't."""
    if not holds(option.departure, entry.request):
        return None
    losers: list[Choices] = []
    seats, wheelchairs = room.free[option.departure.id]
    for rider in riders.get(option.departure.id, ()):
        if seats >= entry.request.seats and wheelchairs >= entry.request.wheelchairs:
            break
        if rider.request.id in seated and rider.standing < entry.standing:
            losers.append(rider)
            seats += rider.request.seats
            wheelchairs += rider.request.wheelchairs
    fits = seats >= entry.request.seats and wheelchairs >= entry.request.wheelchairs
    return losers if fits else None


def _people(losers: Iterable[Choices]) -> int:
    return sum(loser.request.people for loser in losers)
