"""What a household can expect before it registers: places, or the waiting list and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.places.line import line_of, room_of
from jobfair.places.rules import Entry, Reason, Room, reason_of, serve

NEWCOMER = 0


@dataclass(frozen=True)
class Outlook:
    """How many places are free for so many people, behind how many households they would wait.

    `reason` is why they would wait, None where they would have places at once. `most` is how
    many people could ever have places.
    """

    people: int
    free: int
    most: int
    ahead: int
    reason: Reason | None
    closed: bool

    @property
    def waits(self) -> bool:
        """Tell whether the household would wait."""
        return self.closed or self.reason is not None


@dataclass(frozen=True)
class Places:
    """How many places a fair has, and how many of them are free."""

    free: int
    all: int


def places_of(fair: Fair, windows: Sequence[ArrivalWindow]) -> Places:
    """Return the fair's places: where there are arrival windows, no more than those have."""
    free, most = fair.capacity - fair.places_taken, fair.capacity
    if windows:
        free = min(free, sum(window.capacity - window.taken for window in windows))
        most = min(most, sum(window.capacity for window in windows))
    return Places(free, most)


def outlooks_of(
    fair: Fair, windows: Sequence[ArrivalWindow], people: int, *, closed: bool = False
) -> dict[int | None, Outlook]:
    """Return what so many people can expect in each window, under None where there is none.

    Once registration is `closed` they would wait in any case.
    """
    wishes: list[int | None] = [*(window.id for window in windows)] or [None]
    return _outlooks(fair, windows, people, wishes, closed)


def outlook_in(
    window_id: int | None, fair: Fair, windows: Sequence[ArrivalWindow], people: int
) -> Outlook:
    """Return what so many people can expect in that one of the fair's windows."""
    return _outlooks(fair, windows, people, [window_id], closed=False)[window_id]


def _outlooks(
    fair: Fair,
    windows: Sequence[ArrivalWindow],
    people: int,
    wishes: Sequence[int | None],
    closed: bool,
) -> dict[int | None, Outlook]:
    line = line_of(fair.id).entries
    room = room_of(fair, {window.id: window for window in windows})
    return {wish: _outlook(Entry(NEWCOMER, people, wish), line, room, closed) for wish in wishes}


def _outlook(entry: Entry, line: Sequence[Entry], room: Room, closed: bool) -> Outlook:
    grants = serve((*line, entry), room).grants
    served = any(grant.entry is entry and not grant.is_offer for grant in grants)
    free, most = room.free, room.capacity
    if entry.window_id is not None:
        free = min(free, room.windows[entry.window_id])
        most = min(most, room.window_capacities[entry.window_id])
    reason = None if served else reason_of(entry, room, offered=False)
    return Outlook(entry.people, free, most, len(line), reason, closed)
