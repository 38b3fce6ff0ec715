"""What the door asks of rooms that it does not know; `wiring` fills it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from jobfair.checkin.rules import OUTSIDE, Presence
from jobfair.core.actor import Actor

FOUND_OUT = ("later_bus", "otherwise", "reached", "not_found")


@dataclass(frozen=True)
class Halt:
    """A stop of a bus: when it leaves there on its way out, or arrives there on its way back."""

    stop_id: int
    name: str
    at: datetime
    note: str = ""
    late: int = 0


@dataclass(frozen=True)
class BusPlan:
    """A departure as those who go along need it; `late` are the minutes at the fair.

    `direction` is `out` (to the fair) or `back`, `fair_at` when the bus arrives at the fair or
    leaves from there, and `name` short enough for a station's name and the same in all languages.
    """

    departure_id: int
    direction: str
    line: int
    wave: int
    name: str
    fair_at: datetime
    seats: int
    wheelchairs: int
    halts: tuple[Halt, ...]
    late: int = 0
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Rider:
    """A person on the list of a bus: where they get on (out) or off (back), who rides together.

    `seated` is false for whoever got on without a seat, or is expected from an earlier bus.
    `where` says how it stands with the way (`there`, `seen_out`, `said_gone`, `aboard` of any
    bus that way; None where they were not seen), `seen` when and where they were last seen, and
    `answer` what was found out when they were missing on this bus.
    """

    attendee_id: int
    stop_id: int | None
    party: int
    prams: int = 0
    wheelchair: bool = False
    seated: bool = True
    boarded: Presence = OUTSIDE
    where: str | None = None
    seen: Presence = OUTSIDE
    answer: str | None = None

    @property
    def elsewhere(self) -> bool:
        """Tell whether they are known not to come: on another bus, gone, or taking a later one."""
        if self.boarded.since is not None:
            return False
        return self.where in ("aboard", "said_gone") or self.answer == "later_bus"

    @property
    def missing(self) -> bool:
        """Tell whether they were seen at the fair, or on the way there, and are not on board."""
        return self.boarded.since is None and self.where in ("there", "seen_out", "said_gone")


@dataclass(frozen=True)
class BusList:
    """A departure with its list, how many are on it or expected, and its room for others."""

    plan: BusPlan
    riders: tuple[Rider, ...]
    expected: int
    room: int


@dataclass(frozen=True)
class BusNow:
    """A bus at this moment, as those who wait for it need to know it."""

    departure_id: int
    direction: str
    line: int
    name: str
    fair_at: datetime
    late: int
    expected: int
    on_board: int
    missing: int = 0

    @property
    def due_at(self) -> datetime:
        """Return when it arrives at the fair, or leaves from there, by the latest report."""
        return self.fair_at + timedelta(minutes=self.late)


@dataclass(frozen=True)
class Lateness:
    """A bus that is so many minutes later than was known, from a stop on; None means at once."""

    id: UUID
    departure_id: int
    minutes: int
    stop_id: int | None


@dataclass(frozen=True)
class Closing:
    """A return that waits for nobody any more, and what was found out about the missing."""

    id: UUID
    departure_id: int
    at: datetime
    answers: Sequence[tuple[int, str]]


class BoardingPort(Protocol):
    """Which buses there are, who has a seat on which departure, and how the day goes."""

    def seated(
        self,
        connection: Connection,
        departure_ids: Collection[int],
        attendee_ids: Collection[int],
    ) -> set[tuple[int, int]]:
        """Return the pairs of departure and attendee that have a seat, in one statement."""

    def room(self, connection: Connection, departure_id: int) -> int:
        """Return how many seats of the departure are free for people added on the spot."""

    def plan(self, session: Session, departure_id: int) -> BusPlan:
        """Return the departure with its halts in their order; raise NotFound."""

    def rounds(self, session: Session, departure_id: int) -> tuple[int, ...]:
        """Return the departures that the same bus drives that day, in the order of time."""

    def lists(self, session: Session, fair_id: int, departure_ids: Sequence[int]) -> list[BusList]:
        """Return the departures with everybody who is on their lists, households together."""

    def choices(self, session: Session, fair_id: int) -> list[tuple[int, str]]:
        """Return the departures of the fair with words for a form, those to the fair first."""

    def coming(self, session: Session, fair_id: int, now: datetime) -> list[BusNow]:
        """Return the buses that are about to arrive at the fair, the next first."""

    def leaving(self, session: Session, fair_id: int, now: datetime) -> list[BusNow]:
        """Return the returns that leave soon, or have, while somebody is missing on them."""

    def delay(self, fair_id: int, late: Lateness, actor: Actor, now: datetime) -> None:
        """Have the bus be later than was known; raise Invalid("bad_stop")."""

    def close(self, fair_id: int, closing: Closing, actor: Actor, now: datetime) -> None:
        """Have the return be closed; raise Invalid("bad_departure") where it is none."""
