"""Decisions about who gets places: the waiting list's rule and the life of an offer.

The published rule: first come. A household that does not fit whole is passed over when one behind
it does, at most three times; then nobody behind it gets what it needs until it has its places.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from jobfair.fairs.rules import Phase

PASSED_OVER_MOST = 3
OFFER_LIFE = timedelta(days=2)
OFFER_LIFE_LATE = timedelta(hours=12)
OFFER_LIFE_LEAST = timedelta(hours=2)
LATE = timedelta(days=4)
UNANSWERED_MOST = 2


class OfferKind(StrEnum):
    """What is offered."""

    PLACES = "places"
    SEATS = "seats"
    MOVE = "move"


OFFER = "offer"
OFFER_NOTICES = {
    OfferKind.PLACES: OFFER,
    OfferKind.SEATS: "seats_offered",
    OfferKind.MOVE: "move_proposed",
}
"""The kinds of notices that tell a household of an offer."""


class OfferState(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why a household waits."""

    FAIR_FULL = "fair_full"
    WINDOW_FULL = "window_full"
    TOO_LARGE = "too_large"
    OFFERED = "offered"
    IN_LINE = "in_line"


@dataclass(frozen=True)
class Entry:
    """A household that waits: its size, the window it wishes and how often it was passed over.

    With `at_once` it takes places without being asked. `held` is how many places an open offer
    of another window holds for it, `refused` the windows that it did not want.
    """

    household_id: int
    people: int
    window_id: int | None = None
    passed_over: int = 0
    at_once: bool = True
    held: int = 0
    held_in: int | None = None
    refused: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Room:
    """The free places of a fair and of its windows, and the most that they can ever hold."""

    free: int
    windows: Mapping[int, int] = field(default_factory=dict)
    capacity: int = 0
    window_capacities: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Grant:
    """Places for a household: at once, or as an offer that it answers."""

    entry: Entry
    window_id: int | None
    is_offer: bool


@dataclass(frozen=True)
class Served:
    """Who gets places, and how often who is passed over now."""

    grants: tuple[Grant, ...]
    passed_over: Mapping[int, int]


class _Counter:
    """The free places while the line is served."""

    def __init__(self, room: Room) -> None:
        self.free = room.free
        self.windows = dict(room.windows)

    def lacks_fair(self, entry: Entry) -> bool:
        return entry.people > self.free + entry.held

    def lacks_window(self, entry: Entry) -> bool:
        if entry.window_id is None:
            return False
        return entry.people > self.windows.get(entry.window_id, 0)

    def fits(self, entry: Entry) -> bool:
        return not self.lacks_fair(entry) and not self.lacks_window(entry)

    def take(self, entry: Entry, window_id: int | None) -> None:
        self.free += entry.held - entry.people
        if entry.held_in is not None:
            self.windows[entry.held_in] += entry.held
        if window_id is not None:
            self.windows[window_id] -= entry.people

    def competes(self, later: Entry, earlier: Entry) -> bool:
        """Tell whether serving the later one takes what the earlier one lacks or needs."""
        same = later.window_id == earlier.window_id
        return self.crowds_out(later, earlier) or (same and self.lacks_window(earlier))

    def crowds_out(self, later: Entry, earlier: Entry) -> bool:
        """Tell whether the later one leaves the earlier one too few places at the fair."""
        return self.free + later.held - later.people + earlier.held < earlier.people

    def windows_for(self, entry: Entry, wished: Collection[int | None]) -> list[int]:
        """Return the windows with room for the household that nobody in the line wishes."""
        return [
            window
            for window, free in self.windows.items()
            if free >= entry.people and window not in wished and window not in entry.refused
        ]


def serve(line: Sequence[Entry], room: Room) -> Served:
    """Return who of the line, first come first, gets places of what is free, after the rule.

    Households stay whole. Who can never fit neither gets places nor holds anybody up. Offers of
    another window are made only from what nobody in the line wished.
    """
    count = _Counter(room)
    grants: list[Grant] = []
    waiting: list[Entry] = []
    passed = {entry.household_id: entry.passed_over for entry in line}
    for entry in line:
        rivals = [one for one in waiting if count.competes(entry, one)]
        kept = any(passed[one.household_id] >= PASSED_OVER_MOST for one in rivals)
        if kept or not count.fits(entry):
            if can_ever_fit(entry, room):
                waiting.append(entry)
            continue
        for one in rivals:
            passed[one.household_id] += 1
        count.take(entry, entry.window_id)
        grants.append(Grant(entry, entry.window_id, is_offer=not entry.at_once))
    grants.extend(_other_windows(waiting, count))
    return Served(tuple(grants), passed)


def can_ever_fit(entry: Entry, room: Room) -> bool:
    """Tell whether the household would fit if nobody else came."""
    most = room.capacity
    if entry.window_id is not None:
        most = min(most, room.window_capacities.get(entry.window_id, 0))
    return entry.people <= most


def _other_windows(waiting: Sequence[Entry], count: _Counter) -> Iterator[Grant]:
    """Yield offers of windows that have room and that nobody in the line wishes."""
    wished = {entry.window_id for entry in waiting}
    for place, entry in enumerate(waiting):
        kept = any(count.crowds_out(entry, one) for one in waiting[:place])
        windows = [] if kept or _stays(entry, count) else count.windows_for(entry, wished)
        if windows:
            window = max(windows, key=lambda one: count.windows[one])
            count.take(entry, window)
            yield Grant(entry, window, is_offer=True)


def _stays(entry: Entry, count: _Counter) -> bool:
    """Tell whether another window would not help, or is offered already."""
    return entry.window_id is None or bool(entry.held) or count.lacks_fair(entry)


def reason_of(entry: Entry, room: Room, *, offered: bool) -> Reason:
    """Return why the household waits as things stand."""
    count = _Counter(room)
    if offered:
        return Reason.OFFERED
    if not can_ever_fit(entry, room):
        return Reason.TOO_LARGE
    if count.lacks_fair(entry):
        return Reason.FAIR_FULL
    return Reason.WINDOW_FULL if count.lacks_window(entry) else Reason.IN_LINE


def may_give_on_site(phase: Phase, on_site_from: datetime | None, now: datetime) -> bool:
    """Tell whether people who wait and are there can be given places."""
    if phase in (Phase.OPEN, Phase.CLOSED):
        return on_site_from is not None and now >= on_site_from
    return phase is Phase.RUNNING


def expiry(told_at: datetime, starts_at: datetime) -> datetime:
    """Return until when an offer stands that the household was told at that time.

    Two days; near the fair twelve hours, and never beyond its beginning but for two hours.
    """
    life = OFFER_LIFE_LATE if starts_at - told_at < LATE else OFFER_LIFE
    return max(min(told_at + life, starts_at), told_at + OFFER_LIFE_LEAST)
