"""How much room a bus has for people who have no seat on it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Listed:
    """Somebody on the list of a bus: where they get on, and how it stands with them.

    `halt` counts the places where people get on, from 0; None means that it isn't known. Who is
    `elsewhere` is known not to come: on another bus, or gone.
    """

    halt: int | None
    boarded: bool
    seated: bool = True
    elsewhere: bool = False
    wheelchair: bool = False


def room_left(seats: int, listed: Iterable[Listed], *, closed: bool) -> int:
    """Return how many seats are free for people added on the spot.

    Kept free are the seats of those who may still come to theirs: at the last halt where somebody
    with a seat got on, or after it, until the bus is closed. Wheelchair places are no seats.
    """
    sitting = [one for one in listed if not one.wheelchair]
    reached = max((one.halt or 0 for one in sitting if one.boarded and one.seated), default=0)
    on_board = sum(one.boarded for one in sitting)
    kept = 0 if closed else sum(_may_come(one, reached) for one in sitting)
    return max(0, seats - on_board - kept)


def _may_come(one: Listed, reached: int) -> bool:
    awaited = one.seated and not one.boarded and not one.elsewhere
    return awaited and (one.halt is None or one.halt >= reached)
