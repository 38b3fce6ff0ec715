"""How late a bus is at each of its calls, and at the fair."""

from collections.abc import Iterable

from jobfair.shuttle.rules import Direction

MINUTES_MOST = 120
Late = tuple[int, int]  # the position of the first call that is affected, and by how many minutes


def fair_position(direction: Direction, calls: int) -> int:
    """Return the position of the fair: after the last call on the way out, else before the first.

    Nothing that is said of a later call changes when a bus leaves for home.
    """
    return calls if direction is Direction.OUT else -1


def first_position(direction: Direction) -> int:
    """Return the position where the bus sets off: its first call, or the fair."""
    return min(0, fair_position(direction, 0))


def late_at(lates: Iterable[Late], position: int) -> int:
    """Return how many minutes late the bus is at that position; it is never early."""
    return max(0, sum(minutes for first, minutes in lates if first <= position))
